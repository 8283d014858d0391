#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The chart of the exhibit: a group a way of computing the convolution, a bar a number of threads,
/// and whether the group's outputs agree with double precision. Returns the height it took.
float draw_exhibit_rows(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
