#pragma once

#include <optional>

#include "web/rooms/room_view.h"

namespace convoscope::app {

/// "Settings": how the page looks, whatever it shows, and whether it is there without a network
/// (none: not known yet). Draws nothing while it is closed.
void draw_settings_popover(const rooms::RoomFrame& frame,
                           widgets::Rect anchor,
                           std::optional<bool> offline);
inline constexpr const char* kSettingsPopover = "settings";

}  // namespace convoscope::app
