#include "web/models/convolve/gradient.h"

#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/convolve_commands.h"
#include "web/models/convolve/convolve_link.h"
#include "web/models/json_reading.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;
using convoscope::testing::uneven_error;
using convoscope::testing::with_channels;

namespace {

/// L = Σ error · output.
double loss_of(const Setup& setup, const NumberGrid& error) {
    const Arithmetic made = compute(setup);
    return std::inner_product(
        made.output.values.begin(), made.output.values.end(), error.values.begin(), 0.0);
}

/// The slope of the loss as one number of the setup moves.
template <class Number>
double slope_of(const Setup& setup, const NumberGrid& error, const Number& number) {
    constexpr double kStep = 1e-4;
    Setup before = setup;
    Setup after = setup;
    number(before) -= kStep;
    number(after) += kStep;
    return (loss_of(after, error) - loss_of(before, error)) / (2 * kStep);
}

void check_against_slopes(const Setup& setup) {
    const Arithmetic made = compute(setup);
    REQUIRE(made.possible());
    const NumberGrid error = uneven_error(made.output);
    const Gradients gradients = gradients_of(setup, made, error);
    REQUIRE(gradients.input.values.size() == setup.image.values.size());
    for (std::size_t i = 0; i < setup.image.values.size(); ++i) {
        CAPTURE(i);
        const double slope =
            slope_of(setup, error, [i](Setup& moved) -> double& { return moved.image.values[i]; });
        CHECK(std::abs(gradients.input.values[i] - slope) < 1e-3);
    }
    for (std::size_t i = 0; i < gradients.weights.values.size(); ++i) {
        CAPTURE(i);
        const double slope = slope_of(
            setup, error, [i](Setup& moved) -> double& { return moved.weights.values[i]; });
        CHECK(std::abs(gradients.weights.values[i] - slope) < 1e-3);
    }
    for (std::size_t i = 0; i < gradients.bias.size(); ++i) {
        const double slope =
            slope_of(setup, error, [i](Setup& moved) -> double& { return moved.bias[i]; });
        CHECK(std::abs(gradients.bias[i] - slope) < 1e-3);
    }
}

/// Every gradient is the sum of the terms that the room lists for it.
void check_terms(const Setup& setup) {
    const Arithmetic made = compute(setup);
    REQUIRE(made.possible());
    const NumberGrid error = uneven_error(made.output);
    const Gradients gradients = gradients_of(setup, made, error);
    const auto sum = [&](const Target& target, Index channel, Index filter) {
        const auto terms = gradient_terms(setup, made, error, target, channel, filter);
        return terms.empty() ? 0.0 : terms.back().sum_so_far;
    };
    for (Index channel = 0; channel < setup.input_channels; ++channel) {
        for (Index row = 0; row < setup.height.input; ++row) {
            for (Index column = 0; column < setup.width.input; ++column) {
                const auto place = place_of_pixel(made, {row, column});
                const double expected = gradients.input.value(channel, row, column);
                CHECK((place ? sum({Target::Kind::grid, *place}, channel, 0) : 0.0) ==
                      doctest::Approx(expected));
            }
        }
    }
    for (Index plane = 0; plane < gradients.weights.planes && !is_pooling(setup.operation);
         ++plane) {
        const Index filter = plane / setup.slices();
        const Index channel = setup.first_channel_of(filter) + plane % setup.slices();
        for (Index row = 0; row < setup.height.kernel; ++row) {
            for (Index column = 0; column < setup.width.kernel; ++column) {
                CHECK(sum({Target::Kind::weight, {row, column}}, channel, filter) ==
                      doctest::Approx(gradients.weights.value(plane, row, column)));
            }
        }
    }
}

void check(const Setup& setup) {
    check_against_slopes(setup);
    check_terms(setup);
}

Answer give(Model& model, const char* json) {
    return carry_out(model, Json::parse(json));
}

}  // namespace

TEST_CASE("convolve gradient: equals finite differences with stride, padding and dilation") {
    check(square_setup(6, 3, 1, 0));
    check(square_setup(7, 3, 2, 1));
    check(square_setup(7, 3, 1, 2, 2));
    Setup uneven = square_setup(6, 3, 2, 1);
    uneven.height.padding_end = 2;
    uneven.width.padding_begin = 0;
    check(uneven);
}

TEST_CASE("convolve gradient: a mirrored pixel gets what falls on its images too") {
    for (const PaddingMode mode :
         {PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular}) {
        Setup setup = square_setup(5, 3, 1, 2);
        setup.padding_mode = mode;
        check(setup);
    }
}

TEST_CASE("convolve gradient: a turned kernel gets the gradient of its own places") {
    Setup setup = square_setup(6, 3, 1, 1);
    setup.turn_kernel = true;
    check(setup);
    setup.operation = Operation::transposed;
    check(setup);
}

TEST_CASE("convolve gradient: transposed, with stretching, added rows and cut-off pixels") {
    Setup setup = square_setup(4, 3, 2, 1);
    setup.operation = Operation::transposed;
    setup.height.output_padding = setup.width.output_padding = 1;
    check(setup);
    Setup cut = square_setup(7, 2, 1, 3);
    cut.operation = Operation::transposed;
    check(cut);
}

TEST_CASE("convolve gradient: with channels, filters and groups") {
    for (const Operation operation : {Operation::convolution, Operation::transposed}) {
        for (const Index groups : {1, 2, 4}) {
            Setup setup = with_channels(square_setup(4, 3, 1, 1), 4, 8, groups);
            setup.operation = operation;
            check(setup);
        }
    }
}

TEST_CASE("convolve gradient: the mean spreads its error evenly, the greatest takes it whole") {
    for (const Operation operation : {Operation::average_pool, Operation::max_pool}) {
        Setup setup = with_channels(square_setup(6, 3, 2, 1), 2, 1, 1);
        setup.operation = operation;
        setup.turn_kernel = true;  // of no consequence: pooling has no kernel to turn
        // No two alike, so that a slope exists everywhere.
        for (std::size_t i = 0; i < setup.image.values.size(); ++i) {
            setup.image.values[i] = static_cast<double>(i * 29 % 73) * 0.25 + 0.125;
        }
        check(setup);
    }
}

TEST_CASE("convolve gradient: with an error of 1 at one output, the input gets the kernel there") {
    Model model;
    model.change([](Setup& setup) { setup = square_setup(5, 3, 1, 0); });
    REQUIRE(
        give(model, R"({"command": "convolve_direction", "direction": "backward"})").error.empty());
    REQUIRE(give(model, R"({"command": "convolve_error", "row": 1, "column": 2})").error.empty());
    CHECK(model.error_choice() == ErrorChoice::one);
    for (Index row = 0; row < 3; ++row) {
        for (Index column = 0; column < 3; ++column) {
            CHECK(model.gradients().input.value(row + 1, column + 2) ==
                  model.setup().weights.value(row, column));
            CHECK(model.gradients().weights.value(row, column) ==
                  model.setup().image.value(row + 1, column + 2));
        }
    }
    CHECK(model.gradients().bias == std::vector<double>{1.0});
}

TEST_CASE("convolve gradient: the steps go over the input, and a weight pointed at tells its sum") {
    Model model;
    model.change([](Setup& setup) { setup = square_setup(6, 3, 2, 1); });
    model.set_direction(Direction::backward);
    CHECK(model.steps() == 36);
    CHECK(model.current() == CellPlace{4, 0});
    CHECK(model.sum_value() == doctest::Approx(model.gradients().input.value(4, 0)));
    model.point_at({Target::Kind::weight, {1, 1}});
    CHECK(model.terms_shown() == 9);
    CHECK(model.sum_value() == doctest::Approx(model.gradients().weights.value(1, 1)));
    CHECK(plain_text(model.explanation()).starts_with("Weight [1, 1] worked for 9 outputs"));
    model.set_direction(Direction::forward);
    CHECK(model.steps() == 9);
}

TEST_CASE("convolve gradient: the link keeps direction and error, painted ones too") {
    Model model;
    model.change([](Setup& setup) { setup = square_setup(5, 3, 1, 0); });
    model.set_direction(Direction::backward);
    REQUIRE(
        give(
            model,
            R"({"command": "convolve_paint", "grid": "error", "row": 2, "column": 0, "value": -4})")
            .error.empty());
    CHECK(model.error_choice() == ErrorChoice::painted);
    Model opened;
    for (const auto& [name, value] : link_pairs(model)) {
        CHECK(apply_pair(opened, name, value));
    }
    CHECK(opened.backward());
    CHECK(opened.error() == model.error());
    CHECK(opened.gradients().input == model.gradients().input);
    clear_unsaid(opened);
    CHECK_FALSE(opened.backward());
    CHECK(
        give(model,
             R"({"command": "convolve_paint", "grid": "error", "row": 9, "column": 0, "value": 1})")
            .error == "there is no such error");
}
