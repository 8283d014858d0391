#include "engine/core/padding_mode.h"

#include <string>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

/// The letters that padding shows of an image "abcd".
std::string shown(PaddingMode mode, Index begin, Index end) {
    const std::string image = "abcd";
    std::string text;
    for (Index position = -begin; position < 4 + end; ++position) {
        text += image[static_cast<std::size_t>(padded_source(mode, position, 4))];
    }
    return text;
}

}  // namespace

TEST_CASE("padding modes: what stands beyond the edge") {
    CHECK(shown(PaddingMode::reflect, 3, 3) == "dcbabcdcba");
    CHECK(shown(PaddingMode::replicate, 2, 6) == "aaabcddddddd");
    CHECK(shown(PaddingMode::circular, 4, 4) == "abcdabcdabcd");
    CHECK(shown(PaddingMode::circular, 1, 2) == "dabcdab");
}

TEST_CASE("padding modes: reflect wants less than the input, circular at most as much") {
    CHECK(check_padding(PaddingMode::reflect, 3, 3, 4, "height").ok());
    CHECK(check_padding(PaddingMode::reflect, 0, 4, 4, "height").error().message ==
          "padding along the height is 4, expected at most 3, as padding_mode \"reflect\" mirrors "
          "an input of 4");
    CHECK(check_padding(PaddingMode::circular, 4, 4, 4, "width").ok());
    CHECK(check_padding(PaddingMode::circular, 5, 0, 4, "width").error().message ==
          "padding along the width is 5, expected at most 4, as padding_mode \"circular\" repeats "
          "an input of 4");
    CHECK(check_padding(PaddingMode::replicate, 90, 90, 1, "width").ok());
    CHECK(check_padding(PaddingMode::zeros, 90, 90, 1, "width").ok());
}
