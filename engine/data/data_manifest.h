#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"

namespace convoscope {

enum class Split { train, test };
[[nodiscard]] const char* split_name(Split split);

/// One file of images: `count` label bytes, then `count` images of bytes, NCHW.
struct ShardInfo {
    Index count = 0;
    std::string sha256;  ///< of the uncompressed bytes; empty: not checked (files of one's own)
};

/// What a data set will hold once all its shards are there.
struct DataManifest {
    std::string name;
    Shape input;
    std::vector<std::string> classes;
    std::array<std::vector<ShardInfo>, 2> shards;  ///< by split
    /// A pixel becomes (byte / 255 - mean) / deviation, per channel; 0 and 1 when not given.
    std::vector<float> mean;
    std::vector<float> deviation;
    std::optional<Index> validation;  ///< training images to hold out, as the file wishes

    [[nodiscard]] const std::vector<ShardInfo>& shards_of(Split split) const {
        return shards[static_cast<std::size_t>(split)];
    }
    [[nodiscard]] Index count(Split split) const;
    [[nodiscard]] Index shard_bytes(const ShardInfo& shard) const {
        return shard.count * (1 + input.element_count());
    }
    [[nodiscard]] Index bytes_total() const;
};

/// Reads `manifest.json` (`"format": "convoscope-data/1"`), with optional `mean`, `std` and
/// `splits.train.validation`.
/// Returns error when: a field is missing or wrong, or figures contradict each other.
[[nodiscard]] Result<DataManifest> parse_data_manifest(std::string_view text);

}  // namespace convoscope
