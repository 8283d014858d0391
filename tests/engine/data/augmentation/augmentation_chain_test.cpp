#include "engine/data/augmentation/augmentation_chain.h"

#include <numeric>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

constexpr Shape kShape = {.channels = 3, .height = 8, .width = 8};

std::vector<float> apply(const AugmentationChain& chain,
                         std::uint64_t seed,
                         Index epoch,
                         std::uint32_t number) {
    std::vector<std::uint8_t> pixels(192);
    std::iota(pixels.begin(), pixels.end(), std::uint8_t{0});
    const std::vector<float> background(3, 0.0F);
    std::vector<float> workspace(static_cast<std::size_t>(chain.workspace_floats(kShape)));
    const auto changed = chain.apply({.shape = kShape,
                                      .pixels = pixels,
                                      .background = background,
                                      .seed = seed,
                                      .epoch = epoch,
                                      .number = number},
                                     workspace);
    return {changed.begin(), changed.end()};
}

std::string message_of(const char* text) {
    return AugmentationChain::parse(text).error().message;
}

}  // namespace

TEST_CASE("augmentation chain: seed, epoch and image decide, and nothing else") {
    const auto chain = AugmentationChain::parse("shift,rotate:20,elastic:30:3,jitter,cutout:3");
    REQUIRE(chain.ok());
    const auto changed = apply(*chain, 1, 2, 3);
    CHECK(apply(*chain, 1, 2, 3) == changed);
    CHECK(apply(*chain, 2, 2, 3) != changed);
    CHECK(apply(*chain, 1, 3, 3) != changed);
    CHECK(apply(*chain, 1, 2, 4) != changed);
}

TEST_CASE("augmentation chain: one more at the end draws no numbers of those before it") {
    const auto shift = AugmentationChain::parse("shift:3");
    const auto with_nothing = AugmentationChain::parse("shift:3,flip:0");
    for (std::uint32_t image = 0; image < 20; ++image) {
        CHECK(apply(*shift, 1, 0, image) == apply(*with_nothing, 1, 0, image));
    }
}

TEST_CASE("augmentation chain: an empty one gives the image, from 0 to 1") {
    const auto chain = AugmentationChain::parse("");
    REQUIRE(chain.ok());
    CHECK(chain->empty());
    const auto image = apply(*chain, 1, 0, 0);
    CHECK(image[0] == 0.0F);
    CHECK(image[51] == doctest::Approx(0.2));
}

TEST_CASE("augmentation chain: mistakes are named") {
    CHECK(message_of("shfit") ==
          "augment: \"shfit\" is unknown; expected shift, crop, flip, rotate, scale, elastic, "
          "jitter, cutout");
    CHECK(message_of("shift:2,,flip").find("\"\" is unknown") != std::string::npos);
    CHECK(message_of("shift:1.5") ==
          "augment: shift's pixels is \"1.5\"; expected a whole number from 0 to 4096");
    CHECK(message_of("elastic:34:") ==
          "augment: elastic's sigma is \"\"; expected a number from 0.1 to 64");
    CHECK(message_of("elastic:nan") ==
          "augment: elastic's alpha is \"nan\"; expected a number from 0 to 10000");
    CHECK(message_of("flip:0.5:1") ==
          "augment: \"flip:0.5:1\" has 2 parameters; expected at most 1");
}
