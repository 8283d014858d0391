#pragma once

#include <string_view>

#include "web/app/room_table.h"
#include "web/rooms/room_view.h"

namespace convoscope::app {

/// Who comes for the first time, and by no link, is told what the page is for and where to begin.
[[nodiscard]] bool is_first_visit(std::string_view boot_options);

/// What each room is for, to be opened with a click. Draws nothing while it is closed.
void draw_welcome(const rooms::RoomFrame& frame, const RoomTable& rooms);
inline constexpr const char* kWelcomePopover = "welcome";

}  // namespace convoscope::app
