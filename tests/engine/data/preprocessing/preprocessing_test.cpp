#include "engine/data/preprocessing/preprocessing.h"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/core/random.h"

using namespace convoscope;

namespace {

constexpr Shape kShape = {.channels = 2, .height = 2, .width = 3};
constexpr std::size_t kPixels = 12;
constexpr Index kImages = 500;

/// Images whose pixels go together: noise added to one brightness an image.
std::vector<std::vector<std::uint8_t>> make_images() {
    Random random(2, "images");
    std::vector<std::vector<std::uint8_t>> images;
    for (Index image = 0; image < kImages; ++image) {
        const auto brightness = random.below(120);
        std::vector<std::uint8_t> pixels;
        for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
            pixels.push_back(static_cast<std::uint8_t>(brightness + random.below(40) + 5 * pixel));
        }
        images.push_back(pixels);
    }
    return images;
}

Preprocessing fit(const char* text, const std::vector<std::vector<std::uint8_t>>& images) {
    const auto spec = PreprocessingSpec::parse(text);
    REQUIRE(spec.ok());
    auto fitted = Preprocessing::fit(
        *spec, {.shape = kShape, .count = static_cast<Index>(images.size()), .image = [&](Index i) {
                    return std::span(images[static_cast<std::size_t>(i)]);
                }});
    REQUIRE(fitted.ok());
    return std::move(*fitted);
}

/// NCHW values of one image that stands in a lane of its own.
std::vector<float> process(const Preprocessing& preprocessing,
                           const std::vector<std::uint8_t>& image) {
    std::vector<float> lanes(kPixels * static_cast<std::size_t>(kLanes), -1.0F);
    const std::vector<const std::uint8_t*> pixels = {image.data()};
    preprocessing.fill_lanes(pixels, lanes);
    std::vector<float> values;
    for (std::size_t i = 0; i < kPixels; ++i) {
        const std::size_t place = i % 6 * 2 + i / 6;
        values.push_back(lanes[place * static_cast<std::size_t>(kLanes)]);
        CHECK(lanes[place * static_cast<std::size_t>(kLanes) + 1] == 0.0F);
    }
    return values;
}

/// Mean of the product of two numbers over all images.
double mean_product(const std::vector<std::vector<float>>& values, std::size_t a, std::size_t b) {
    double sum = 0.0;
    for (const auto& image : values) {
        sum += static_cast<double>(image[a]) * static_cast<double>(image[b]);
    }
    return sum / static_cast<double>(values.size());
}

std::vector<std::vector<float>> process_all(const Preprocessing& preprocessing,
                                            const std::vector<std::vector<std::uint8_t>>& images) {
    std::vector<std::vector<float>> values;
    for (const auto& image : images) {
        values.push_back(process(preprocessing, image));
    }
    return values;
}

}  // namespace

TEST_CASE("preprocessing: every kind can be undone") {
    const auto images = make_images();
    for (const char* text : {"scale", "channel", "mean_image", "pca", "zca:0.1"}) {
        CAPTURE(text);
        const Preprocessing preprocessing = fit(text, images);
        std::vector<float> restored(kPixels);
        preprocessing.invert(process(preprocessing, images[7]), restored);
        for (std::size_t i = 0; i < kPixels; ++i) {
            CHECK(restored[i] == doctest::Approx(images[7][i] / 255.0).epsilon(1e-4));
        }
    }
}

TEST_CASE("preprocessing: scale makes white 1") {
    const auto preprocessing = fit("scale", make_images());
    CHECK(process(preprocessing, std::vector<std::uint8_t>(kPixels, 255))[3] ==
          doctest::Approx(1.0));
}

TEST_CASE("preprocessing: by channel, each channel has mean 0 and deviation 1") {
    const auto images = make_images();
    const auto values = process_all(fit("channel", images), images);
    for (std::size_t channel = 0; channel < 2; ++channel) {
        double sum = 0.0;
        double squares = 0.0;
        for (const auto& image : values) {
            for (std::size_t i = 6 * channel; i < 6 * (channel + 1); ++i) {
                sum += static_cast<double>(image[i]);
                squares += std::pow(static_cast<double>(image[i]), 2);
            }
        }
        CHECK(sum / (6 * kImages) == doctest::Approx(0.0).epsilon(1e-4));
        CHECK(squares / (6 * kImages) == doctest::Approx(1.0).epsilon(1e-4));
    }
}

TEST_CASE("preprocessing: less the mean image, every pixel has mean 0") {
    const auto images = make_images();
    const auto values = process_all(fit("mean_image", images), images);
    for (std::size_t i = 0; i < kPixels; ++i) {
        double sum = 0.0;
        for (const auto& image : values) {
            sum += static_cast<double>(image[i]);
        }
        CHECK(std::fabs(sum / kImages) < 1e-5);
    }
}

TEST_CASE("preprocessing: white images have variance 1 in every direction") {
    const auto images = make_images();
    for (const char* text : {"pca:1e-9", "zca:1e-9"}) {
        CAPTURE(text);
        const auto values = process_all(fit(text, images), images);
        for (std::size_t a = 0; a < kPixels; ++a) {
            for (std::size_t b = 0; b < kPixels; ++b) {
                CHECK(std::fabs(mean_product(values, a, b) - (a == b ? 1.0 : 0.0)) < 1e-3);
            }
        }
    }
}

TEST_CASE("preprocessing: zca stays as near to the picture as it can, pca sorts by variance") {
    const auto images = make_images();
    const auto centred = process_all(fit("mean_image", images), images);
    const auto zca = process_all(fit("zca:0.0001", images), images);
    double own = 0.0;
    for (std::size_t image = 0; image < images.size(); ++image) {
        own += static_cast<double>(centred[image][4]) * static_cast<double>(zca[image][4]);
    }
    CHECK(own > 0.0);
    // With a large epsilon the variances are not levelled, and the axes' order shows.
    const auto pca = process_all(fit("pca:10", images), images);
    for (std::size_t i = 0; i + 1 < kPixels; ++i) {
        CHECK(mean_product(pca, i, i) >= mean_product(pca, i + 1, i + 1));
    }
}

TEST_CASE("preprocessing: mistakes are named") {
    CHECK(PreprocessingSpec::parse("whiten").error().message ==
          "preprocess is \"whiten\"; expected scale, channel, mean_image, pca or zca");
    for (const char* text : {"zca:", "zca:0", "zca:-1", "pca:x", "channel:1"}) {
        CHECK_FALSE(PreprocessingSpec::parse(text).ok());
    }
    CHECK(Preprocessing::fit({}, {.shape = kShape, .count = 0, .image = {}}).error().message ==
          "preprocess: there are no training images to take figures from");
    CHECK(Preprocessing::fit(
              {.type = PreprocessingType::zca},
              {.shape = {.channels = 3, .height = 32, .width = 32}, .count = 1, .image = {}})
              .error()
              .message ==
          "preprocess: an image has 3072 numbers; expected at most 1024 for "
          "whitening");
}
