#include "engine/layers/adaptive_avg_pool2d_layer.h"

#include <vector>

#include "engine/core/check.h"
#include "engine/layers/mean_pool_layer.h"
#include "engine/layers/volume_checks.h"

namespace convoscope {
namespace {

std::vector<kernels::MeanSpan> spans_of(Index outputs, Index input) {
    if (outputs == 0) {
        outputs = input;
    }
    std::vector<kernels::MeanSpan> spans;
    for (Index output = 0; output < outputs; ++output) {
        const Index begin = output * input / outputs;
        const Index end = ((output + 1) * input + outputs - 1) / outputs;
        spans.push_back({.begin = begin, .end = end, .divisor = end - begin});
    }
    return spans;
}

}  // namespace

Status check_adaptive_avg_pool2d(const AdaptiveAvgPool2dSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(spec.output_height >= 0 && spec.output_width >= 0);
    return check_volume("adaptive_avg_pool2d", input);
}

std::unique_ptr<Layer> make_adaptive_avg_pool2d_layer(const AdaptiveAvgPool2dSpec& spec,
                                                      const Shape& input) {
    CONVOSCOPE_CHECK(check_adaptive_avg_pool2d(spec, input).ok());
    return make_mean_pool_layer({.input = input,
                                 .rows = spans_of(spec.output_height, input.height),
                                 .columns = spans_of(spec.output_width, input.width)});
}

}  // namespace convoscope
