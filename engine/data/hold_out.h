#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/index.h"
#include "engine/data/dataset.h"

namespace convoscope {

/// Which images of the training split are kept from training, to validate on: a number of them, or
/// one of k parts (k-fold cross-validation).
///
/// The images are counted through shard by shard, in a shard class by class, in a class in a random
/// order; held out is every n-th, or every k-th beginning with the fold's number. So the figure is
/// exact, every class gives its share, the parts of a cross-validation are disjoint and cover all,
/// and a shard's share depends on no shard that has not arrived.
struct HoldOut {
    Index count = 0;  ///< images, when there are no folds
    Index folds = 0;  ///< 0, or k >= 2
    Index fold = 0;   ///< 0 to k - 1

    /// Whether the image at a position of that count through `total` images is held out.
    [[nodiscard]] bool contains(Index position, Index total) const;
    /// Images held out of `total`.
    [[nodiscard]] Index count_of(Index total) const;

    bool operator==(const HoldOut&) const = default;
};

/// What the data set's manifest wishes, else one image in twelve.
[[nodiscard]] HoldOut default_hold_out(const DataManifest& manifest);

/// Which images of one training shard are held out, in ascending order. Expects: the shard is
/// loaded.
[[nodiscard]] std::vector<std::uint32_t> held_out_images(const Dataset& dataset,
                                                         Index shard,
                                                         const HoldOut& hold_out,
                                                         std::uint64_t seed);

}  // namespace convoscope
