#include "engine/data/hold_out.h"

#include <array>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::array<int, 3> count_classes(const Dataset& dataset, const std::vector<std::uint32_t>& images) {
    std::array<int, 3> of_class = {};
    for (const std::uint32_t image : images) {
        ++of_class[dataset.label(Split::train, static_cast<Index>(image))];
    }
    return of_class;
}

std::vector<std::uint32_t> held_out_of_all(const Dataset& dataset,
                                           const HoldOut& hold_out,
                                           std::uint64_t seed) {
    std::vector<std::uint32_t> all;
    for (Index shard = 0; shard < dataset.shard_count(Split::train); ++shard) {
        const auto images = held_out_images(dataset, shard, hold_out, seed);
        all.insert(all.end(), images.begin(), images.end());
    }
    return all;
}

}  // namespace

TEST_CASE("hold-out: every class gives its share, and the seed decides which images") {
    const auto dataset = tiny_dataset({72}, 6);
    const auto held_out = held_out_images(*dataset, 0, {.count = 6}, 3);
    CHECK(count_classes(*dataset, held_out) == std::array<int, 3>{2, 2, 2});
    CHECK(held_out != held_out_images(*dataset, 0, {.count = 6}, 4));
    CHECK(held_out == held_out_images(*dataset, 0, {.count = 6}, 3));
}

TEST_CASE("hold-out: the number is exact however the images lie in shards") {
    for (const auto& shards : std::vector<std::vector<Index>>{{100}, {7, 40, 53}, {33, 33, 34}}) {
        const auto dataset = tiny_dataset(shards, 6);
        for (const Index count : {0, 1, 13, 50, 99, 100}) {
            const HoldOut hold_out{.count = count};
            CHECK(static_cast<Index>(held_out_of_all(*dataset, hold_out, 1).size()) == count);
            CHECK(hold_out.count_of(100) == count);
        }
    }
}

TEST_CASE("hold-out: MNIST in its seven shards holds out 5,000 of 60,000") {
    Index held_out = 0;
    Index position = 0;
    for (; position < 60000; ++position) {
        held_out += HoldOut{.count = 5000}.contains(position, 60000) ? 1 : 0;
    }
    CHECK(held_out == 5000);
}

TEST_CASE("hold-out: without a wish, one image in twelve; a manifest may wish another number") {
    auto manifest = parse_data_manifest(tiny_manifest({60, 48}, 6));
    CHECK(default_hold_out(*manifest).count == 9);
    manifest->validation = 20;
    CHECK(default_hold_out(*manifest).count == 20);
}

TEST_CASE("k-fold: the parts are disjoint, cover all images, and have the classes' shares") {
    const auto dataset = tiny_dataset({31, 50, 22}, 6);
    std::set<std::uint32_t> seen;
    for (Index fold = 0; fold < 5; ++fold) {
        const HoldOut hold_out{.folds = 5, .fold = fold};
        const auto images = held_out_of_all(*dataset, hold_out, 9);
        CHECK(static_cast<Index>(images.size()) == hold_out.count_of(103));
        CHECK(images.size() >= 20);
        CHECK(images.size() <= 21);
        for (const int of_class : count_classes(*dataset, images)) {
            CHECK(of_class >= 5);
            CHECK(of_class <= 9);
        }
        for (const std::uint32_t image : images) {
            CHECK(seen.insert(image).second);
        }
    }
    CHECK(seen.size() == 103);
}
