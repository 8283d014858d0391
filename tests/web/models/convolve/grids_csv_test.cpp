#include "web/models/convolve/grids_csv.h"

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"

using namespace convoscope;
using namespace convoscope::models::convolve;

TEST_CASE("csv_of: a line a row, planes apart, every number as it is") {
    const NumberGrid grid{
        .rows = 2, .columns = 2, .values = {1, -0.5, 0.1, 3, 4, 5, 6, 7}, .planes = 2};
    CHECK(csv_of(grid) == "1,-0.5\r\n0.10000000000000001,3\r\n\r\n4,5\r\n6,7\r\n");
    CHECK(csv_of({}).empty());
}

TEST_CASE("output_grid: a real picture's output, as it is shown") {
    Photo photo;
    photo.choose(PhotoSource::own);
    PhotoPixels pixels{.channels = 1, .rows = 8, .columns = 9};
    for (int i = 0; i < 72; ++i) {
        pixels.bytes.push_back(static_cast<std::uint8_t>(i * 37 % 251));
    }
    photo.take(pixels);
    Model room;
    room.scene = Scene::picture;
    room.change([](Setup& changed) { changed = convoscope::testing::square_setup(7, 3, 1, 1); });
    photo.follow(room);
    REQUIRE(photo.problem().empty());
    const NumberGrid output = output_grid(photo);
    CHECK(output.rows == photo.rows().outputs);
    REQUIRE(std::ssize(output.values) == output.planes * output.plane_cells());
    CHECK(output.value(3, 5) == static_cast<double>(photo.output(0)[at(3 * output.columns + 5)]));
    CHECK(std::ssize(input_grid(photo).values) == std::ssize(photo.shown().bytes));
}
