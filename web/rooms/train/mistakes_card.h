#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// A cell of the confusion is pinned, so that its images are what to look at.
[[nodiscard]] bool mistakes_are_open(const Context& context);

/// The images of the pinned cell, the most confident first, each with what the network believes.
void draw_mistakes_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
