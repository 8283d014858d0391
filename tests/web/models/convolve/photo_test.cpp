#include <array>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/photo_commands.h"

using namespace convoscope;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;

namespace {

PhotoPixels some_pixels(Index channels, Index rows, Index columns) {
    PhotoPixels pixels{.channels = channels, .rows = rows, .columns = columns};
    for (Index i = 0; i < channels * rows * columns; ++i) {
        pixels.bytes.push_back(static_cast<std::uint8_t>(i * 37 % 251));
    }
    return pixels;
}

Model room_with(const Setup& setup) {
    Model room;
    room.scene = Scene::picture;
    room.change([&](Setup& changed) { changed = setup; });
    return room;
}

Photo photo_of(const PhotoPixels& pixels) {
    Photo photo;
    photo.choose(PhotoSource::own);
    photo.set_colour(pixels.channels == 3);
    photo.take(pixels);
    return photo;
}

/// By the room's own arithmetic, in double.
NumberGrid expected_output(Setup setup, const PhotoPixels& pixels, Index plane) {
    setup.height.input = pixels.rows;
    setup.width.input = pixels.columns;
    setup.image = {.rows = pixels.rows, .columns = pixels.columns, .values = {}};
    for (const std::uint8_t byte : pixels.plane(plane)) {
        setup.image.values.push_back(byte);
    }
    return compute(setup).output;
}

void check_photo(const Setup& setup, const PhotoPixels& pixels) {
    Photo photo = photo_of(pixels);
    photo.follow(room_with(setup));
    REQUIRE(photo.problem().empty());
    for (Index plane = 0; plane < pixels.channels; ++plane) {
        const NumberGrid expected = expected_output(setup, pixels, plane);
        const auto output = photo.output(plane);
        REQUIRE(output.size() == expected.values.size());
        for (std::size_t i = 0; i < output.size(); ++i) {
            CHECK(static_cast<double>(output[i]) == doctest::Approx(expected.values[i]));
        }
    }
}

}  // namespace

TEST_CASE("photo: every operation gives what the room's own arithmetic gives") {
    const PhotoPixels pixels = some_pixels(1, 23, 31);
    for (const Operation operation : {Operation::convolution,
                                      Operation::transposed,
                                      Operation::max_pool,
                                      Operation::average_pool}) {
        for (Index stride = 1; stride <= 3; ++stride) {
            for (const Index dilation : {1, 2}) {
                for (const bool turned : {false, true}) {
                    Setup setup = square_setup(7, 3, stride, 1, dilation);
                    setup.operation = operation;
                    setup.turn_kernel = turned;
                    if (operation == Operation::average_pool && dilation > 1) {
                        continue;
                    }
                    check_photo(setup, pixels);
                }
            }
        }
    }
}

TEST_CASE("photo: padding repeats the picture's edge where the room says so") {
    for (const PaddingMode mode :
         {PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular}) {
        Setup setup = square_setup(7, 5, 2, 2);
        setup.padding_mode = mode;
        check_photo(setup, some_pixels(1, 12, 17));
    }
}

TEST_CASE("photo: every colour is convolved by itself") {
    check_photo(square_setup(7, 3, 1, 1), some_pixels(3, 9, 11));
}

TEST_CASE("photo: the products under the lens add up to every output, padding included") {
    for (const Operation operation :
         {Operation::convolution, Operation::transposed, Operation::max_pool}) {
        for (const PaddingMode mode : {PaddingMode::zeros, PaddingMode::reflect}) {
            Setup setup = square_setup(7, 3, 2, 1, operation == Operation::max_pool ? 1 : 2);
            setup.operation = operation;
            setup.padding_mode = mode;
            Photo photo = photo_of(some_pixels(1, 8, 9));
            photo.follow(room_with(setup));
            REQUIRE(photo.problem().empty());
            for (Index i = 0; i < std::ssize(photo.output(0)); ++i) {
                const Index columns = photo.columns().outputs;
                photo.point_at({i / columns, i % columns});
                const Arithmetic& detail = photo.detail().arithmetic();
                REQUIRE(detail.possible());
                REQUIRE(detail.output_cells() == 1);
                CHECK(detail.output.value(0, 0) ==
                      doctest::Approx(static_cast<double>(photo.output(0)[at(i)])));
            }
        }
    }
}

TEST_CASE("photo: the kernel in front is the one that is taken") {
    Setup setup = square_setup(7, 3, 1, 0);
    setup.input_channels = 2;
    setup.output_channels = 2;
    setup.image = {};
    setup.weights = {};
    Model room = room_with(setup);
    room.select_filter(1);
    room.select_channel(1);
    Photo photo = photo_of(some_pixels(1, 6, 6));
    photo.follow(room);
    Setup single = square_setup(7, 3, 1, 0);
    const auto front = room.setup().weights.plane(room.weight_plane());
    single.weights.values.assign(front.begin(), front.end());
    single.bias = {room.setup().bias[1]};
    const NumberGrid expected = expected_output(single, photo.shown(), 0);
    CHECK(static_cast<double>(photo.output(0)[5]) == doctest::Approx(expected.values[5]));
}

TEST_CASE("photo: a colour picture in grey is its luma, and a smaller one the mean of areas") {
    PhotoPixels colour{.channels = 3, .rows = 1, .columns = 1, .bytes = {200, 100, 50}};
    CHECK(grey_of(colour).bytes == std::vector<std::uint8_t>{124});
    const PhotoPixels four{.channels = 1, .rows = 2, .columns = 2, .bytes = {0, 10, 20, 50}};
    CHECK(reduced(four, 1, 1).bytes == std::vector<std::uint8_t>{20});
}

TEST_CASE("photo: a kernel whose weights cancel out is shown as signed values") {
    Setup setup = square_setup(7, 3, 1, 0);
    setup.weights.values = {1, 0, -1, 2, 0, -2, 1, 0, -1};
    Photo photo;
    Model room = room_with(setup);
    photo.follow(room);
    CHECK(photo.shows_values());
    room.change([](Setup& changed) { changed.weights.values.assign(9, 1.0 / 9); });
    photo.follow(room);
    CHECK_FALSE(photo.shows_values());
    photo.look = PhotoLook::values;
    CHECK(photo.shows_values());
}

TEST_CASE("photo: a picture that is smaller than the window says so, and nothing is computed") {
    Photo photo = photo_of(some_pixels(1, 2, 2));
    photo.follow(room_with(square_setup(7, 3, 1, 0)));
    CHECK_FALSE(photo.problem().empty());
    CHECK(photo.rows().outputs == 0);
}

TEST_CASE("photo: an output too large to be shown is refused") {
    Setup setup = square_setup(7, 3, 4, 0);
    setup.operation = Operation::transposed;
    Photo photo;
    photo.follow(room_with(setup));
    CHECK(photo.problem().find("at most 320") != std::string::npos);
}

TEST_CASE("photo: pixels from the page that do not fit their announcement change nothing") {
    Photo photo;
    const PhotoPixels before = photo.shown();
    const std::array<std::byte, 12> bytes{};
    const auto take = [&](const char* json) {
        CHECK(take_event(photo, json, bytes));
        CHECK(photo.shown() == before);
    };
    take(R"({"event":"photo","source":"own","channels":1,"rows":3,"columns":5})");
    take(R"({"event":"photo","source":"own","channels":2,"rows":3,"columns":2})");
    take(R"({"event":"photo","source":"own","channels":1,"rows":-3,"columns":-4})");
    take(R"({"event":"photo","source":"nowhere","channels":1,"rows":3,"columns":4})");
    take(R"({"event":"photo","source":"camera","channels":1,"rows":3,"columns":4})");
    CHECK_FALSE(take_event(photo, R"({"event":"metrics"})", bytes));
    CHECK(take_event(
        photo, R"({"event":"photo","source":"own","channels":1,"rows":3,"columns":4})", bytes));
    CHECK(photo.source() == PhotoSource::own);
    CHECK(photo.shown().rows == 3);
}
