#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The colour of a kept run on charts and in the list, counted from 0.
[[nodiscard]] widgets::Color color_of_run(const widgets::Theme& theme, std::size_t run);

/// Height of the list; 0 while there is one run only.
[[nodiscard]] float runs_card_height(const Context& context);

/// The runs of this visit: colour, name, what is set otherwise, final accuracy.
void draw_runs_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
