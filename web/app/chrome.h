#pragma once

#include <string>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/widgets/ui.h"

namespace convoscope::app {

/// Rail and bars around every room. Returns the stage that is left for the room.
widgets::Rect draw_chrome(widgets::Ui& ui,
                          const models::AppState& state,
                          const std::string& engine,
                          models::CommandQueue& commands,
                          widgets::Rect page);

}  // namespace convoscope::app
