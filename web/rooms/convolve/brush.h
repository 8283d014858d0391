#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// What the pointer does to cells, and with what value it paints. Returns its height.
float draw_brush(Context& context, widgets::Rect column);

/// Where the pointer paints: the pixels that it has passed, held, since the last frame. What is
/// typed into the cell that has the focus counts with either tool: a digit, or a minus sign, which
/// turns the number's.
void paint_input(Context& context, const widgets::GridResult& grid, widgets::Point at, float pitch);

/// Likewise the weights.
void paint_kernel(Context& context,
                  const widgets::GridResult& grid,
                  widgets::Point at,
                  float pitch);

/// Likewise the error, whose every cell can be painted.
void paint_error(Context& context, const widgets::GridResult& grid, widgets::Point at, float pitch);

/// Likewise the target that a filter learns.
void paint_target(Context& context,
                  const widgets::GridResult& grid,
                  widgets::Point at,
                  float pitch);

}  // namespace convoscope::rooms::convolve
