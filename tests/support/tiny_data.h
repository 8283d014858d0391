#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/random.h"
#include "engine/data/dataset.h"

namespace convoscope::test {

/// A problem that a tiny network learns in a few steps: images of 1×6×6 in three classes, bright
/// at the top, in the middle or at the bottom.
inline constexpr Index kTinyClasses = 3;
inline constexpr Index kTinyPixels = 36;

/// One shard's bytes: labels in turn, then images with some noise.
inline std::vector<std::byte> tiny_shard(Index count, std::uint64_t seed) {
    Random random(seed, "tiny");
    std::vector<std::byte> bytes;
    for (Index image = 0; image < count; ++image) {
        bytes.push_back(static_cast<std::byte>(image % kTinyClasses));
    }
    for (Index image = 0; image < count; ++image) {
        for (Index pixel = 0; pixel < kTinyPixels; ++pixel) {
            const bool bright = pixel / 12 == image % kTinyClasses;
            bytes.push_back(static_cast<std::byte>((bright ? 150 : 20) + random.below(80)));
        }
    }
    return bytes;
}

/// `manifest.json` of shards of these sizes, without digests.
inline std::string tiny_manifest(const std::vector<Index>& train, Index test) {
    std::string text = R"({"format": "convoscope-data/1", "name": "tiny", "input": [1, 6, 6],
        "classes": ["top", "middle", "bottom"], "splits": {"train": {"shards": [)";
    for (std::size_t shard = 0; shard < train.size(); ++shard) {
        text += (shard == 0 ? "" : ", ") + std::string("{\"count\": ") +
                std::to_string(train[shard]) + "}";
    }
    return text + "]}, \"test\": {\"shards\": [{\"count\": " + std::to_string(test) + "}]}}}";
}

/// All shards loaded.
inline std::unique_ptr<Dataset> tiny_dataset(const std::vector<Index>& train, Index test) {
    auto manifest = parse_data_manifest(tiny_manifest(train, test));
    auto dataset = Dataset::open(std::move(manifest.value()));
    for (std::size_t shard = 0; shard < train.size(); ++shard) {
        const auto added = (*dataset)->add_shard(
            Split::train, static_cast<Index>(shard), tiny_shard(train[shard], shard));
        CONVOSCOPE_CHECK(added.ok());
    }
    const auto added = (*dataset)->add_shard(Split::test, 0, tiny_shard(test, 1000));
    CONVOSCOPE_CHECK(added.ok());
    return std::move(*dataset);
}

inline const std::string kTinyNetwork =
    R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
    {"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
    {"name": "relu", "type": "relu"},
    {"name": "pool", "type": "max_pool2d", "kernel_size": 2},
    {"name": "flat", "type": "flatten"},
    {"name": "hidden", "type": "linear", "out_features": 12},
    {"name": "relu2", "type": "relu"},
    {"name": "fc", "type": "linear", "out_features": 3}]})";

/// With enough channels for its second convolution to go by Winograd's minimal filtering.
inline const std::string kWideNetwork =
    R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
    {"name": "conv", "type": "conv2d", "out_channels": 16, "kernel_size": 3, "padding": 1},
    {"name": "relu", "type": "relu"},
    {"name": "wide", "type": "conv2d", "out_channels": 17, "kernel_size": 3, "padding": 1},
    {"name": "flat", "type": "flatten"},
    {"name": "fc", "type": "linear", "out_features": 3}]})";

}  // namespace convoscope::test
