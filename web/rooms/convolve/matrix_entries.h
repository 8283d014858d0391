#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// The entry at a place of the matrix; null: it is empty.
[[nodiscard]] const model::MatrixEntry* entry_at(const model::LensMatrix& matrix,
                                                 Index row,
                                                 Index column);

/// The entries in the colours of their weights, or of the written-out windows by magnitude, with
/// numbers where there is room. What does not belong to the thing pointed at is dimmed. Cells
/// smaller than a few pixels are drawn together.
void draw_entries(Context& context,
                  const model::LensMatrix& matrix,
                  widgets::Rect rect,
                  float cell);

}  // namespace convoscope::rooms::convolve
