#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/data/dataset.h"

namespace convoscope {

/// One image in this many of every class of a training shard is held out for validation.
inline constexpr Index kHoldOut = 12;

/// Which images of one shard are held out, in ascending order: of the images sorted by class, in a
/// random order within each, every twelfth. So every class gives its share, and their number
/// depends on the shard's size alone.
[[nodiscard]] std::vector<std::uint32_t> held_out_images(const Dataset& dataset,
                                                         Index shard,
                                                         std::uint64_t seed);

/// Represents the order in which training images come. The first epoch goes through the shards in
/// their order, shuffled within each, so that training can begin before all are there and yet the
/// order never depends on the network; later epochs shuffle everything.
/// Ensures: the same data set and seed give the same order, however the shards arrived.
class Sampler {
  public:
    /// `dataset` must outlive the sampler.
    Sampler(const Dataset& dataset, std::uint64_t seed);

    /// Overwrites `batch` with the next images, fewer than `count` only at the epoch's end.
    /// False: the next shard has not arrived, and nothing was drawn.
    [[nodiscard]] bool next(Index count, std::vector<std::uint32_t>& batch);

    /// Epochs finished.
    [[nodiscard]] Index epoch() const { return epoch_; }
    [[nodiscard]] bool at_epoch_start() const { return position_ == 0; }
    /// Training images of an epoch, also before all shards are there.
    [[nodiscard]] Index epoch_count() const;
    [[nodiscard]] Index validation_count() const;
    /// Held-out images of the shards that are there.
    [[nodiscard]] std::vector<std::uint32_t> validation_images() const;

  private:
    void append_shard(Index shard);
    void begin_next_epoch();

    const Dataset& dataset_;
    std::uint64_t seed_;
    std::vector<std::uint32_t> order_;
    std::size_t position_ = 0;
    Index next_shard_ = 0;  ///< first epoch: not yet in `order_`
    Index epoch_ = 0;
};

}  // namespace convoscope
