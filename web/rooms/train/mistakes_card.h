#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The images of the pinned cell of the confusion are there; of all that are misread when none is.
[[nodiscard]] bool mistakes_are_open(const Context& context);

/// These images, the most confident first, each with what the network believes.
void draw_mistakes_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
