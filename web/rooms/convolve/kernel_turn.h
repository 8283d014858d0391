#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// The weight that lies at a place of the kernel's picture, and where a weight lies: of a kernel
/// that is turned by 180° the opposite place.
[[nodiscard]] model::CellPlace turned_place(const Context& context, model::CellPlace place);

/// The kernel as it is laid on the input: `cell` says how each weight looks. When the reader turns
/// it, its cells go round its middle to their new places. Returns the weight under the pointer.
widgets::GridResult draw_turning_kernel(Context& context,
                                        const widgets::ValueGridSpec& spec,
                                        widgets::Point at,
                                        const widgets::CellOf& cell);

}  // namespace convoscope::rooms::convolve
