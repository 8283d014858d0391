#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

// The parts of a step that is taken apart. Each returns its height. Expects: there is a step.

/// The pictures with their labels.
float draw_batch(Context& context, widgets::Rect where);
/// How large each layer's outputs are.
float draw_outputs(Context& context, widgets::Rect where);
/// The chosen picture's probabilities and its loss, and the loss of every picture.
float draw_losses(Context& context, widgets::Rect where);
/// How long each layer's gradient is, the last layer first.
float draw_gradients(Context& context, widgets::Rect where);
/// The optimiser's rule with one weight's numbers.
float draw_update(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
