#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/kernels/reference/conv2d_reference.h"
#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/convolve_commands.h"
#include "web/models/convolve/convolve_link.h"
#include "web/models/convolve/framework_code.h"
#include "web/models/convolve/grid_fitting.h"
#include "web/models/json_reading.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;
using convoscope::testing::with_channels;

namespace {

void check_every_output(const Setup& setup) {
    const Arithmetic arithmetic = compute(setup);
    REQUIRE(arithmetic.possible());
    const NumberGrid& output = arithmetic.output;
    for (Index plane = 0; plane < output.planes; ++plane) {
        for (Index row = 0; row < output.rows; ++row) {
            for (Index column = 0; column < output.columns; ++column) {
                double sum = is_pooling(setup.operation) ? 0.0 : setup.bias[at(plane)];
                for (const Term& term : terms_of(setup, arithmetic, {row, column}, plane)) {
                    sum += term.product;
                }
                CHECK(sum == doctest::Approx(output.value(plane, row, column)));
            }
        }
    }
}

void use(Model& model, const Setup& wanted) {
    model.change([&](Setup& setup) { setup = wanted; });
}

Answer give(Model& model, const char* json) {
    return carry_out(model, Json::parse(json));
}

}  // namespace

TEST_CASE("convolve channels: each filter sums over the channels of its group") {
    for (const Operation operation : {Operation::convolution, Operation::transposed}) {
        for (const Index groups : {1, 2, 4}) {
            for (const bool turned : {false, true}) {
                CAPTURE(groups);
                Setup setup = with_channels(square_setup(5, 3, 2, 1), 4, 8, groups);
                setup.operation = operation;
                setup.turn_kernel = turned;
                check_every_output(setup);
            }
        }
    }
}

TEST_CASE("convolve channels: pooling keeps the channels apart") {
    Setup setup = with_channels(square_setup(6, 2, 2, 0), 3, 1, 1);
    setup.operation = Operation::average_pool;
    check_every_output(setup);
    CHECK(compute(setup).output.planes == 3);
    setup.operation = Operation::max_pool;
    const Arithmetic arithmetic = compute(setup);
    for (Index plane = 0; plane < 3; ++plane) {
        const std::vector<Term> terms = terms_of(setup, arithmetic, {1, 1}, plane);
        const auto winner = std::ranges::find(terms, true, &Term::wins);
        REQUIRE(winner != terms.end());
        CHECK(winner->channel == plane);
        CHECK(winner->value == arithmetic.output.value(plane, 1, 1));
    }
}

TEST_CASE(
    "convolve channels: a grouped transposed convolution is the grouped convolution's gradient") {
    Setup back = with_channels(square_setup(3, 3, 2, 1), 4, 6, 2);
    back.operation = Operation::transposed;
    back.bias.assign(6, 0.0);
    const Arithmetic arithmetic = compute(back);
    const kernels::Conv2dGeometry direct{
        .input = {.channels = 6, .height = 5, .width = 5},
        .output = {.channels = 4, .height = 3, .width = 3},
        .vertical = {.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1},
        .horizontal = {.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1},
        .groups = 2};
    // <C x, y> = <x, Ct y> for one x.
    std::vector<double> x(6 * 5 * 5);
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = static_cast<double>(i * 3 % 13) - 6.0;
    }
    std::vector<double> forward(4 * 3 * 3);
    kernels::reference::conv2d_forward(direct, x, engine_weights(back), {}, forward);
    double left = 0.0;
    double right = 0.0;
    for (std::size_t i = 0; i < forward.size(); ++i) {
        left += forward[i] * back.image.values[i];
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
        right += x[i] * arithmetic.output.values[i];
    }
    CHECK(left == doctest::Approx(right));
}

TEST_CASE("convolve channels: weights and multiply-adds shrink with the groups") {
    const auto costs = [](Index groups) {
        const Arithmetic arithmetic =
            compute(with_channels(square_setup(8, 3, 1, 1), 4, 8, groups));
        return std::pair(arithmetic.parameters, arithmetic.multiply_accumulates);
    };
    CHECK(costs(1) == std::pair<Index, Index>(8 * 4 * 9 + 8, 64 * 8 * 4 * 9));
    CHECK(costs(2) == std::pair<Index, Index>(8 * 2 * 9 + 8, 64 * 8 * 2 * 9));
    CHECK(costs(4) == std::pair<Index, Index>(8 * 1 * 9 + 8, 64 * 8 * 1 * 9));
}

TEST_CASE("convolve channels: groups that do not divide are explained and repaired") {
    Model model;
    use(model, with_channels(square_setup(5, 3, 1, 0), 4, 4, 3));
    CHECK_FALSE(model.possible());
    CHECK(model.arithmetic().problem ==
          "3 groups do not divide the 4 input channels into equal parts.");
    REQUIRE_FALSE(model.repairs().empty());
    CHECK(model.repairs()[0].label == "groups 2");
    CHECK(give(model, R"({"command":"convolve_repair","repair":0})").error.empty());
    CHECK(model.possible());
}

TEST_CASE("convolve channels: what would take too long is refused with its number") {
    Setup setup = with_channels(square_setup(32, 11, 1, 10), 8, 96, 1);
    CHECK(compute(setup).problem ==
          "156 million multiply-adds are more than this page does in a frame, 16 million.");
}

TEST_CASE("convolve channels: filter and channel in front belong together") {
    Model model;
    use(model, with_channels(square_setup(5, 3, 1, 0), 4, 4, 2));
    model.select_channel(3);
    CHECK(model.filter() == 2);
    CHECK(model.slice() == 1);
    model.select_filter(1);
    CHECK(model.channel() == 1);
    model.select_filter(99);
    CHECK(model.filter() == 3);
    CHECK(model.terms().size() == 18);
    const std::vector<double> sums = model.part_sums();
    const CellPlace current = model.current();
    CHECK(sums[0] + sums[1] + model.setup().bias[3] ==
          doctest::Approx(model.arithmetic().output.value(3, current.row, current.column)));
}

TEST_CASE("convolve channels: painting and the bias go to the filter in front") {
    Model model;
    use(model, with_channels(square_setup(5, 3, 1, 0), 2, 3, 1));
    model.select_filter(2);
    model.select_channel(1);
    CHECK(
        give(model, R"({"command":"convolve_paint","grid":"kernel","row":0,"column":1,"value":7})")
            .error.empty());
    CHECK(give(model, R"({"command":"convolve_bias","value":4})").error.empty());
    CHECK(model.setup().weights.value(5, 0, 1) == 7.0);
    CHECK(model.setup().bias == std::vector<double>{-0.5, 0.5, 4.0});
}

TEST_CASE("convolve channels: the link gives every plane back") {
    Model model;
    use(model, with_channels(square_setup(4, 2, 1, 0), 2, 4, 2));
    model.select_filter(3);
    Model opened;
    clear_unsaid(opened);
    for (const auto& [name, value] : link_pairs(model)) {
        CAPTURE(name);
        CHECK(apply_pair(opened, name, value));
    }
    CHECK(opened.setup() == model.setup());
    CHECK(opened.filter() == 3);
    clear_unsaid(opened);
    CHECK(opened.setup().input_channels == 1);
    CHECK(opened.setup().output_channels == 1);
}

TEST_CASE(
    "convolve channels: a channel that nobody painted is the picture a quarter turn further") {
    Setup setup = opening_setup();
    setup.input_channels = 4;
    fit_grids(setup);
    for (Index row = 0; row < 7; ++row) {
        for (Index column = 0; column < 7; ++column) {
            CHECK(setup.image.value(1, column, 6 - row) == setup.image.value(0, row, column));
            CHECK(setup.image.value(2, 6 - row, 6 - column) == setup.image.value(0, row, column));
        }
    }
}

TEST_CASE("convolve channels: the code names channels and groups") {
    const Setup setup = with_channels(square_setup(7, 3, 1, 1), 4, 8, 4);
    CHECK(pytorch_line(setup) == "nn.Conv2d(4, 8, kernel_size=3, padding=1, groups=4)");
    CHECK(keras_line(setup) == "layers.ZeroPadding2D(1); layers.Conv2D(8, 3, groups=4)");
    Setup back = setup;
    back.operation = Operation::transposed;
    CHECK(pytorch_line(back) == "nn.ConvTranspose2d(4, 8, kernel_size=3, padding=1, groups=4)");
}

TEST_CASE("convolve layers: each opens as what its name says") {
    struct Expected {
        const char* name;
        Index channels;
        Index filters;
        Index rows;
        Index columns;
        Index parameters;
    };
    for (const Expected& expected : {Expected{"cs231n", 3, 2, 3, 3, 2 * 27 + 2},
                                     {"depthwise", 3, 3, 7, 7, 3 * 9 + 3},
                                     {"pointwise", 3, 2, 7, 7, 2 * 3 + 2},
                                     {"dilated", 1, 1, 9, 9, 10},
                                     {"signal", 1, 1, 1, 16, 4},
                                     {"causal", 1, 1, 1, 16, 4},
                                     {"lenet", 1, 6, 28, 28, 156},
                                     {"alexnet", 3, 96, 6, 6, 34'944}}) {
        CAPTURE(expected.name);
        const NamedCase* named = catalogue().find_case(expected.name);
        REQUIRE(named != nullptr);
        Model model;
        model.change([&](Setup& setup) { choose_case(setup, *named); });
        REQUIRE(model.possible());
        const Arithmetic& arithmetic = model.arithmetic();
        CHECK(model.setup().image.planes == expected.channels);
        CHECK(arithmetic.output.planes == expected.filters);
        CHECK(arithmetic.output.rows == expected.rows);
        CHECK(arithmetic.output.columns == expected.columns);
        CHECK(arithmetic.parameters == expected.parameters);
        Model opened;
        clear_unsaid(opened);
        for (const auto& [name, value] : link_pairs(model)) {
            CHECK(apply_pair(opened, name, value));
        }
        CHECK(opened.setup() == model.setup());
    }
}

TEST_CASE("convolve layers: a causal output is blind to what comes after it") {
    Model model;
    model.change([](Setup& setup) { choose_case(setup, *catalogue().find_case("causal")); });
    const NumberGrid before = model.arithmetic().output;
    model.change([](Setup& setup) { setup.image.values[9] += 5.0; });
    for (Index column = 0; column < 16; ++column) {
        const bool same = model.arithmetic().output.value(0, column) == before.value(0, column);
        CHECK(same == (column < 9 || column > 11));
    }
}

TEST_CASE(
    "convolve channels: painted weights stay with their filter and channel as groups change") {
    Model model;
    Setup painted = with_channels(square_setup(4, 3, 1, 1), 4, 4, 1);
    for (std::size_t i = 0; i < painted.weights.values.size(); ++i) {
        painted.weights.values[i] = static_cast<double>(i);
    }
    use(model, painted);
    REQUIRE(give(model, R"({"command": "convolve_set", "parameter": "groups", "value": 2})")
                .error.empty());
    const Setup& grouped = model.setup();
    REQUIRE(grouped.weights.planes == 8);
    for (Index filter = 0; filter < 4; ++filter) {
        for (Index slice = 0; slice < 2; ++slice) {
            const Index channel = grouped.first_channel_of(filter) + slice;
            CHECK(std::ranges::equal(grouped.weights.plane(grouped.weight_plane(filter, slice)),
                                     painted.weights.plane(painted.weight_plane(filter, channel))));
        }
    }
    REQUIRE(give(model, R"({"command": "convolve_set", "parameter": "groups", "value": 1})")
                .error.empty());
    CHECK(std::ranges::equal(model.setup().weights.plane(model.setup().weight_plane(3, 2)),
                             painted.weights.plane(painted.weight_plane(3, 2))));
}

TEST_CASE("a link of many painted cells has a sign for each, and brings them back") {
    Model model;
    REQUIRE(apply_pair(model, "i", "32"));
    REQUIRE(apply_pair(model, "channels", "8"));
    model.change([](Setup& setup) {
        setup.picture.clear();
        for (std::size_t i = 0; i < setup.image.values.size(); ++i) {
            setup.image.values[i] = static_cast<double>(i * 7 % 63) - 32.0;
        }
    });
    const auto pairs = link_pairs(model);
    std::size_t length = 0;
    Model again;
    for (const auto& [name, value] : pairs) {
        CAPTURE(name);
        length += name.size() + value.size() + 2;
        CHECK(apply_pair(again, name, value));
    }
    CHECK(length < 8500);
    CHECK(again.setup().image == model.setup().image);
    CHECK_FALSE(apply_pair(again, "x", "~AB!"));
    CHECK_FALSE(apply_pair(again, "x", "~"));
}
