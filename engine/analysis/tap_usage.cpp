#include "engine/analysis/tap_usage.h"

namespace convoscope {

std::vector<TapReading> tap_readings(const Window& window, Index outputs) {
    std::vector<TapReading> readings;
    readings.reserve(static_cast<std::size_t>(outputs * window.size));
    for (Index output = 0; output < outputs; ++output) {
        for (Index tap = 0; tap < window.size; ++tap) {
            readings.push_back(
                {.output = output,
                 .tap = tap,
                 .input = output * window.stride + tap * window.dilation - window.padding_begin});
        }
    }
    return readings;
}

AxisUsage count_usage(const Window& window, Index input, Index outputs) {
    AxisUsage usage{.of_pixels = std::vector<Index>(static_cast<std::size_t>(input)),
                    .of_weights = std::vector<Index>(static_cast<std::size_t>(window.size)),
                    .of_each_weight = outputs};
    for (Index tap = 0; tap < window.size; ++tap) {
        const IndexRange range = outputs_inside(window, tap, input, outputs);
        usage.of_weights[static_cast<std::size_t>(tap)] = range.count();
        for (Index output = range.begin; output < range.end; ++output) {
            const Index pixel =
                output * window.stride + tap * window.dilation - window.padding_begin;
            ++usage.of_pixels[static_cast<std::size_t>(pixel)];
        }
    }
    return usage;
}

}  // namespace convoscope
