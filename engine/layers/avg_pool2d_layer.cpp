#include "engine/layers/avg_pool2d_layer.h"

#include <algorithm>
#include <vector>

#include "engine/core/check.h"
#include "engine/core/window.h"
#include "engine/layers/mean_pool_layer.h"
#include "engine/layers/volume_checks.h"

namespace convoscope {
namespace {

Window vertical_window(const AvgPool2dSpec& spec) {
    return {.size = spec.kernel_height,
            .stride = spec.stride_height,
            .padding_begin = spec.padding_height,
            .padding_end = spec.padding_height,
            .ceil_mode = spec.ceil_mode};
}

Window horizontal_window(const AvgPool2dSpec& spec) {
    return {.size = spec.kernel_width,
            .stride = spec.stride_width,
            .padding_begin = spec.padding_width,
            .padding_end = spec.padding_width,
            .ceil_mode = spec.ceil_mode};
}

/// Where padding counts, a window that ceil_mode lets hang over the padded input is cut there.
std::vector<kernels::MeanSpan> spans_of(const Window& window, Index input, bool count_padding) {
    std::vector<kernels::MeanSpan> spans;
    const Index outputs = output_extent(window, input, "").value();
    for (Index output = 0; output < outputs; ++output) {
        const Index start = output * window.stride - window.padding_begin;
        const Index end = std::min(start + window.size, input + window.padding_end);
        const Index first = std::max<Index>(start, 0);
        const Index last = std::min(end, input);
        spans.push_back(
            {.begin = first, .end = last, .divisor = count_padding ? end - start : last - first});
    }
    return spans;
}

}  // namespace

Status check_avg_pool2d(const AvgPool2dSpec& spec, const Shape& input) {
    if (const Status volume = check_volume("avg_pool2d", input); !volume) {
        return volume;
    }
    if (const Status fits = check_pooling_window(vertical_window(spec), input.height, "height");
        !fits) {
        return fits;
    }
    return check_pooling_window(horizontal_window(spec), input.width, "width");
}

std::unique_ptr<Layer> make_avg_pool2d_layer(const AvgPool2dSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_avg_pool2d(spec, input).ok());
    return make_mean_pool_layer(
        {.input = input,
         .rows = spans_of(vertical_window(spec), input.height, spec.count_include_pad),
         .columns = spans_of(horizontal_window(spec), input.width, spec.count_include_pad)});
}

}  // namespace convoscope
