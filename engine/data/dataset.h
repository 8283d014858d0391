#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/data_manifest.h"
#include "engine/data/preprocessing/preprocessing.h"

namespace convoscope {

/// Represents a data set that arrives shard by shard: bytes as they came, in memory taken once.
/// Ensures: a shard is either entirely there and checked, or not at all.
class Dataset {
  public:
    /// Returns error when there is not enough memory for all images.
    [[nodiscard]] static Result<std::unique_ptr<Dataset>> open(DataManifest manifest);

    /// A data set of the same kind with more images of a split, laid out as a shard is; each split
    /// is one shard then.
    /// Returns error when: size or a label is wrong, or there is not enough memory.
    /// Expects: all shards are loaded.
    [[nodiscard]] Result<std::unique_ptr<Dataset>> with_images(
        Split split, Index count, std::span<const std::byte> bytes) const;

    [[nodiscard]] const DataManifest& manifest() const { return manifest_; }
    [[nodiscard]] const Shape& input() const { return manifest_.input; }
    [[nodiscard]] Index class_count() const { return static_cast<Index>(manifest_.classes.size()); }

    /// Returns error when: there is no such shard, or size, a label or the digest is wrong. Adding
    /// a shard again changes nothing.
    [[nodiscard]] Status add_shard(Split split, Index shard, std::span<const std::byte> bytes);

    [[nodiscard]] Index shard_count(Split split) const {
        return static_cast<Index>(manifest_.shards_of(split).size());
    }
    [[nodiscard]] bool is_loaded(Split split, Index shard) const;
    /// Number of a shard's first image in the split.
    [[nodiscard]] Index shard_begin(Split split, Index shard) const;
    [[nodiscard]] Index count(Split split) const { return manifest_.count(split); }
    [[nodiscard]] Index loaded_count(Split split) const;
    [[nodiscard]] bool is_image_loaded(Split split, Index image) const;

    /// Loaded images of each class.
    [[nodiscard]] std::vector<Index> class_counts(Split split) const;
    /// The first loaded images of each class, class after class: so many of each, or as many as
    /// there are.
    [[nodiscard]] std::vector<Index> first_of_each_class(Split split, Index each) const;

    [[nodiscard]] std::uint8_t label(Split split, Index image) const;
    [[nodiscard]] std::span<const std::uint8_t> pixels(Split split, Index image) const;

    /// How pixels become a network's input; by the manifest's `mean` and `std` to begin with.
    /// Expects: of this set's shape.
    void set_preprocessing(Preprocessing preprocessing) {
        preprocessing_ = std::move(preprocessing);
    }
    [[nodiscard]] const Preprocessing& preprocessing() const { return preprocessing_; }

    /// Overwrites a micro-batch's `[row][column][channel][lane]` with up to `kLanes` images,
    /// preprocessed; missing lanes become 0. Expects: the images are loaded.
    void fill_lanes(Split split,
                    std::span<const std::uint32_t> images,
                    std::span<float> lanes) const;
    /// The same of images that were changed: NCHW, 0 to 1.
    void fill_lanes(std::span<const std::span<const float>> images, std::span<float> lanes) const;
    /// Overwrites `labels`, one an image.
    void fill_labels(Split split,
                     std::span<const std::uint32_t> images,
                     std::span<std::uint8_t> labels) const;

  private:
    struct SplitData {
        ArenaSlot<std::uint8_t> labels;
        ArenaSlot<std::uint8_t> pixels;
        std::vector<bool> loaded;
        std::vector<Index> begins;
    };
    [[nodiscard]] const SplitData& data(Split split) const {
        return splits_[static_cast<std::size_t>(split)];
    }

    /// Calls `take(image)` for each image of the shards that are there, in order.
    template <class Take>
    void for_each_loaded(Split split, Take take) const {
        for (Index shard = 0; shard < shard_count(split); ++shard) {
            const Index begin = shard_begin(split, shard);
            const Index images =
                is_loaded(split, shard) ? manifest_.shards_of(split)[at(shard)].count : 0;
            for (Index image = begin; image < begin + images; ++image) {
                take(image);
            }
        }
    }

    explicit Dataset(DataManifest manifest);

    DataManifest manifest_;
    Preprocessing preprocessing_;
    std::array<SplitData, 2> splits_;
    Arena memory_;
};

}  // namespace convoscope
