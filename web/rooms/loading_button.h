#pragma once

#include "web/models/commands.h"
#include "web/models/train_model.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms {

/// Of a data set that is on its way: cancels its loading, and when that has been cancelled or has
/// failed begins it again where it was.
void draw_loading_button(widgets::Ui& ui,
                         const models::DataSetState& data,
                         models::CommandQueue& commands,
                         const char* id,
                         widgets::Rect rect);

/// What the button takes, whatever its label.
[[nodiscard]] float loading_button_width(const widgets::Ui& ui);

}  // namespace convoscope::rooms
