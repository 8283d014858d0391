#pragma once

#include <span>
#include <string>

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// A parameter as the panel shows it.
struct ParameterRow {
    model::Parameter parameter;
    const char* id;
    const char* symbol;
    const char* label;
    widgets::Quantity quantity;
    const char* why;
};

/// All, in the panel's order.
[[nodiscard]] std::span<const ParameterRow> parameter_rows();

/// Whether the operation has such a parameter, and the scene a use for it.
[[nodiscard]] bool is_used(const Context& context, model::Parameter parameter);

/// `parameter` is the row's, or of the padding the one at the end.
void draw_parameter_slider(Context& context,
                           const ParameterRow& row,
                           model::Parameter parameter,
                           model::Axes axes,
                           const std::string& label,
                           widgets::Rect where);

/// Of the filter in front.
void draw_bias_slider(Context& context, widgets::Rect row);

}  // namespace convoscope::rooms::convolve
