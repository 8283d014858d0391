#include "engine/explain/occlusion.h"

#include <algorithm>
#include <utility>

#include "engine/core/lanes.h"

namespace convoscope {
namespace {

/// Every `stride`, and the last place at which the square is still inside.
std::vector<Index> places(Index extent, Index size, Index stride) {
    std::vector<Index> begins;
    for (Index begin = 0; begin + size < extent; begin += stride) {
        begins.push_back(begin);
    }
    begins.push_back(extent - size);
    return begins;
}

}  // namespace

Occlusion::Occlusion(NetworkProbe& probe,
                     std::vector<float> image,
                     Index type,
                     const OcclusionSettings& settings)
    : probe_(probe), image_(std::move(image)), type_(type) {
    const Shape& shape = probe.network().shape(0);
    const Index shorter = std::min(shape.height, shape.width);
    size_ = settings.size > 0 ? std::min(settings.size, shorter) : std::max<Index>(shorter / 4, 1);
    const Index stride = settings.stride > 0 ? settings.stride : std::max<Index>(size_ / 4, 1);
    tops_ = places(shape.height, size_, stride);
    lefts_ = places(shape.width, size_, stride);
    drops_.resize(tops_.size() * lefts_.size());
}

bool Occlusion::step() {
    const Index count = std::ssize(drops_);
    if (done_ == 0) {
        probe_.fill(image_, false);
        probe_.forward();
        score_ = probe_.score(type_);
    }
    const Index lanes = std::min(kLanes, count - done_);
    probe_.fill(image_, true);
    for (Index lane = 0; lane < lanes; ++lane) {
        cover(done_ + lane, lane);
    }
    probe_.forward();
    for (Index lane = 0; lane < lanes; ++lane) {
        drops_[at(done_ + lane)] = score_ - probe_.score(type_, lane);
    }
    done_ += lanes;
    return done_ == count;
}

void Occlusion::cover(Index place, Index lane) {
    const Shape& shape = probe_.network().shape(0);
    const Index top = tops_[at(place / std::ssize(lefts_))];
    const Index left = lefts_[at(place % std::ssize(lefts_))];
    for (Index row = top; row < top + size_; ++row) {
        const Index first = (row * shape.width + left) * shape.channels;
        for (Index element = first; element < first + size_ * shape.channels; ++element) {
            probe_.input()[at(element * kLanes + lane)] = 0.0F;
        }
    }
}

double Occlusion::progress() const {
    return static_cast<double>(done_) / static_cast<double>(drops_.size());
}

std::vector<float> Occlusion::map() const {
    const Shape& shape = probe_.network().shape(0);
    std::vector<float> sums(at(shape.height * shape.width), 0.0F);
    std::vector<float> counts(sums.size(), 0.0F);
    for (std::size_t place = 0; place < drops_.size(); ++place) {
        const Index top = tops_[place / lefts_.size()];
        const Index left = lefts_[place % lefts_.size()];
        for (Index row = top; row < top + size_; ++row) {
            for (Index column = left; column < left + size_; ++column) {
                sums[at(row * shape.width + column)] += drops_[place];
                counts[at(row * shape.width + column)] += 1.0F;
            }
        }
    }
    for (std::size_t pixel = 0; pixel < sums.size(); ++pixel) {
        sums[pixel] = counts[pixel] > 0.0F ? sums[pixel] / counts[pixel] : 0.0F;
    }
    return sums;
}

}  // namespace convoscope
