#include "web/models/convolve/stretching.h"

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/convolve_link.h"

using namespace convoscope;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;

namespace {

/// The positions that have their whole width.
std::vector<Position> whole_positions(const std::vector<MovingPosition>& axis) {
    std::vector<Position> positions;
    for (const MovingPosition& position : axis) {
        if (position.end - position.begin > 0.999) {
            positions.push_back({.kind = position.kind, .source = position.source});
        }
    }
    return positions;
}

void check_ends(Setup setup) {
    CAPTURE(setup.width.stride);
    setup.operation = Operation::convolution;
    const auto direct = window_axis(setup, setup.width, "width");
    REQUIRE(direct.ok());
    CHECK(whole_positions(moving_axis(setup.width, 0.0)) == direct->positions);
    setup.operation = Operation::transposed;
    const auto transposed = window_axis(setup, setup.width, "width");
    REQUIRE(transposed.ok());
    CHECK(whole_positions(moving_axis(setup.width, 1.0)) == transposed->positions);
    CHECK(
        moving_length(moving_axis(setup.width, 0.5)) ==
        doctest::Approx(
            (static_cast<double>(direct->count()) + static_cast<double>(transposed->count())) / 2));
}

}  // namespace

TEST_CASE("convolve stretching: at both ends the axis is that of the operation there") {
    check_ends(square_setup(5, 3, 2, 1));
    check_ends(square_setup(5, 3, 3, 0));
    check_ends(square_setup(6, 4, 1, 2));
    check_ends(square_setup(5, 3, 2, 2));
    check_ends(square_setup(7, 3, 2, 1, 2));
    Setup added = square_setup(5, 3, 2, 1);
    added.width.output_padding = added.height.output_padding = 1;
    check_ends(added);
}

TEST_CASE("convolve stretching: between the ends zeros are half there, and pixels wholly") {
    for (const MovingPosition& position : moving_axis(square_setup(5, 3, 2, 1).width, 0.5)) {
        const double expected = position.kind == PositionKind::stretched ? 0.5 : 1.0;
        CHECK(position.presence == doctest::Approx(expected));
    }
}

TEST_CASE(
    "convolve stretching: the slider's ends are the two operations, and a link keeps the rest") {
    Model model;
    model.change([](Setup& setup) { setup = square_setup(5, 3, 2, 1); });
    model.set_way_back(0.4);
    CHECK(model.between());
    CHECK(model.setup().operation == Operation::transposed);
    Model opened;
    for (const auto& [name, value] : link_pairs(model)) {
        CHECK(apply_pair(opened, name, value));
    }
    CHECK(opened.way_back() == doctest::Approx(0.4));
    model.set_way_back(0.0);
    CHECK(model.setup().operation == Operation::convolution);
    CHECK_FALSE(model.between());
    CHECK(model.slides());
    model.set_way_back(1.0);
    CHECK(model.setup().operation == Operation::transposed);
    CHECK_FALSE(model.between());
    model.change([](Setup& setup) { setup.height.padding_begin = setup.width.padding_begin = 3; });
    model.set_way_back(0.5);
    CHECK_FALSE(model.between());  // the border p' would be below zero
    CHECK(model.setup().operation == Operation::transposed);
}
