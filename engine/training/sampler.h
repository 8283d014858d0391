#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/data/hold_out.h"

namespace convoscope {

/// Where a sampler stands. With the data set, the seed and what is held out it says which images
/// come next.
struct SamplerPosition {
    Index epoch = 0;  ///< epochs finished
    Index image = 0;  ///< images drawn of the epoch

    bool operator==(const SamplerPosition&) const = default;
};

/// Represents the order in which training images come. The first epoch goes through the shards in
/// their order, shuffled within each, so that training can begin before all are there and yet the
/// order never depends on the network; later epochs shuffle everything.
/// Ensures: the same data set and seed give the same order, however the shards arrived.
class Sampler {
  public:
    /// `dataset` must outlive the sampler. `most_images`: an epoch has that many images at most,
    /// the first ones of the first epoch's order; 0: all that are not held out.
    Sampler(const Dataset& dataset,
            std::uint64_t seed,
            const HoldOut& hold_out,
            Index most_images = 0);
    /// Holds out what the data set wishes.
    Sampler(const Dataset& dataset, std::uint64_t seed)
        : Sampler(dataset, seed, default_hold_out(dataset.manifest())) {}

    /// Overwrites `batch` with the next images, fewer than `count` only at the epoch's end.
    /// False: the next shard has not arrived, and nothing was drawn.
    [[nodiscard]] bool next(Index count, std::vector<std::uint32_t>& batch);

    [[nodiscard]] SamplerPosition position() const {
        return {.epoch = epoch_, .image = static_cast<Index>(position_)};
    }
    /// Goes to a position of a sampler of the same data set, seed and hold-out; shards that it
    /// needs may still arrive. Returns error when there is no such position, and nothing has
    /// changed.
    [[nodiscard]] Status resume(const SamplerPosition& position);

    /// Epochs finished.
    [[nodiscard]] Index epoch() const { return epoch_; }
    /// The epoch, counted from 0, of the batch drawn last.
    [[nodiscard]] Index batch_epoch() const { return batch_epoch_; }
    [[nodiscard]] bool at_epoch_start() const { return position_ == 0; }
    /// Training images of an epoch, also before all shards are there.
    [[nodiscard]] Index epoch_count() const;
    [[nodiscard]] Index validation_count() const;
    /// Held-out images of the shards that are there.
    [[nodiscard]] std::vector<std::uint32_t> validation_images() const;

  private:
    void append_shard(Index shard);
    void shuffle_epoch();
    [[nodiscard]] bool catch_up();

    const Dataset& dataset_;
    std::uint64_t seed_;
    HoldOut hold_out_;
    Index most_images_;
    std::vector<std::uint32_t> order_;
    std::size_t position_ = 0;
    bool resumed_ = false;  ///< `order_` has yet to become what it was
    Index next_shard_ = 0;  ///< first epoch: not yet in `order_`
    Index epoch_ = 0;
    Index batch_epoch_ = 0;
};

}  // namespace convoscope
