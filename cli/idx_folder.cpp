#include <utility>

#include "cli/data_formats.h"
#include "cli/files.h"
#include "engine/data/idx.h"

namespace convoscope::cli {
namespace {

constexpr Index kClasses = 10;

/// "train-images-idx3-ubyte", also spelt with a dot as some archives unpack it.
Result<std::string> find_idx(const std::string& folder, const std::string& what, int axes) {
    const std::string ending = "idx" + std::to_string(axes) + "-ubyte";
    for (const char* separator : {"-", "."}) {
        std::string path = folder + "/" + what + separator + ending;
        if (is_file(path)) {
            return path;
        }
    }
    return Error{folder + ": there is no file " + what + "-" + ending};
}

struct SplitShard {
    std::vector<std::byte> bytes;
    Index count = 0;
    Index rows = 0;
    Index columns = 0;
};

Result<SplitShard> read_split(const std::string& folder, const std::string& prefix) {
    const Result<std::string> images_path = find_idx(folder, prefix + "-images", 3);
    const Result<std::string> labels_path = find_idx(folder, prefix + "-labels", 1);
    if (!images_path || !labels_path) {
        return images_path ? labels_path.error() : images_path.error();
    }
    const Result<std::vector<std::byte>> image_bytes = read_file(*images_path);
    const Result<std::vector<std::byte>> label_bytes = read_file(*labels_path);
    if (!image_bytes || !label_bytes) {
        return image_bytes ? label_bytes.error() : image_bytes.error();
    }
    const Result<IdxImages> images = read_idx_images(*image_bytes, *images_path);
    if (!images) {
        return images.error();
    }
    const auto labels = read_idx_labels(*label_bytes, kClasses, *labels_path);
    if (!labels) {
        return labels.error();
    }
    if (static_cast<Index>(labels->size()) != images->count) {
        return Error{*labels_path + ": " + std::to_string(labels->size()) + " labels; expected " +
                     std::to_string(images->count) + ", as there are images"};
    }
    SplitShard shard{.bytes = {labels->begin(), labels->end()},
                     .count = images->count,
                     .rows = images->rows,
                     .columns = images->columns};
    shard.bytes.insert(shard.bytes.end(), images->pixels.begin(), images->pixels.end());
    return shard;
}

DataShard held_shard(const char* split, std::vector<std::byte> bytes) {
    return {.split = split, .index = 0, .read = [bytes = std::move(bytes)]() mutable {
                return Result<std::vector<std::byte>>(std::move(bytes));
            }};
}

}  // namespace

bool is_idx_folder(const std::string& folder) {
    return find_idx(folder, "train-images", 3).ok();
}

Result<FolderData> read_idx_folder(const std::string& folder, const std::string& name) {
    Result<SplitShard> train = read_split(folder, "train");
    if (!train) {
        return train.error();
    }
    Result<SplitShard> test = read_split(folder, "t10k");
    if (!test) {
        return test.error();
    }
    if (train->rows != test->rows || train->columns != test->columns) {
        return Error{folder + ": training and test images differ in size"};
    }
    nlohmann::json classes = nlohmann::json::array();
    for (Index label = 0; label < kClasses; ++label) {
        classes.push_back(std::to_string(label));
    }
    const auto split = [](const SplitShard& shard) {
        return nlohmann::json{{"count", shard.count},
                              {"shards", nlohmann::json::array({{{"count", shard.count}}})}};
    };
    FolderData data;
    data.open = {{"command", "open_data"},
                 {"manifest",
                  {{"format", "convoscope-data/1"},
                   {"name", name},
                   {"input", {1, train->rows, train->columns}},
                   {"classes", classes},
                   {"splits", {{"train", split(*train)}, {"test", split(*test)}}}}}};
    data.shards.push_back(held_shard("train", std::move(train->bytes)));
    data.shards.push_back(held_shard("test", std::move(test->bytes)));
    return data;
}

}  // namespace convoscope::cli
