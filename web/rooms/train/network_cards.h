#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

// The network from inside. Each returns the height it took.

/// Each layer with its output's shape, parameters and multiply-accumulates.
float draw_network_summary(Context& context, widgets::Rect where);

/// The first convolution's weights as they are now.
float draw_kernels(Context& context, widgets::Rect where);

/// What the convolutions make of the chosen picture.
float draw_feature_maps(Context& context, widgets::Rect where);

/// What the network believes of the chosen picture.
void draw_prediction_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
