#include "engine/data/hold_out.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "engine/core/random.h"

namespace convoscope {
namespace {

constexpr Index kUsualShare = 12;

std::uint64_t wide(Index number) {
    return static_cast<std::uint64_t>(number);
}

}  // namespace

bool HoldOut::contains(Index position, Index total) const {
    if (folds > 0) {
        return position % folds == fold;
    }
    return wide(position + 1) * wide(count) / wide(total) >
           wide(position) * wide(count) / wide(total);
}

Index HoldOut::count_of(Index total) const {
    return folds > 0 ? (total + folds - 1 - fold) / folds : std::min(count, total);
}

HoldOut default_hold_out(const DataManifest& manifest) {
    const Index usual = (manifest.count(Split::train) + kUsualShare / 2) / kUsualShare;
    return {.count = manifest.validation.value_or(usual)};
}

std::vector<std::uint32_t> held_out_images(const Dataset& dataset,
                                           Index shard,
                                           const HoldOut& hold_out,
                                           std::uint64_t seed) {
    const Index begin = dataset.shard_begin(Split::train, shard);
    std::vector<std::uint32_t> images(static_cast<std::size_t>(
        dataset.manifest().shards_of(Split::train)[static_cast<std::size_t>(shard)].count));
    std::iota(images.begin(), images.end(), static_cast<std::uint32_t>(begin));
    Random random = Random(seed, "validation").split(static_cast<std::uint64_t>(shard));
    random.shuffle(std::span(images));
    const Index total = dataset.count(Split::train);
    std::vector<std::uint32_t> held_out;
    Index position = begin;
    for (Index label = 0; label < dataset.class_count(); ++label) {
        for (const std::uint32_t image : images) {
            if (dataset.label(Split::train, static_cast<Index>(image)) == label &&
                hold_out.contains(position++, total)) {
                held_out.push_back(image);
            }
        }
    }
    std::ranges::sort(held_out);
    return held_out;
}

}  // namespace convoscope
