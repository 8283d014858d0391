#pragma once

#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// What stands at a position of the axis that the window slides over.
enum class PositionKind {
    pixel,
    padding,   ///< around the picture
    stretched  ///< between its pixels, in a transposed convolution
};

struct Position {
    static constexpr Index kNothing = -1;

    PositionKind kind = PositionKind::padding;
    Index source = kNothing;  ///< the pixel whose value it shows; kNothing: it is zero

    bool operator==(const Position&) const = default;
};

/// One axis as the window sees it: pixels, padding and stretched zeros in a row, and a window that
/// needs no padding of its own. A transposed convolution is, in this form, a direct one of stride 1
/// over the stretched input (Dumoulin and Visin, section 4).
struct WindowAxis {
    std::vector<Position> positions = {};
    Index taps = 1;
    Index stride = 1;
    Index dilation = 1;
    Index outputs = 0;

    [[nodiscard]] Index count() const { return std::ssize(positions); }
    [[nodiscard]] Index extent() const { return dilation * (taps - 1) + 1; }
    [[nodiscard]] Index place(Index output, Index tap) const {
        return output * stride + tap * dilation;
    }
    /// Positions after the end of the last window: no window reads them.
    [[nodiscard]] Index lost() const { return count() - place(outputs - 1, taps - 1) - 1; }
    /// Whether some tap of some window falls on it.
    [[nodiscard]] bool is_read(Index position) const;
    /// Where a pixel lies.
    [[nodiscard]] Index place_of_pixel(Index pixel) const;
};

/// Returns error when: the operation is impossible along this axis, which is named ("height").
[[nodiscard]] Result<WindowAxis> window_axis(const Setup& setup,
                                             const AxisSetup& axis,
                                             std::string_view name);

}  // namespace convoscope::models::convolve
