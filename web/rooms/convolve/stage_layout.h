#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// Where input, kernel and output lie, and how large their cells are.
struct StageLayout {
    widgets::Point input;
    float input_pitch = 0.0F;
    widgets::Point kernel;
    float kernel_pitch = 0.0F;
    widgets::Point output;
    float output_pitch = 0.0F;
    bool phone = false;
    float legend_y = 0.0F;            ///< of a phone none
    widgets::Rect input_strip = {};   ///< where several channels are chosen from
    widgets::Rect output_strip = {};  ///< likewise filters

    /// The amber card around the kernel.
    [[nodiscard]] widgets::Rect kernel_card(const model::Setup& setup) const;
};

/// Cells on whole pixels, unless they are so small that a fraction counts.
[[nodiscard]] float whole_pitch(float fitting);

/// How large cells are of which so many lie side by side in the room, in px: whole ones, and of
/// very many a fraction, so that all of them have room. At most `most`.
[[nodiscard]] float cell_pitch(float room, Index cells, float most);

/// Input left, output right, the kernel halfway; of a phone the kernel over the output, both beside
/// the input. Expects: possible.
[[nodiscard]] StageLayout lay_out_stage(const Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
