#include "engine/data/dataset.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/data/sha256.h"

namespace convoscope {
Dataset::Dataset(DataManifest manifest)
    : manifest_(std::move(manifest)),
      preprocessing_(
          Preprocessing::of_channels(manifest_.input, manifest_.mean, manifest_.deviation)) {
    for (const Split split : {Split::train, Split::test}) {
        SplitData& data = splits_[static_cast<std::size_t>(split)];
        Index begin = 0;
        for (const ShardInfo& shard : manifest_.shards_of(split)) {
            data.begins.push_back(begin);
            begin += shard.count;
        }
        data.loaded.resize(data.begins.size(), false);
        data.labels = memory_.plan<std::uint8_t>(begin);
        data.pixels = memory_.plan<std::uint8_t>(begin * manifest_.input.element_count());
    }
}

Result<std::unique_ptr<Dataset>> Dataset::open(DataManifest manifest) {
    std::unique_ptr<Dataset> dataset(new Dataset(std::move(manifest)));
    if (!dataset->memory_.allocate()) {
        return Error{"data set: no memory for " + std::to_string(dataset->memory_.size_bytes()) +
                     " bytes of images"};
    }
    return dataset;
}

Result<std::unique_ptr<Dataset>> Dataset::with_images(Split split,
                                                      Index count,
                                                      std::span<const std::byte> bytes) const {
    if (count < 1 || static_cast<Index>(bytes.size()) != count * (1 + input().element_count())) {
        return Error{std::to_string(count) + " images in " + std::to_string(bytes.size()) +
                     " bytes; expected " + std::to_string(count * (1 + input().element_count())) +
                     ", a label and " + std::to_string(input().element_count()) +
                     " pixels an image"};
    }
    DataManifest manifest = manifest_;
    std::array<std::vector<std::byte>, 2> shards;
    for (const Split each : {Split::train, Split::test}) {
        const auto labels = std::as_bytes(memory_.get(data(each).labels));
        const auto pixels = std::as_bytes(memory_.get(data(each).pixels));
        const bool grows = each == split;
        const Index all = this->count(each) + (grows ? count : 0);
        std::vector<std::byte>& shard = shards[static_cast<std::size_t>(each)];
        shard.assign(labels.begin(), labels.end());
        if (grows) {
            shard.insert(shard.end(), bytes.begin(), bytes.begin() + count);
        }
        shard.insert(shard.end(), pixels.begin(), pixels.end());
        if (grows) {
            shard.insert(shard.end(), bytes.begin() + count, bytes.end());
        }
        manifest.shards[static_cast<std::size_t>(each)].clear();
        if (all > 0) {
            manifest.shards[static_cast<std::size_t>(each)] = {{.count = all, .sha256 = {}}};
        }
    }
    Result<std::unique_ptr<Dataset>> larger = open(std::move(manifest));
    for (const Split each : {Split::train, Split::test}) {
        if (larger && (*larger)->shard_count(each) > 0) {
            const auto& shard = shards[static_cast<std::size_t>(each)];
            if (const Status added = (*larger)->add_shard(each, 0, shard); !added) {
                return added.error();
            }
        }
    }
    return larger;
}

Status Dataset::add_shard(Split split, Index shard, std::span<const std::byte> bytes) {
    const std::string name = std::string(split_name(split)) + " shard " + std::to_string(shard);
    if (shard < 0 || shard >= shard_count(split)) {
        return Error{name + ": there is none; expected 0 to " +
                     std::to_string(shard_count(split) - 1)};
    }
    const ShardInfo& info = manifest_.shards_of(split)[at(shard)];
    if (static_cast<Index>(bytes.size()) != manifest_.shard_bytes(info)) {
        return Error{name + ": " + std::to_string(bytes.size()) + " bytes; expected " +
                     std::to_string(manifest_.shard_bytes(info))};
    }
    const std::span<const std::byte> labels = bytes.first(at(info.count));
    for (std::size_t image = 0; image < labels.size(); ++image) {
        if (std::to_integer<Index>(labels[image]) >= class_count()) {
            return Error{name + ": label " + std::to_string(std::to_integer<int>(labels[image])) +
                         " of image " + std::to_string(image) + "; expected 0 to " +
                         std::to_string(class_count() - 1)};
        }
    }
    if (!info.sha256.empty() && sha256(bytes) != info.sha256) {
        return Error{name + ": its SHA-256 is not the manifest's; the file is damaged or another"};
    }
    SplitData& data = splits_[static_cast<std::size_t>(split)];
    const Index begin = data.begins[at(shard)];
    const std::span<const std::byte> pixels = bytes.subspan(at(info.count));
    std::memcpy(memory_.get(data.labels).data() + begin, labels.data(), labels.size());
    std::memcpy(memory_.get(data.pixels).data() + begin * input().element_count(),
                pixels.data(),
                pixels.size());
    data.loaded[at(shard)] = true;
    return success();
}

bool Dataset::is_loaded(Split split, Index shard) const {
    return data(split).loaded[at(shard)];
}

Index Dataset::shard_begin(Split split, Index shard) const {
    return data(split).begins[at(shard)];
}

Index Dataset::loaded_count(Split split) const {
    Index images = 0;
    for (Index shard = 0; shard < shard_count(split); ++shard) {
        images += is_loaded(split, shard) ? manifest_.shards_of(split)[at(shard)].count : 0;
    }
    return images;
}

bool Dataset::is_image_loaded(Split split, Index image) const {
    if (image < 0 || image >= count(split)) {
        return false;
    }
    const std::vector<Index>& begins = data(split).begins;
    const auto after = std::ranges::upper_bound(begins, image);
    return data(split).loaded[static_cast<std::size_t>(after - begins.begin()) - 1];
}

std::vector<Index> Dataset::class_counts(Split split) const {
    std::vector<Index> counts(at(class_count()));
    for_each_loaded(split, [&](Index image) { ++counts[label(split, image)]; });
    return counts;
}

std::vector<Index> Dataset::first_of_each_class(Split split, Index each) const {
    std::vector<std::vector<Index>> found(at(class_count()));
    for_each_loaded(split, [&](Index image) {
        std::vector<Index>& images = found[label(split, image)];
        if (std::ssize(images) < each) {
            images.push_back(image);
        }
    });
    std::vector<Index> all;
    for (const std::vector<Index>& images : found) {
        all.insert(all.end(), images.begin(), images.end());
    }
    return all;
}

std::uint8_t Dataset::label(Split split, Index image) const {
    return memory_.get(data(split).labels)[at(image)];
}

std::span<const std::uint8_t> Dataset::pixels(Split split, Index image) const {
    const Index count = input().element_count();
    return memory_.get(data(split).pixels).subspan(at(image * count), at(count));
}

void Dataset::fill_lanes(Split split,
                         std::span<const std::uint32_t> images,
                         std::span<float> lanes) const {
    CONVOSCOPE_CHECK(static_cast<Index>(images.size()) <= kLanes);
    std::array<const std::uint8_t*, kLanes> from{};
    for (std::size_t lane = 0; lane < images.size(); ++lane) {
        from[lane] = pixels(split, static_cast<Index>(images[lane])).data();
    }
    preprocessing_.fill_lanes(std::span<const std::uint8_t* const>(from).first(images.size()),
                              lanes);
}

void Dataset::fill_lanes(std::span<const std::span<const float>> images,
                         std::span<float> lanes) const {
    CONVOSCOPE_CHECK(static_cast<Index>(images.size()) <= kLanes);
    std::array<const float*, kLanes> from{};
    for (std::size_t lane = 0; lane < images.size(); ++lane) {
        CONVOSCOPE_CHECK(static_cast<Index>(images[lane].size()) == input().element_count());
        from[lane] = images[lane].data();
    }
    preprocessing_.fill_lanes(std::span<const float* const>(from).first(images.size()), lanes);
}

void Dataset::fill_labels(Split split,
                          std::span<const std::uint32_t> images,
                          std::span<std::uint8_t> labels) const {
    for (std::size_t image = 0; image < images.size(); ++image) {
        labels[image] = label(split, static_cast<Index>(images[image]));
    }
}

}  // namespace convoscope
