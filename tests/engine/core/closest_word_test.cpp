#include "engine/core/closest_word.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

const std::vector<std::string>& types() {
    static const std::vector<std::string> kTypes = {
        "conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d", "relu", "elu", "linear"};
    return kTypes;
}

std::string meant(const std::string& given) {
    return closest_word(given, types()).value_or("nothing");
}

}  // namespace

TEST_CASE("closest word: the distance counts insertions, deletions, replacements and swaps") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("stride", "strides") == 1);
    CHECK(edit_distance("stride", "strude") == 1);
    CHECK(edit_distance("stride", "stirde") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("closest word: slips and other frameworks' spellings find the word") {
    CHECK(meant("cov2d") == "conv2d");
    CHECK(meant("Conv2D") == "conv2d");
    CHECK(meant("MaxPool2d") == "max_pool2d");
    CHECK(meant("maxpooling2d") == "max_pool2d");
    CHECK(meant("ConvTranspose2d") == "conv_transpose2d");
    CHECK(meant("rleu") == "relu");
    CHECK(meant("lineer") == "linear");
}

TEST_CASE("closest word: what resembles nothing finds nothing") {
    CHECK(meant("dance") == "nothing");
    CHECK(meant("") == "nothing");
    CHECK(meant(std::string(100000, 'x')) == "nothing");
    CHECK(did_you_mean("dance", types()).empty());
    CHECK(did_you_mean("leniar", types()) == " (did you mean \"linear\"?)");
}
