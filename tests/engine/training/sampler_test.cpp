#include "engine/training/sampler.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::vector<std::uint32_t> draw_epoch(Sampler& sampler, Index batch_size) {
    std::vector<std::uint32_t> all;
    std::vector<std::uint32_t> batch;
    do {
        REQUIRE(sampler.next(batch_size, batch));
        all.insert(all.end(), batch.begin(), batch.end());
    } while (!sampler.at_epoch_start());
    return all;
}

}  // namespace

TEST_CASE("sampler: an epoch shows every training image once and no held-out one") {
    const auto dataset = tiny_dataset({60, 48}, 6);
    Sampler sampler(*dataset, 1);
    const auto held_out = sampler.validation_images();
    CHECK(sampler.validation_count() == 9);
    CHECK(held_out.size() == 9);
    for (Index epoch = 0; epoch < 3; ++epoch) {
        CHECK(sampler.epoch() == epoch);
        std::vector<std::uint32_t> images = draw_epoch(sampler, 10);
        CHECK(static_cast<Index>(images.size()) == sampler.epoch_count());
        images.insert(images.end(), held_out.begin(), held_out.end());
        CHECK(std::set<std::uint32_t>(images.begin(), images.end()).size() == 108);
    }
}

TEST_CASE("sampler: the first epoch goes through the shards in order, later ones mix them") {
    const auto dataset = tiny_dataset({60, 48}, 6);
    Sampler sampler(*dataset, 1);
    const std::vector<std::uint32_t> first = draw_epoch(sampler, 7);
    const auto boundary = std::ranges::find_if(first, [](auto image) { return image >= 60; });
    CHECK(boundary - first.begin() == 55);
    CHECK(std::all_of(boundary, first.end(), [](auto image) { return image >= 60; }));
    CHECK_FALSE(std::is_sorted(first.begin(), boundary));
    const std::vector<std::uint32_t> second = draw_epoch(sampler, 7);
    CHECK(std::any_of(second.begin(), second.begin() + 40, [](auto image) { return image >= 60; }));
    CHECK(draw_epoch(sampler, 7) != second);
}

TEST_CASE("sampler: the order depends on the seed alone, not on when shards arrive") {
    const auto complete = tiny_dataset({60, 48}, 6);
    Sampler expected(*complete, 7);
    const std::vector<std::uint32_t> order = draw_epoch(expected, 8);

    auto manifest = parse_data_manifest(tiny_manifest({60, 48}, 6));
    auto arriving = Dataset::open(std::move(*manifest));
    REQUIRE((*arriving)->add_shard(Split::train, 1, tiny_shard(48, 1)).ok());
    Sampler sampler(**arriving, 7);
    std::vector<std::uint32_t> batch = {99};
    CHECK_FALSE(sampler.next(8, batch));
    CHECK(batch == std::vector<std::uint32_t>{99});
    REQUIRE((*arriving)->add_shard(Split::train, 0, tiny_shard(60, 0)).ok());
    CHECK(draw_epoch(sampler, 8) == order);

    Sampler other(*complete, 8);
    CHECK(draw_epoch(other, 8) != order);
}

TEST_CASE("sampler: resumed anywhere, it goes on as one that never stopped") {
    const auto dataset = tiny_dataset({60, 48}, 6);
    Sampler sampler(*dataset, 3);
    std::vector<std::uint32_t> batch;
    std::vector<std::uint32_t> resumed_batch;
    for (int draw = 0; draw < 30; ++draw) {
        const SamplerPosition position = sampler.position();
        Sampler resumed(*dataset, 3);
        REQUIRE(resumed.resume(position).ok());
        CHECK(resumed.position() == position);
        REQUIRE(resumed.next(10, resumed_batch));
        REQUIRE(sampler.next(10, batch));
        CHECK(resumed_batch == batch);
        CHECK(resumed.position() == sampler.position());
        CHECK(resumed.batch_epoch() == sampler.batch_epoch());
    }
    CHECK(sampler.epoch() > 1);
}

TEST_CASE("sampler: a position that the data set does not have is refused and changes nothing") {
    const auto dataset = tiny_dataset({60}, 6);
    Sampler sampler(*dataset, 3);
    const SamplerPosition before = sampler.position();
    CHECK_FALSE(sampler.resume({.epoch = 0, .image = 55}).ok());
    CHECK_FALSE(sampler.resume({.epoch = -1, .image = 0}).ok());
    CHECK_FALSE(sampler.resume({.epoch = 1, .image = -5}).ok());
    CHECK(sampler.position() == before);
    CHECK(sampler.resume({.epoch = 1, .image = 54}).ok());
}

TEST_CASE("sampler: told to take few images, every epoch has the first ones of the first epoch") {
    const auto dataset = tiny_dataset({60, 48}, 6);
    Sampler all(*dataset, 1);
    std::vector<std::uint32_t> first = draw_epoch(all, 10);
    first.resize(25);
    std::ranges::sort(first);
    Sampler few(*dataset, 1, default_hold_out(dataset->manifest()), 25);
    CHECK(few.epoch_count() == 25);
    for (Index epoch = 0; epoch < 3; ++epoch) {
        std::vector<std::uint32_t> images = draw_epoch(few, 10);
        std::ranges::sort(images);
        CHECK(images == first);
    }
    CHECK(few.validation_images() == all.validation_images());
}

TEST_CASE("sampler: few images need no more shards than they come from, also when it resumes") {
    const auto dataset =
        std::move(*Dataset::open(*parse_data_manifest(tiny_manifest({60, 48}, 6))));
    REQUIRE(dataset->add_shard(Split::train, 0, tiny_shard(60, 0)).ok());
    Sampler few(*dataset, 1, default_hold_out(dataset->manifest()), 25);
    const std::vector<std::uint32_t> first = draw_epoch(few, 10);
    const std::vector<std::uint32_t> second = draw_epoch(few, 10);
    Sampler later(*dataset, 1, default_hold_out(dataset->manifest()), 25);
    REQUIRE(later.resume({.epoch = 1, .image = 10}).ok());
    std::vector<std::uint32_t> batch;
    REQUIRE(later.next(10, batch));
    CHECK(std::equal(batch.begin(), batch.end(), second.begin() + 10));
    CHECK(first != second);
}
