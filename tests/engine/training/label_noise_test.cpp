#include "engine/training/label_noise.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

constexpr Index kImages = 20'000;
constexpr Index kClasses = 10;

/// Image i is of class i modulo 10.
std::vector<std::uint8_t> noisy_labels(double share, std::uint64_t seed = 3) {
    std::vector<std::uint32_t> images(kImages);
    std::iota(images.begin(), images.end(), 0U);
    std::vector<std::uint8_t> labels(kImages);
    std::ranges::transform(
        images, labels.begin(), [](auto image) { return static_cast<std::uint8_t>(image % 10); });
    add_label_noise({.share = share, .seed = seed, .classes = kClasses}, images, labels);
    return labels;
}

double share_right(const std::vector<std::uint8_t>& labels) {
    Index right = 0;
    for (Index i = 0; i < kImages; ++i) {
        right += labels[static_cast<std::size_t>(i)] == i % kClasses ? 1 : 0;
    }
    return static_cast<double>(right) / kImages;
}

}  // namespace

TEST_CASE("label noise: none leaves the labels, all of it leaves one in ten right by chance") {
    CHECK(share_right(noisy_labels(0.0)) == 1.0);
    CHECK(share_right(noisy_labels(1.0)) == doctest::Approx(0.1).epsilon(0.05));
    CHECK(share_right(noisy_labels(0.5)) == doctest::Approx(0.55).epsilon(0.02));
}

TEST_CASE("label noise: every class is as likely as another") {
    const std::vector<std::uint8_t> labels = noisy_labels(1.0);
    for (std::uint8_t label = 0; label < kClasses; ++label) {
        CHECK(std::ranges::count(labels, label) == doctest::Approx(2000).epsilon(0.08));
    }
}

TEST_CASE("label noise: an image's label depends on seed and number, not on its batch") {
    const std::vector<std::uint8_t> labels = noisy_labels(1.0);
    const std::vector<std::uint32_t> images{77, 3, 4000};
    std::vector<std::uint8_t> few{7, 3, 0};
    add_label_noise({.share = 1.0, .seed = 3, .classes = kClasses}, images, few);
    CHECK(few == std::vector<std::uint8_t>{labels[77], labels[3], labels[4000]});
    CHECK(noisy_labels(1.0, 4) != labels);
}
