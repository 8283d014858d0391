#include "web/models/inspect/pad.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/inspect/inspect_commands.h"
#include "web/models/link.h"
#include "web/models/network_choice.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::inspect;

namespace {

struct Extent {
    Index top = 28;
    Index left = 28;
    Index bottom = 0;
    Index right = 0;
    double mass_x = 0.0;
    double mass_y = 0.0;
};

Extent extent_of(const std::vector<float>& digit) {
    Extent extent;
    double mass = 0.0;
    for (Index row = 0; row < 28; ++row) {
        for (Index column = 0; column < 28; ++column) {
            const auto value = static_cast<double>(digit[at(row * 28 + column)]);
            if (value > 0.0) {
                extent.top = std::min(extent.top, row);
                extent.left = std::min(extent.left, column);
                extent.bottom = std::max(extent.bottom, row + 1);
                extent.right = std::max(extent.right, column + 1);
            }
            mass += value;
            extent.mass_x += value * (static_cast<double>(column) + 0.5);
            extent.mass_y += value * (static_cast<double>(row) + 0.5);
        }
    }
    extent.mass_x /= mass;
    extent.mass_y /= mass;
    return extent;
}

}  // namespace

TEST_CASE("pad: a drawing becomes a digit twenty pixels high, its mass in the middle") {
    for (const int shift : {0, 40, 90}) {
        for (const int length : {40, 120}) {
            CAPTURE(shift);
            CAPTURE(length);
            Pad pad;
            const auto x = static_cast<std::uint8_t>(30 + shift);
            pad.begin(false, Brush::medium, {x, 20});
            pad.extend({x, static_cast<std::uint8_t>(20 + length)});
            pad.extend({static_cast<std::uint8_t>(x + length / 3),
                        static_cast<std::uint8_t>(20 + length)});
            const Extent extent = extent_of(as_digit(pad.picture()));
            CHECK(extent.bottom - extent.top == 20);
            CHECK(extent.mass_x == doctest::Approx(14.0).epsilon(0.05));
            CHECK(extent.mass_y == doctest::Approx(14.0).epsilon(0.05));
        }
    }
}

TEST_CASE("pad: a lopsided drawing stays inside") {
    Pad pad;
    pad.begin(false, Brush::fine, {10, 10});
    pad.extend({10, 245});
    pad.begin(false, Brush::broad, {245, 245});
    pad.extend({200, 245});
    const Extent extent = extent_of(as_digit(pad.picture()));
    CHECK(extent.bottom - extent.top == 20);
    CHECK(extent.right - extent.left == 20);
}

TEST_CASE("pad: without ink the digit is black") {
    Pad pad;
    CHECK(std::ranges::count(as_digit(pad.picture()), 0.0F) == 28 * 28);
    pad.begin(false, Brush::medium, {100, 100});
    pad.begin(true, Brush::broad, {100, 100});
    CHECK(std::ranges::count(as_digit(pad.picture()), 0.0F) == 28 * 28);
}

TEST_CASE("pad: its text gives the same drawing, other texts none") {
    Pad pad;
    pad.begin(false, Brush::fine, {1, 2});
    pad.extend({90, 120});
    pad.begin(true, Brush::broad, {50, 60});
    Pad read;
    REQUIRE(read.read(pad.text()));
    CHECK(read.strokes() == pad.strokes());
    CHECK(read.picture() == pad.picture());
    for (const char* wrong : {"m0102", "+x0102", "+m010", "+m01zz", "+", "+m", "+m0102-"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read.read(wrong));
        CHECK(read.strokes() == pad.strokes());
    }
    CHECK(read.read(""));
    CHECK(read.empty());
}

TEST_CASE("pad: a drawing has an end") {
    Pad pad;
    for (int i = 0; i < 3000; ++i) {
        pad.begin(false, Brush::fine, {static_cast<std::uint8_t>(i), 7});
    }
    CHECK(pad.strokes().size() == 2000);
}

TEST_CASE("inspect: commands draw, choose, pin; a link brings it all back") {
    AppState state;
    state.room = Room::inspect;
    state.inspect.open(std::string(network_file("lenet5")));
    const auto give = [&](const std::string& json) { return dispatch(state, json).error; };
    CHECK(give(R"({"command": "inspect_draw", "x": 0.5, "y": 0.2, "begins": true})").empty());
    CHECK(give(R"({"command": "inspect_draw", "x": 0.5, "y": 0.9})").empty());
    CHECK(
        give(R"({"command": "inspect_pin", "layer": "conv2", "channel": 3, "row": 4, "column": 5})")
            .empty());
    CHECK(give(R"({"command": "inspect_scale", "scale": "map"})").empty());
    CHECK(give(R"({"command": "inspect_scale", "scale": "nose"})") == "there is no such scale");
    CHECK(give(R"({"command": "inspect_pin", "layer": "nose"})") ==
          "the network has no layer \"nose\"");
    CHECK(state.inspect.own_image().size() == 784);

    AppState other;
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK(other.room == Room::inspect);
    CHECK(other.inspect.source == Source::drawing);
    CHECK(other.inspect.pad.strokes() == state.inspect.pad.strokes());
    CHECK(other.inspect.pinned == state.inspect.pinned);
    CHECK(other.inspect.scale == ScaleOf::map);

    CHECK(give(R"({"command": "inspect_picture", "index": 3})").empty());
    CHECK(state.inspect.own_image().empty());
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK(other.inspect.source == Source::picture);
    CHECK(other.inspect.picture == 3);
    CHECK(apply_link(other, "room=inspect&drawing=nose&at=1.2").passed_over.size() == 2);
}

TEST_CASE("inspect: a network of coloured pictures takes no drawing") {
    AppState state;
    state.inspect.open(std::string(network_file("cifar-quick")));
    const std::string error =
        dispatch(state, R"({"command": "inspect_draw", "x": 0.5, "y": 0.2})").error;
    CHECK(error == "this network reads no drawings: its input is 3×32×32");
}
