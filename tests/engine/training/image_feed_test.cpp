#include "engine/training/image_feed.h"

#include <memory>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"
#include "engine/training/trainer.h"
#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::shared_ptr<const AugmentationChain> chain_of(const char* text) {
    auto chain = AugmentationChain::parse(text);
    REQUIRE(chain.ok());
    return std::make_shared<const AugmentationChain>(std::move(*chain));
}

/// Parameters after two epochs of 50 images in batches of 50.
std::vector<float> train(const Dataset& dataset, const char* augmentation, int threads) {
    auto spec = parse_network_file(kTinyNetwork);
    REQUIRE(spec.ok());
    auto trainer = Trainer::create(std::move(*spec),
                                   {.optimizer = {},
                                    .batch_size = 50,
                                    .threads = threads,
                                    .augmentation = chain_of(augmentation)});
    REQUIRE(trainer.ok());
    std::vector<std::uint32_t> images(50);
    std::iota(images.begin(), images.end(), 0U);
    (*trainer)->step(dataset, images, 0);
    (*trainer)->step(dataset, images, 1);
    const auto parameters = (*trainer)->network().parameters();
    return {parameters.begin(), parameters.end()};
}

}  // namespace

TEST_CASE("image feed: an empty chain gives what the data set gives") {
    const auto dataset = tiny_dataset({30}, 6);
    const std::vector<std::uint32_t> images = {3, 7, 11};
    std::vector<float> plain(static_cast<std::size_t>(kTinyPixels * kLanes));
    std::vector<float> fed = plain;
    dataset->fill_lanes(Split::train, images, plain);
    for (const char* text : {"", "flip:0"}) {
        ImageFeed feed;
        feed.prepare(chain_of(text), dataset->input(), 1);
        feed.fill({.dataset = *dataset, .images = images}, fed);
        for (std::size_t i = 0; i < plain.size(); ++i) {
            CHECK(fed[i] == doctest::Approx(static_cast<double>(plain[i])));
        }
    }
}

TEST_CASE("image feed: an image is changed the same in any lane and batch") {
    const auto dataset = tiny_dataset({30}, 6);
    ImageFeed feed;
    feed.prepare(chain_of("shift:2,elastic:30:2"), dataset->input(), 2);
    std::vector<float> first(static_cast<std::size_t>(kTinyPixels * kLanes));
    std::vector<float> second = first;
    const std::vector<std::uint32_t> batch = {3, 7, 11};
    const std::vector<std::uint32_t> other_batch = {11, 4};
    feed.fill({.dataset = *dataset, .images = batch, .seed = 1, .epoch = 5}, first);
    feed.fill({.dataset = *dataset, .images = other_batch, .seed = 1, .epoch = 5, .thread = 1},
              second);
    bool changed = false;
    for (Index pixel = 0; pixel < kTinyPixels; ++pixel) {
        const auto at = static_cast<std::size_t>(pixel * kLanes);
        CHECK(first[at + 2] == second[at]);
        changed = changed || first[at] != first[at + 2];
    }
    CHECK(changed);
}

TEST_CASE("trainer: with augmentation too, threads change nothing and epochs differ") {
    const auto dataset = tiny_dataset({60}, 6);
    const auto one = train(*dataset, "shift:1,rotate:10,elastic:10:2", 1);
    CHECK(train(*dataset, "shift:1,rotate:10,elastic:10:2", 3) == one);
    CHECK(train(*dataset, "shift:1,rotate:10,elastic:11:2", 1) != one);
}
