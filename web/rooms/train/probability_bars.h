#pragma once

#include <vector>

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// What the network believes, a bar a class: the right one in green, the likeliest in red where it
/// is another.
void draw_probability_bars(Context& context,
                           const std::vector<float>& probabilities,
                           int label,
                           widgets::Rect where);

/// Width of the longest class's name.
[[nodiscard]] float class_names_width(const Context& context, std::size_t classes);

[[nodiscard]] int likeliest_class(const std::vector<float>& probabilities);

}  // namespace convoscope::rooms::train
