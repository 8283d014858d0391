#include "web/models/frame_statistics.h"

#include <algorithm>
#include <cmath>

namespace convoscope::models {

void FrameStatistics::add(double milliseconds) {
    milliseconds_[frames_drawn_ % kWindow] = static_cast<float>(milliseconds);
    last_ = milliseconds;
    ++frames_drawn_;
}

double FrameStatistics::percentile(double fraction) const {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(frames_drawn_, kWindow));
    if (count == 0) {
        return 0.0;
    }
    auto sorted = milliseconds_;
    std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count));
    const double rank = std::ceil(fraction * static_cast<double>(count)) - 1.0;
    const auto index =
        static_cast<std::size_t>(std::clamp(rank, 0.0, static_cast<double>(count - 1)));
    return static_cast<double>(sorted[index]);
}

}  // namespace convoscope::models
