#include "engine/training/sampler.h"

#include <algorithm>
#include <string>

#include "engine/core/random.h"

namespace convoscope {
namespace {

Index shard_images(const Dataset& dataset, Index shard) {
    return dataset.manifest().shards_of(Split::train)[static_cast<std::size_t>(shard)].count;
}

}  // namespace

Sampler::Sampler(const Dataset& dataset,
                 std::uint64_t seed,
                 const HoldOut& hold_out,
                 Index most_images)
    : dataset_(dataset), seed_(seed), hold_out_(hold_out), most_images_(most_images) {
    order_.reserve(static_cast<std::size_t>(dataset.count(Split::train)));
}

void Sampler::append_shard(Index shard) {
    const std::vector<std::uint32_t> held_out = held_out_images(dataset_, shard, hold_out_, seed_);
    const auto begin = static_cast<std::uint32_t>(dataset_.shard_begin(Split::train, shard));
    const auto end = begin + static_cast<std::uint32_t>(shard_images(dataset_, shard));
    const std::size_t first = order_.size();
    auto next_held_out = held_out.begin();
    for (std::uint32_t image = begin; image < end; ++image) {
        if (next_held_out != held_out.end() && *next_held_out == image) {
            ++next_held_out;
        } else {
            order_.push_back(image);
        }
    }
    Random random = Random(seed_, "shard").split(static_cast<std::uint64_t>(shard));
    random.shuffle(std::span(order_).subspan(first));
    if (most_images_ > 0 && std::ssize(order_) >= most_images_) {
        order_.resize(static_cast<std::size_t>(most_images_));
        next_shard_ = dataset_.shard_count(Split::train);  // of the others nothing is wanted
    }
}

void Sampler::shuffle_epoch() {
    // From one order whatever came before, so that an epoch's order depends on its number alone.
    std::ranges::sort(order_);
    Random random = Random(seed_, "epoch").split(static_cast<std::uint64_t>(epoch_));
    random.shuffle(std::span(order_));
}

Status Sampler::resume(const SamplerPosition& position) {
    if (position.epoch < 0 || position.image < 0 || position.image >= epoch_count()) {
        return Error{"the sampler's position is image " + std::to_string(position.image) +
                     " of epoch " + std::to_string(position.epoch) + "; expected one of " +
                     std::to_string(epoch_count()) + " images"};
    }
    order_.clear();
    next_shard_ = 0;
    epoch_ = position.epoch;
    batch_epoch_ = position.epoch;
    position_ = static_cast<std::size_t>(position.image);
    resumed_ = true;
    return success();
}

/// False when a shard is missing that the position needs.
bool Sampler::catch_up() {
    while (next_shard_ < dataset_.shard_count(Split::train) &&
           (epoch_ > 0 || order_.size() < position_)) {
        if (!dataset_.is_loaded(Split::train, next_shard_)) {
            return false;
        }
        append_shard(next_shard_++);
    }
    if (epoch_ > 0) {
        shuffle_epoch();
    }
    resumed_ = false;
    return true;
}

bool Sampler::next(Index count, std::vector<std::uint32_t>& batch) {
    if (resumed_ && !catch_up()) {
        return false;
    }
    const auto wanted = static_cast<std::size_t>(count);
    while (order_.size() - position_ < wanted && next_shard_ < dataset_.shard_count(Split::train)) {
        if (!dataset_.is_loaded(Split::train, next_shard_)) {
            return false;
        }
        append_shard(next_shard_++);
    }
    batch_epoch_ = epoch_;
    const std::size_t end = std::min(position_ + wanted, order_.size());
    batch.assign(order_.begin() + static_cast<std::ptrdiff_t>(position_),
                 order_.begin() + static_cast<std::ptrdiff_t>(end));
    position_ = end;
    if (position_ == order_.size() && next_shard_ == dataset_.shard_count(Split::train)) {
        ++epoch_;
        position_ = 0;
        shuffle_epoch();
    }
    return true;
}

Index Sampler::epoch_count() const {
    const Index all = dataset_.count(Split::train) - validation_count();
    return most_images_ > 0 ? std::min(most_images_, all) : all;
}

Index Sampler::validation_count() const {
    return hold_out_.count_of(dataset_.count(Split::train));
}

std::vector<std::uint32_t> Sampler::validation_images() const {
    std::vector<std::uint32_t> images;
    for (Index shard = 0; shard < dataset_.shard_count(Split::train); ++shard) {
        if (dataset_.is_loaded(Split::train, shard)) {
            const std::vector<std::uint32_t> held_out =
                held_out_images(dataset_, shard, hold_out_, seed_);
            images.insert(images.end(), held_out.begin(), held_out.end());
        }
    }
    return images;
}

}  // namespace convoscope
