#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The numbers that a neuron reads of one channel, as a small grid; hatched where none is.
/// `numbers`: written into the cells, where they have room. `winner` (or -1) is outlined.
void draw_patch_inputs(Context& context,
                       const model::Patch& patch,
                       widgets::Rect rect,
                       bool numbers,
                       Index winner = -1);

/// What they are multiplied by. Expects: the patch has weights.
void draw_patch_weights(Context& context,
                        const model::Patch& patch,
                        widgets::Rect rect,
                        bool numbers);

}  // namespace convoscope::rooms::inspect
