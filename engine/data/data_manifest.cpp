#include "engine/data/data_manifest.h"

#include <optional>

#include <nlohmann/json.hpp>

#include "engine/json/strict_json.h"

namespace convoscope {
namespace {

using nlohmann::json;

constexpr Index kMostImages = Index{1} << 24;
constexpr Index kMostBytes = Index{1} << 29;  // a tab's memory is 4 GB at most
constexpr double kMostPixels = 1 << 24;
constexpr std::size_t kMostShards = 4096;
constexpr std::size_t kMostClasses = 256;  // labels are bytes

/// The integer under a key, or nothing when it is not one between the bounds.
std::optional<Index> integer_in(const json& value, Index lowest, Index highest) {
    if (!value.is_number_integer()) {
        return std::nullopt;
    }
    const auto number = value.get<std::int64_t>();
    if (number < lowest || number > highest) {
        return std::nullopt;
    }
    return static_cast<Index>(number);
}

const json& member(const json& object, const char* key) {
    static const json kNull;
    if (!object.is_object()) {
        return kNull;
    }
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

Status read_input(const json& file, DataManifest& manifest) {
    const json& input = member(file, "input");
    std::array<Index, 3> extents{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::optional<Index> extent =
            input.is_array() && input.size() == 3 ? integer_in(input[axis], 1, 4096) : std::nullopt;
        if (!extent) {
            return Error{"manifest: input is " + quoted_json(input) +
                         "; expected [channels, height, width]"};
        }
        extents[axis] = *extent;
    }
    const double pixels = static_cast<double>(extents[0]) * static_cast<double>(extents[1]) *
                          static_cast<double>(extents[2]);
    if (pixels > kMostPixels) {
        return Error{"manifest: input is " + quoted_json(input) + "; expected at most " +
                     std::to_string(static_cast<Index>(kMostPixels)) + " numbers an image"};
    }
    manifest.input = {.channels = extents[0], .height = extents[1], .width = extents[2]};
    return success();
}

Status read_classes(const json& file, DataManifest& manifest) {
    const json& classes = member(file, "classes");
    if (!classes.is_array() || classes.size() < 2 || classes.size() > kMostClasses) {
        return Error{"manifest: classes are missing or not a list of 2 to 256 names"};
    }
    for (const json& name : classes) {
        if (!name.is_string()) {
            return Error{"manifest: class " + quoted_json(name) + "; expected a name"};
        }
        manifest.classes.push_back(name.get<std::string>());
    }
    return success();
}

/// `mean` or `std`: one number a channel.
Status read_per_channel(const json& file,
                        const char* key,
                        float fallback,
                        Index channels,
                        std::vector<float>& numbers) {
    const json& list = member(file, key);
    numbers.assign(static_cast<std::size_t>(channels), fallback);
    if (list.is_null()) {
        return success();
    }
    bool good = list.is_array() && list.size() == numbers.size();
    for (std::size_t channel = 0; good && channel < numbers.size(); ++channel) {
        good = list[channel].is_number();
        numbers[channel] = good ? list[channel].get<float>() : fallback;
        good = good && (fallback == 0.0F || numbers[channel] > 0.0F);
    }
    if (!good) {
        return Error{std::string("manifest: ") + key + " is " + quoted_json(list) +
                     "; expected one number a channel" + (fallback == 0.0F ? "" : ", above 0")};
    }
    return success();
}

Status read_shard(const json& object,
                  const std::string& label,
                  DataManifest& manifest,
                  Split split) {
    const std::optional<Index> count = integer_in(member(object, "count"), 1, kMostImages);
    if (!count) {
        return Error{label + ": count is " + quoted_json(member(object, "count")) +
                     "; expected a number of images"};
    }
    if (static_cast<double>(*count) * (1.0 + static_cast<double>(manifest.input.element_count())) >
        static_cast<double>(kMostBytes)) {
        return Error{label + ": its images come to more than " + std::to_string(kMostBytes) +
                     " bytes"};
    }
    ShardInfo shard{.count = *count, .sha256 = {}};
    const json& digest = member(object, "sha256");
    if (!digest.is_null()) {
        if (!digest.is_string() || digest.get<std::string>().size() != 64) {
            return Error{label + ": sha256 is " + quoted_json(digest) +
                         "; expected 64 hexadecimal digits"};
        }
        shard.sha256 = digest.get<std::string>();
    }
    const json& bytes = member(object, "bytes");
    const Index expected = manifest.shard_bytes(shard);
    if (!bytes.is_null() && integer_in(bytes, expected, expected) != expected) {
        return Error{label + ": bytes is " + quoted_json(bytes) + "; expected " +
                     std::to_string(expected) + " for " + std::to_string(*count) + " images"};
    }
    manifest.shards[static_cast<std::size_t>(split)].push_back(std::move(shard));
    return success();
}

Status read_split(const json& file, Split split, DataManifest& manifest) {
    const std::string name = split_name(split);
    const json& object = member(member(file, "splits"), name.c_str());
    const json& shards = member(object, "shards");
    if (!shards.is_array() || shards.empty() || shards.size() > kMostShards) {
        return Error{"manifest: splits." + name + ".shards is missing, empty or too long"};
    }
    for (std::size_t shard = 0; shard < shards.size(); ++shard) {
        const std::string label = "manifest: " + name + " shard " + std::to_string(shard);
        if (const Status read = read_shard(shards[shard], label, manifest, split); !read) {
            return read.error();
        }
        if (manifest.bytes_total() > kMostBytes) {
            return Error{label + ": more than " + std::to_string(kMostBytes) +
                         " bytes of images in all"};
        }
    }
    const Index count = manifest.count(split);
    if (!member(object, "count").is_null() &&
        integer_in(member(object, "count"), count, count) != count) {
        return Error{"manifest: splits." + name + ".count is " +
                     quoted_json(member(object, "count")) + "; expected " + std::to_string(count) +
                     ", the sum of its shards"};
    }
    return success();
}

Status read_validation(const json& file, DataManifest& manifest) {
    const json& wish = member(member(member(file, "splits"), "train"), "validation");
    if (wish.is_null()) {
        return success();
    }
    const Index count = manifest.count(Split::train);
    manifest.validation = integer_in(wish, 0, count);
    return manifest.validation
               ? success()
               : Status(Error{"manifest: splits.train.validation is " + wish.dump() +
                              "; expected 0 to " + std::to_string(count)});
}

}  // namespace

const char* split_name(Split split) {
    return split == Split::train ? "train" : "test";
}

Index DataManifest::count(Split split) const {
    Index images = 0;
    for (const ShardInfo& shard : shards_of(split)) {
        images += shard.count;
    }
    return images;
}

Index DataManifest::bytes_total() const {
    return (count(Split::train) + count(Split::test)) * (1 + input.element_count());
}

Result<DataManifest> parse_data_manifest(std::string_view text) {
    const Result<json> parsed = parse_strict_json(text);
    if (!parsed) {
        return Error{"manifest: the text is not valid JSON: " + parsed.error().message};
    }
    const json& file = *parsed;
    if (!file.is_object()) {
        return Error{"manifest: expected a JSON object"};
    }
    if (member(file, "format") != "convoscope-data/1") {
        return Error{"manifest: format is " + quoted_json(member(file, "format")) +
                     "; expected \"convoscope-data/1\""};
    }
    DataManifest manifest;
    const json& name = member(file, "name");
    manifest.name = name.is_string() ? name.get<std::string>() : "";
    if (const Status read = read_input(file, manifest); !read) {
        return read.error();
    }
    const Index channels = manifest.input.channels;
    const std::array<Status, 3> parts = {
        read_classes(file, manifest),
        read_per_channel(file, "mean", 0.0F, channels, manifest.mean),
        read_per_channel(file, "std", 1.0F, channels, manifest.deviation)};
    for (const Status& part : parts) {
        if (!part) {
            return part.error();
        }
    }
    for (const Split split : {Split::train, Split::test}) {
        if (const Status read = read_split(file, split, manifest); !read) {
            return read.error();
        }
    }
    if (const Status read = read_validation(file, manifest); !read) {
        return read.error();
    }
    return manifest;
}

}  // namespace convoscope
