#include <cstdint>
#include <filesystem>
#include <system_error>

#include "cli/data_formats.h"
#include "cli/files.h"
#include "engine/data/cifar_binary.h"

namespace convoscope::cli {
namespace {

using nlohmann::json;

Result<std::vector<std::byte>> read_batch(const std::string& path) {
    const Result<std::vector<std::byte>> bytes = read_file(path);
    return bytes ? read_cifar_batch(*bytes, path) : bytes;
}

/// Adds a file as the next shard of a split, with as many images as its size says.
Status add_batch(const std::string& path, const char* split, json& splits, FolderData& data) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error) {
        return Error{path + ": there is no such file"};
    }
    constexpr std::uintmax_t kRecord = 1 + kCifarChannels * kCifarSide * kCifarSide;
    if (bytes == 0 || bytes % kRecord != 0) {
        return Error{path + ": " + std::to_string(bytes) + " bytes; expected a multiple of " +
                     std::to_string(kRecord)};
    }
    json& shards = splits[split]["shards"];
    data.shards.push_back({.split = split,
                           .index = static_cast<Index>(shards.size()),
                           .read = [path] { return read_batch(path); }});
    shards.push_back({{"count", bytes / kRecord}});
    return success();
}

}  // namespace

bool is_cifar_folder(const std::string& folder) {
    return is_file(folder + "/data_batch_1.bin");
}

Result<FolderData> read_cifar_folder(const std::string& folder, const std::string& name) {
    FolderData data;
    json splits;
    for (int batch = 1; batch <= 5; ++batch) {
        const std::string path = folder + "/data_batch_" + std::to_string(batch) + ".bin";
        if (is_file(path)) {
            if (const Status added = add_batch(path, "train", splits, data); !added) {
                return added.error();
            }
        }
    }
    if (const Status added = add_batch(folder + "/test_batch.bin", "test", splits, data); !added) {
        return added.error();
    }
    data.open = {{"command", "open_data"},
                 {"manifest",
                  {{"format", "convoscope-data/1"},
                   {"name", name},
                   {"input", {kCifarChannels, kCifarSide, kCifarSide}},
                   {"classes",
                    {"airplane",
                     "automobile",
                     "bird",
                     "cat",
                     "deer",
                     "dog",
                     "frog",
                     "horse",
                     "ship",
                     "truck"}},
                   // Of the 50,000 training images.
                   {"mean", {0.4914, 0.4822, 0.4465}},
                   {"std", {0.247, 0.2435, 0.2616}},
                   {"splits", splits}}}};
    return data;
}

}  // namespace convoscope::cli
