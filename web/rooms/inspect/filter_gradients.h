#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The element, in PyTorch's order, of the weight with the greatest gradient among those that made
/// the opened neuron. Expects: its layer has weights.
[[nodiscard]] Index strongest_weight(const Context& context);

/// The gradients of the weights that made the opened neuron, as a small grid or a grid an input
/// channel; a click opens one. Returns the height that they take.
float draw_filter_gradients(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
