#include <algorithm>

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/catalogue.h"

using namespace convoscope;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;
using convoscope::testing::with_channels;

namespace {

double sum_of_terms(const Setup& setup, const Arithmetic& arithmetic, CellPlace output) {
    double sum = is_pooling(setup.operation) ? 0.0 : setup.bias[0];
    for (const Term& term : terms_of(setup, arithmetic, output)) {
        sum += term.product;
    }
    return sum;
}

void check_terms_add_up(const Setup& setup) {
    const Arithmetic arithmetic = compute(setup);
    REQUIRE(arithmetic.possible());
    for (Index row = 0; row < arithmetic.output.rows; ++row) {
        for (Index column = 0; column < arithmetic.output.columns; ++column) {
            CHECK(sum_of_terms(setup, arithmetic, {row, column}) ==
                  doctest::Approx(arithmetic.output.value(row, column)));
        }
    }
}

}  // namespace

TEST_CASE("convolve: the products of every output add up to what the engine computed") {
    for (const PaddingMode mode : {PaddingMode::zeros,
                                   PaddingMode::reflect,
                                   PaddingMode::replicate,
                                   PaddingMode::circular}) {
        Setup setup = square_setup(7, 3, 2, 2);
        setup.padding_mode = mode;
        setup.width.padding_end = 1;
        setup.height.dilation = 2;
        check_terms_add_up(setup);
        setup.turn_kernel = true;
        check_terms_add_up(setup);
    }
}

TEST_CASE("convolve: a transposed convolution is a convolution over the stretched input") {
    for (Index stride = 1; stride <= 3; ++stride) {
        for (Index padding = 0; padding <= 3; ++padding) {
            for (Index added = 0; added < stride; ++added) {
                Setup setup = square_setup(4, 3, stride, padding);
                setup.operation = Operation::transposed;
                setup.height.output_padding = added;
                setup.width.output_padding = added;
                if (compute(setup).possible()) {
                    check_terms_add_up(setup);
                }
            }
        }
    }
}

TEST_CASE("convolve: a mean is the sum of its ninths") {
    Setup setup = square_setup(6, 3, 2, 1);
    setup.operation = Operation::average_pool;
    check_terms_add_up(setup);
}

TEST_CASE("convolve: a maximum is won by the greatest pixel, never by padding") {
    Setup setup = square_setup(6, 3, 2, 1);
    setup.operation = Operation::max_pool;
    for (double& value : setup.image.values) {
        value -= 100.0;
    }
    const Arithmetic arithmetic = compute(setup);
    const std::vector<Term> terms = terms_of(setup, arithmetic, {0, 0});
    const auto winner = std::ranges::find(terms, true, &Term::wins);
    REQUIRE(winner != terms.end());
    CHECK(winner->kind == PositionKind::pixel);
    CHECK(winner->value == arithmetic.output.value(0, 0));
}

TEST_CASE("convolve: the guide's numeric figures") {
    const auto output_of = [](const char* name) {
        Setup setup = opening_setup();
        choose_case(setup, *catalogue().find_case(name));
        return compute(setup).output.values;
    };
    CHECK(output_of("numerical_no_padding_no_strides") ==
          std::vector<double>{12, 12, 17, 10, 17, 19, 9, 6, 14});
    CHECK(output_of("numerical_padding_strides") ==
          std::vector<double>{6, 17, 3, 8, 17, 13, 6, 4, 4});
    CHECK(output_of("numerical_max_pooling") == std::vector<double>{3, 3, 3, 3, 3, 3, 3, 2, 3});
    const std::vector<double> means = output_of("numerical_average_pooling");
    const std::vector<double> ninths{15, 15, 15, 9, 11, 16, 10, 7, 12};
    for (std::size_t i = 0; i < ninths.size(); ++i) {
        CHECK(means[i] == doctest::Approx(ninths[i] / 9));
    }
}

TEST_CASE("convolve: the guide's nineteen cases have their sizes and relationships") {
    struct Expected {
        const char* name;
        Index relationship;
        Index output;
    };
    for (const Expected& expected : {Expected{"no_padding_no_strides", 1, 2},
                                     {"arbitrary_padding_no_strides", 2, 6},
                                     {"same_padding_no_strides", 3, 5},
                                     {"full_padding_no_strides", 4, 7},
                                     {"no_padding_strides", 5, 2},
                                     {"padding_strides", 6, 3},
                                     {"padding_strides_odd", 6, 3},
                                     {"no_padding_no_strides_transposed", 8, 4},
                                     {"arbitrary_padding_no_strides_transposed", 9, 5},
                                     {"same_padding_no_strides_transposed", 10, 5},
                                     {"full_padding_no_strides_transposed", 11, 5},
                                     {"no_padding_strides_transposed", 12, 5},
                                     {"padding_strides_transposed", 13, 5},
                                     {"padding_strides_odd_transposed", 14, 6},
                                     {"dilation", 15, 3},
                                     {"numerical_no_padding_no_strides", 1, 3},
                                     {"numerical_padding_strides", 6, 3},
                                     {"numerical_average_pooling", 7, 3},
                                     {"numerical_max_pooling", 7, 3}}) {
        CAPTURE(expected.name);
        const NamedCase* named = catalogue().find_case(expected.name);
        REQUIRE(named != nullptr);
        Setup setup = opening_setup();
        choose_case(setup, *named);
        const Arithmetic arithmetic = compute(setup);
        REQUIRE(arithmetic.possible());
        CHECK(arithmetic.output.rows == expected.output);
        CHECK(arithmetic.output.columns == expected.output);
        CHECK(arithmetic.row_relationship.number == expected.relationship);
    }
    CHECK(catalogue().cases.size() == 19);
}

TEST_CASE("convolve: of the odd case the last row and column of the padding are never read") {
    Setup setup = opening_setup();
    choose_case(setup, *catalogue().find_case("padding_strides_odd"));
    const Arithmetic arithmetic = compute(setup);
    CHECK(arithmetic.rows.lost() == 1);
    CHECK_FALSE(arithmetic.rows.is_read(7));
    CHECK(arithmetic.rows.is_read(6));
}

TEST_CASE("convolve arithmetic: what is impossible names the parameter, in the controls' words") {
    Setup setup = square_setup(4, 3, 2, 1);
    setup.operation = Operation::transposed;
    setup.height.output_padding = setup.width.output_padding = 3;
    Arithmetic made = compute(setup);
    CHECK(made.problem_parameter == Parameter::output_padding);
    CHECK(made.problem.starts_with("Added is 3 along the height, but at most 1"));
    setup = square_setup(2, 3, 1, 4);
    setup.operation = Operation::transposed;
    made = compute(setup);
    CHECK(made.problem_parameter == Parameter::padding);
    CHECK(made.problem.find("would have −4 cells") != std::string::npos);
    setup = square_setup(3, 3, 1, 3);
    setup.padding_mode = PaddingMode::reflect;
    made = compute(setup);
    CHECK(made.problem_parameter == Parameter::padding);
    CHECK(made.problem.find("mirror an input of 3: at most 2") != std::string::npos);
    CHECK(compute(square_setup(5, 3, 1, 0, 4)).problem_parameter == Parameter::dilation);
    CHECK(compute(square_setup(3, 5, 1, 0)).problem_parameter == Parameter::kernel);
    made = compute(with_channels(square_setup(5, 3, 1, 0), 4, 4, 3));
    CHECK(made.problem_parameter == Parameter::groups);
    CHECK_FALSE(compute(square_setup(5, 3, 1, 0)).problem_parameter.has_value());
}
