#include "engine/analysis/layer_reach.h"

#include <algorithm>
#include <numeric>
#include <variant>

#include "engine/core/check.h"

namespace convoscope {
namespace {

using Kind = LayerReach::Kind;

Window axis(Index kernel, Index stride, Index padding, Index dilation) {
    return {.size = kernel,
            .stride = stride,
            .padding_begin = padding,
            .padding_end = padding,
            .dilation = dilation};
}

struct ReachOf {
    LayerReach operator()(const Conv2dSpec& s) const {
        return {
            .kind = Kind::window,
            .windows = {axis(s.kernel_height, s.stride_height, s.padding_top, s.dilation_height),
                        axis(s.kernel_width, s.stride_width, s.padding_left, s.dilation_width)}};
    }
    LayerReach operator()(const MaxPool2dSpec& s) const {
        return {
            .kind = Kind::window,
            .windows = {axis(s.kernel_height, s.stride_height, s.padding_height, s.dilation_height),
                        axis(s.kernel_width, s.stride_width, s.padding_width, s.dilation_width)}};
    }
    LayerReach operator()(const AvgPool2dSpec& s) const {
        return {.kind = Kind::window,
                .windows = {axis(s.kernel_height, s.stride_height, s.padding_height, 1),
                            axis(s.kernel_width, s.stride_width, s.padding_width, 1)}};
    }
    LayerReach operator()(const ConvTranspose2dSpec& s) const {
        return {
            .kind = Kind::transposed_window,
            .windows = {axis(s.kernel_height, s.stride_height, s.padding_height, s.dilation_height),
                        axis(s.kernel_width, s.stride_width, s.padding_width, s.dilation_width)}};
    }
    template <PositionwiseSpec Spec>
    LayerReach operator()(const Spec&) const {
        return {};
    }
    LayerReach operator()(const AddSpec&) const { return {}; }
    LayerReach operator()(const ConcatSpec&) const { return {}; }
    LayerReach operator()(const AdaptiveAvgPool2dSpec&) const { return everything(); }
    LayerReach operator()(const FlattenSpec&) const { return everything(); }
    LayerReach operator()(const LinearSpec&) const { return everything(); }

    static LayerReach everything() { return {.kind = Kind::everything}; }
};

PositionSpan within_reach(std::int64_t first, std::int64_t last) {
    constexpr std::int64_t kFarthest = PositionSpan::kFarthest;
    return {.first = std::clamp(first, -kFarthest, kFarthest),
            .last = std::clamp(last, -kFarthest, kFarthest)};
}

/// The first tap of a transposed convolution that falls on `position` of its padded output; as
/// many as the kernel has when none does.
Index first_tap_on(const Window& window, std::int64_t position) {
    const std::int64_t rest = (position % window.stride + window.stride) % window.stride;
    if (window.dilation == 1) {
        return static_cast<Index>(std::min<std::int64_t>(rest, window.size));
    }
    Index tap = 0;
    while (tap < window.size &&
           static_cast<std::int64_t>(tap) * window.dilation % window.stride != rest) {
        tap = tap < window.stride ? tap + 1 : window.size;
    }
    return tap;
}

/// Input positions of one output of a transposed convolution: those i with
/// i·stride + tap·dilation - padding = output for a tap.
PositionSpan inputs_of_transposed(const Window& window, std::int64_t output) {
    const std::int64_t position = output + window.padding_begin;
    const Index tap = first_tap_on(window, position);
    if (tap >= window.size) {
        return {};
    }
    // Taps on the same output are this many apart.
    const Index period = window.stride / std::gcd(window.stride, window.dilation);
    const std::int64_t last_tap = tap + (window.size - 1 - tap) / period * period;
    return {.first = (position - last_tap * window.dilation) / window.stride,
            .last = (position - std::int64_t{tap} * window.dilation) / window.stride};
}

}  // namespace

LayerReach reach_of(const LayerAttributes& attributes) {
    return std::visit(ReachOf{}, attributes);
}

void PositionSpan::include(const PositionSpan& other) {
    if (other.empty()) {
        return;
    }
    *this = empty() ? other
                    : PositionSpan{.first = std::min(first, other.first),
                                   .last = std::max(last, other.last)};
}

PositionSpan inputs_of(LayerReach::Kind kind, const Window& window, const PositionSpan& outputs) {
    const std::int64_t stride = window.stride;
    if (kind == Kind::window) {
        return within_reach(outputs.first * stride - window.padding_begin,
                            outputs.last * stride - window.padding_begin + window.extent() - 1);
    }
    CONVOSCOPE_CHECK(kind == Kind::transposed_window);
    // Inputs grow with outputs from stride to stride, so those at the two ends decide.
    PositionSpan span;
    for (std::int64_t step = 0; step < std::min(stride, outputs.count()); ++step) {
        span.include(inputs_of_transposed(window, outputs.first + step));
        span.include(inputs_of_transposed(window, outputs.last - step));
    }
    return span.empty() ? span : within_reach(span.first, span.last);
}

}  // namespace convoscope
