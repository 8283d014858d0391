#include "engine/data/augmentation/augmentation.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/data/augmentation/about_centre.h"

using namespace convoscope;

namespace {

constexpr Shape kGray = {.channels = 1, .height = 9, .width = 7};
constexpr Shape kColor = {.channels = 3, .height = 8, .width = 8};

/// What one augmentation makes of one image, on a background of 0.25.
std::vector<float> apply(const Augmentation& augmentation,
                         const Shape& shape,
                         const std::vector<float>& input,
                         std::uint64_t seed = 1) {
    std::vector<float> output(input.size(), -1.0F);
    std::vector<float> scratch(static_cast<std::size_t>(augmentation.scratch_floats(shape)));
    const std::vector<float> background(static_cast<std::size_t>(shape.channels), 0.25F);
    Random random(seed, "test");
    augmentation.apply({.shape = shape,
                        .input = input,
                        .output = output,
                        .scratch = scratch,
                        .background = background,
                        .random = random});
    return output;
}

std::vector<float> noise(const Shape& shape) {
    std::vector<float> image(static_cast<std::size_t>(shape.element_count()));
    Random random(5, "image");
    std::ranges::generate(image, [&] { return static_cast<float>(random.uniform()); });
    return image;
}

/// Black but for one pixel.
std::vector<float> one_bright(const Shape& shape, Index row, Index column) {
    std::vector<float> image(static_cast<std::size_t>(shape.element_count()), 0.0F);
    image[static_cast<std::size_t>(row * shape.width + column)] = 1.0F;
    return image;
}

double mean_distance(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    }
    return sum / static_cast<double>(a.size());
}

}  // namespace

TEST_CASE("augmentation: amounts of zero leave an image as it is") {
    const std::vector<float> image = noise(kColor);
    for (const auto& make : {make_rotate, make_scale}) {
        CHECK(mean_distance(apply(*make(0.0), kColor, image), image) < 1e-6);
    }
    CHECK(apply(*make_shift(0), kColor, image) == image);
    CHECK(apply(*make_crop(0), kColor, image) == image);
    CHECK(apply(*make_flip(0.0), kColor, image) == image);
    CHECK(apply(*make_cutout(0), kColor, image) == image);
    CHECK(mean_distance(apply(*make_elastic(0.0, 4.0), kColor, image), image) < 1e-6);
    CHECK(mean_distance(apply(*make_jitter(0.0, 0.0, 0.0), kColor, image), image) < 1e-6);
}

TEST_CASE("shift: a pixel lands on each place within reach, and the rest is background") {
    std::set<std::pair<Index, Index>> places;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const auto moved = apply(*make_shift(2), kGray, one_bright(kGray, 4, 3), seed);
        const auto bright = std::ranges::find(moved, 1.0F) - moved.begin();
        places.insert({bright / kGray.width - 4, bright % kGray.width - 3});
        const bool stayed = bright == 4 * kGray.width + 3;
        CHECK((std::ranges::find(moved, 0.25F) != moved.end()) != stayed);
    }
    CHECK(places.size() == 25);
    CHECK(places.contains({-2, -2}));
    CHECK(places.contains({2, 2}));
}

TEST_CASE("shift: further than the image leaves background alone") {
    const auto moved = apply(*make_shift(1000), kGray, noise(kGray), 3);
    CHECK(std::ranges::all_of(moved, [](float pixel) { return pixel == 0.25F; }));
}

TEST_CASE("crop: beyond the edge the image is reflected") {
    // A ramp along the columns: 0 1 2 ... 6. Two to the left of its edge stands 2 again.
    std::vector<float> ramp(static_cast<std::size_t>(kGray.element_count()));
    for (std::size_t i = 0; i < ramp.size(); ++i) {
        ramp[i] = static_cast<float>(i % 7);
    }
    std::set<float> first_columns;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto cut = apply(*make_crop(2), kGray, ramp, seed);
        first_columns.insert(cut[0]);
        for (std::size_t i = 0; i + 1 < 7; ++i) {
            CHECK(std::fabs(cut[i] - cut[i + 1]) == 1.0F);
        }
    }
    CHECK(first_columns == std::set<float>{0.0F, 1.0F, 2.0F});
}

TEST_CASE("flip: turns every row of every channel around, as often as it is told") {
    const std::vector<float> image = noise(kColor);
    const auto flipped = apply(*make_flip(1.0), kColor, image);
    CHECK(flipped[0] == image[7]);
    CHECK(flipped[64 + 9] == image[64 + 14]);
    CHECK(apply(*make_flip(1.0), kColor, flipped) == image);
    int flips = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        flips += apply(*make_flip(0.3), kColor, image, seed) == flipped ? 1 : 0;
    }
    CHECK(flips > 250);
    CHECK(flips < 350);
}

TEST_CASE("resampling: a quarter of a turn moves every pixel to its place") {
    const std::vector<float> image = noise(kColor);
    std::vector<float> output(image.size());
    std::vector<float> scratch(static_cast<std::size_t>(resample_scratch_floats(kColor)));
    const std::vector<float> background(3, 0.0F);
    Random random(1);
    resample_about_centre({.shape = kColor,
                           .input = image,
                           .output = output,
                           .scratch = scratch,
                           .background = background,
                           .random = random},
                          0.0F,
                          1.0F);
    for (std::size_t row = 0; row < 8; ++row) {
        for (std::size_t column = 0; column < 8; ++column) {
            CHECK(output[row * 8 + column] ==
                  doctest::Approx(static_cast<double>(image[(7 - column) * 8 + row])));
        }
    }
}

TEST_CASE("rotate: the centre stays, and angles keep to their bound") {
    const auto image = one_bright(kGray, 4, 3);
    const auto far = one_bright(kGray, 1, 3);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        CHECK(apply(*make_rotate(180.0), kGray, image, seed)[4 * 7 + 3] == doctest::Approx(1.0));
        // 3 pixels from the centre, 10 degrees are half a pixel: nothing lands 2 pixels away.
        const auto turned = apply(*make_rotate(10.0), kGray, far, seed);
        CHECK(turned[3 * 7 + 3] == 0.0F);
        CHECK(turned[1 * 7 + 1] + turned[1 * 7 + 5] == 0.0F);
    }
}

TEST_CASE("scale: a magnified ramp is less steep, by the factor") {
    std::vector<float> ramp(static_cast<std::size_t>(kGray.element_count()));
    for (std::size_t i = 0; i < ramp.size(); ++i) {
        ramp[i] = static_cast<float>(i % 7);
    }
    float gentlest = 10.0F;
    float steepest = 0.0F;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const auto scaled = apply(*make_scale(0.2), kGray, ramp, seed);
        const float slope = scaled[4 * 7 + 4] - scaled[4 * 7 + 3];
        gentlest = std::min(gentlest, slope);
        steepest = std::max(steepest, slope);
    }
    CHECK(gentlest == doctest::Approx(1.0 / 1.2).epsilon(0.01));
    CHECK(steepest == doctest::Approx(1.0 / 0.8).epsilon(0.01));
}

TEST_CASE("elastic: pixels move by Simard's distance, smoothly") {
    // On a ramp the change of a pixel's value is how far it moved along the columns. Uniform noise
    // has a deviation of 1/sqrt(3); a Gaussian of 4 pixels leaves 1/(2·4·sqrt(pi)) of it.
    constexpr Shape kLarge = {.channels = 1, .height = 60, .width = 60};
    std::vector<float> ramp(3600);
    for (std::size_t i = 0; i < ramp.size(); ++i) {
        ramp[i] = static_cast<float>(i % 60);
    }
    double squares = 0.0;
    double steps = 0.0;
    int count = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto bent = apply(*make_elastic(34.0, 4.0), kLarge, ramp, seed);
        for (std::size_t row = 15; row < 45; ++row) {
            for (std::size_t column = 15; column < 45; ++column, ++count) {
                const float* pixel = bent.data() + row * 60 + column;
                const double moved = static_cast<double>(pixel[0]) - static_cast<double>(column);
                const double below = static_cast<double>(pixel[60]) - static_cast<double>(column);
                squares += moved * moved;
                steps += (moved - below) * (moved - below);
            }
        }
    }
    const double expected = 34.0 / std::sqrt(3.0) / (8.0 * std::sqrt(3.14159265));
    CHECK(std::sqrt(squares / count) == doctest::Approx(expected).epsilon(0.1));
    CHECK(std::sqrt(steps / count) < 0.25 * expected);
}

TEST_CASE("jitter: brightness is a factor, and pixels stay between black and white") {
    const std::vector<float> image(192, 0.5F);
    float darkest = 1.0F;
    float brightest = 0.0F;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const auto changed = apply(*make_jitter(0.4, 0.0, 0.0), kColor, image, seed);
        darkest = std::min(darkest, changed[0]);
        brightest = std::max(brightest, changed[0]);
        const auto wild = apply(*make_jitter(1.0, 1.0, 1.0), kColor, noise(kColor), seed);
        CHECK(std::ranges::all_of(wild, [](float p) { return p >= 0.0F && p <= 1.0F; }));
    }
    CHECK(darkest == doctest::Approx(0.3).epsilon(0.02));
    CHECK(brightest == doctest::Approx(0.7).epsilon(0.02));
}

TEST_CASE("jitter: contrast and saturation leave a grey image grey") {
    const std::vector<float> image(192, 0.5F);
    CHECK(mean_distance(apply(*make_jitter(0.0, 0.9, 0.9), kColor, image), image) < 1e-4);
}

TEST_CASE("cutout: covers a square in all channels, cut off at the edge") {
    const std::vector<float> image(192, 1.0F);
    std::set<std::ptrdiff_t> areas;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto covered = apply(*make_cutout(4), kColor, image, seed);
        const auto area = std::ranges::count(covered, 0.25F);
        CHECK(area + std::ranges::count(covered, 1.0F) == 192);
        CHECK(area % 3 == 0);
        areas.insert(area / 3);
    }
    CHECK(*areas.rbegin() == 16);
    CHECK(*areas.begin() == 4);
}
