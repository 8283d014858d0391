#pragma once

#include <string>

#include "web/app/room_table.h"
#include "web/rooms/room_view.h"

namespace convoscope::app {

/// Navigation and bars around every room. Returns the stage that is left for the room.
widgets::Rect draw_chrome(const rooms::RoomFrame& frame,
                          const RoomTable& rooms,
                          const std::string& engine,
                          widgets::Rect page);

}  // namespace convoscope::app
