#include "web/rooms/convolve/matrix_layout.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::LensMatrix;

namespace {

constexpr float kMostCell = 30;
constexpr float kLeastCell = 0.2F;
constexpr float kVectorGap = 8;
constexpr float kMostVector = 26;
constexpr float kResults = 46;  ///< of the column of results and its sign

/// Where a line of `cells` begins so that one of them is in the middle of the room, or as near to
/// it as leaves no room empty.
float begin_around(float room, float cells, float cell, Index followed) {
    const float length = cells * cell;
    const float wanted = room / 2 - (static_cast<float>(followed) + 0.5F) * cell;
    return length <= room ? (room - length) / 2 : std::clamp(wanted, room - length, 0.0F);
}

/// Cells so large that all of the matrix is seen; of a strip that would be too thin to read as
/// large as its short side allows, and the place that is followed in the middle.
float cell_size(float wide, float high, float columns, float rows) {
    constexpr float kUnreadable = 6;
    constexpr float kReadable = 14;
    constexpr float kMostOfStrip = 22;
    const float fitting = std::min(wide / columns, high / rows);
    const float short_side = std::max(wide / columns, high / rows);
    if (fitting < kUnreadable && short_side >= kReadable) {
        return std::min(std::floor(short_side), kMostOfStrip);
    }
    return std::clamp(fitting > 4 ? std::floor(fitting) : fitting, kLeastCell, kMostCell);
}

}  // namespace

MatrixLayout lay_out_matrix(const LensMatrix& matrix, Rect area, Index row, Index column) {
    const bool multiplies = !matrix.across.empty();
    const float above = multiplies ? kMostVector + kVectorGap : 0;
    const auto rows = static_cast<float>(matrix.rows);
    const auto columns = static_cast<float>(matrix.columns);
    const Rect room{area.x, area.y + above, area.w - kResults, area.h - above};
    const float cell = cell_size(room.w, room.h, columns, rows);
    const float left = room.x + begin_around(room.w, columns, cell, column);
    const float top = room.y + begin_around(room.h, rows, cell, row);
    const float thick = std::clamp(cell, 10.0F, kMostVector);
    MatrixLayout layout{
        .matrix = {left, top, cell * columns, cell * rows}, .cell = cell, .shown = {}};
    layout.shown = layout.matrix.intersected(room);
    if (multiplies) {
        layout.across = {left, layout.shown.y - kVectorGap - thick, layout.matrix.w, thick};
    }
    layout.down = {layout.shown.right() + 20, top, thick, layout.matrix.h};
    return layout;
}

void draw_matrix_extent(Context& context, const MatrixLayout& layout, const LensMatrix& matrix) {
    constexpr float kBar = 3;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect& shown = layout.shown;
    if (shown.h < layout.matrix.h - 1) {
        const float share = shown.h / layout.matrix.h;
        const float from = (shown.y - layout.matrix.y) / layout.matrix.h * shown.h;
        const Rect bar{shown.x - 14, shown.y, kBar, shown.h};
        canvas.fill(bar, theme.line1, radius::kTick);
        canvas.fill({bar.x, bar.y + from, kBar, std::max(8.0F, share * shown.h)},
                    theme.line3,
                    radius::kTick);
        const Index first = static_cast<Index>((shown.y - layout.matrix.y) / layout.cell);
        const Index last =
            std::min(matrix.rows - 1, first + static_cast<Index>(shown.h / layout.cell) - 1);
        canvas.text({bar.x - 8, shown.center_y()},
                    std::to_string(first) + "–" + std::to_string(last),
                    FontStyle::kM11,
                    theme.t3,
                    Align::kRight);
    } else if (shown.w < layout.matrix.w - 1) {
        const float share = shown.w / layout.matrix.w;
        const float from = (shown.x - layout.matrix.x) / layout.matrix.w * shown.w;
        const Rect bar{shown.x, shown.bottom() + 8, shown.w, kBar};
        canvas.fill(bar, theme.line1, radius::kTick);
        canvas.fill({bar.x + from, bar.y, std::max(8.0F, share * shown.w), kBar},
                    theme.line3,
                    radius::kTick);
    }
}

}  // namespace convoscope::rooms::convolve
