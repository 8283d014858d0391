#pragma once

#include "web/rooms/room_view.h"

namespace convoscope::app {

/// "Settings": how the page looks, whatever it shows. Draws nothing while it is closed.
void draw_settings_popover(const rooms::RoomFrame& frame, widgets::Rect anchor);
inline constexpr const char* kSettingsPopover = "settings";

}  // namespace convoscope::app
