#include "engine/explain/features.h"

#include <algorithm>
#include <utility>

#include "engine/core/lanes.h"

namespace convoscope {

Index last_hidden_value(const Network& network) {
    for (Index layer = network.layer_count() - 1; layer >= 0; --layer) {
        if (network.node(layer).parameter_count > 0) {
            return network.node(layer).inputs.front();
        }
    }
    return 0;
}

ImageWalk::ImageWalk(NetworkProbe& probe,
                     const Dataset& dataset,
                     Split split,
                     std::vector<std::uint32_t> images)
    : probe_(probe), dataset_(dataset), split_(split), images_(std::move(images)) {}

std::span<const std::uint32_t> ImageWalk::next() {
    const auto left = std::span<const std::uint32_t>(images_).subspan(done_);
    const auto mine = left.first(std::min(left.size(), at(kLanes)));
    if (!mine.empty()) {
        dataset_.fill_lanes(split_, mine, probe_.input());
        probe_.forward();
        done_ += mine.size();
    }
    return mine;
}

double ImageWalk::progress() const {
    return images_.empty() ? 1.0 : static_cast<double>(done_) / static_cast<double>(images_.size());
}

}  // namespace convoscope
