#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Mean and extremes of the batches, and dots of the held-out images, step by step.
void draw_loss_chart(Context& context, widgets::Rect where);
void draw_accuracy_chart(Context& context, widgets::Rect where);

/// One of them at a time, with a switch above it and three headline figures.
void draw_phone_charts(Context& context, widgets::Rect where);

/// What the band means, in one line.
void draw_chart_note(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
