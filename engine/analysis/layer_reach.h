#pragma once

#include <array>
#include <cstdint>

#include "engine/core/window.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// Which positions of its input a layer looks at to make one position of its output.
struct LayerReach {
    enum class Kind {
        position,           ///< the same one
        window,             ///< `windows` around it
        transposed_window,  ///< those whose `windows`, laid over the output, cover it
        everything
    };

    Kind kind = Kind::position;
    std::array<Window, 2> windows = {};  ///< along `[height, width]`
};

/// Batch norm and dropout as they are when evaluating.
[[nodiscard]] LayerReach reach_of(const LayerAttributes& attributes);

/// A stretch of positions along one axis, both ends counted; they may lie outside the input.
/// Numbers of 64 bits everywhere, and cut off at ±`kFarthest`, as a thousand strides can ask for
/// more than any number holds.
struct PositionSpan {
    static constexpr std::int64_t kFarthest = std::int64_t{1} << 40;

    std::int64_t first = 0;
    std::int64_t last = -1;

    [[nodiscard]] std::int64_t count() const { return last - first + 1; }
    [[nodiscard]] bool empty() const { return last < first; }
    /// Grows to hold the other, too.
    void include(const PositionSpan& other);

    bool operator==(const PositionSpan&) const = default;
};

/// From the first to the last input position that outputs `outputs` look at: perhaps none, between
/// the taps of a transposed convolution.
/// Expects: `kind` is a window of either kind; `outputs` is not empty.
[[nodiscard]] PositionSpan inputs_of(LayerReach::Kind kind,
                                     const Window& window,
                                     const PositionSpan& outputs);

}  // namespace convoscope
