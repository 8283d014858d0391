#include "engine/training/image_feed.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/lanes.h"

namespace convoscope {

void ImageFeed::prepare(std::shared_ptr<const AugmentationChain> chain,
                        const Shape& shape,
                        int threads) {
    chain_ = std::move(chain);
    workspaces_.clear();
    if (chain_ && !chain_->empty()) {
        const Index floats = kLanes * shape.element_count() + chain_->workspace_floats(shape);
        workspaces_.assign(static_cast<std::size_t>(threads),
                           std::vector<float>(static_cast<std::size_t>(floats)));
    }
}

void ImageFeed::fill(const Request& request, std::span<float> lanes) {
    if (workspaces_.empty()) {
        request.dataset.fill_lanes(Split::train, request.images, lanes);
        return;
    }
    const auto count = static_cast<std::size_t>(request.dataset.input().element_count());
    const std::span<float> memory = workspaces_[static_cast<std::size_t>(request.thread)];
    const std::span<float> workspace = memory.subspan(static_cast<std::size_t>(kLanes) * count);
    std::array<std::span<const float>, kLanes> images;
    for (std::size_t lane = 0; lane < request.images.size(); ++lane) {
        const std::uint32_t number = request.images[lane];
        const std::span<const float> changed = chain_->apply(
            {.shape = request.dataset.input(),
             .pixels = request.dataset.pixels(Split::train, static_cast<Index>(number)),
             .background = request.dataset.manifest().mean,
             .seed = request.seed,
             .epoch = request.epoch,
             .number = number},
            workspace);
        const std::span<float> kept = memory.subspan(lane * count, count);
        std::ranges::copy(changed, kept.begin());
        images[lane] = kept;
    }
    request.dataset.fill_lanes(std::span(images).first(request.images.size()), lanes);
}

}  // namespace convoscope
