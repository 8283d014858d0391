#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/data_manifest.h"

namespace convoscope {

/// What to make: a set's name, and its sizes.
struct ProceduralWish {
    std::string name;  ///< "shapes", "bars", "circles", "spiral", "xor" or "blobs"
    Index train_count = 2000;
    Index test_count = 500;
    Index size = 16;  ///< side of an image in pixels; points have none
    /// Bars: orientations; spiral: arms; blobs. Without one, a usual number; the other sets have
    /// their own.
    std::optional<Index> classes = std::nullopt;
    /// Deviation of each number, as a share of full brightness, or of the square's half width.
    /// Without one, a usual amount.
    std::optional<double> noise = std::nullopt;
    std::uint64_t seed = 1;
};

/// A data set made of random numbers: one shard a split.
struct ProceduralSet {
    DataManifest manifest;
    std::vector<std::byte> train;
    std::vector<std::byte> test;
};

/// Whether there is a set of this name.
[[nodiscard]] bool is_procedural(std::string_view name);
/// "shapes, bars, …", for messages.
[[nodiscard]] std::string procedural_names();

/// Ensures: an image depends on the seed, the split and its number alone, so a larger set begins
/// with the smaller one; every class comes in turn.
/// Returns error when: the name is unknown or a size is out of range.
[[nodiscard]] Result<ProceduralSet> make_procedural_set(const ProceduralWish& wish);

}  // namespace convoscope
