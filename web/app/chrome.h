#pragma once

#include <string>

#include "web/app/room_table.h"
#include "web/rooms/room_view.h"

namespace convoscope::app {

/// What the navigation and the bars leave, and what popovers belong to.
struct ChromeLayout {
    widgets::Rect stage;
    widgets::Rect share;
    widgets::Rect export_button;
    widgets::Rect settings;
};

/// What the top bar says of what works behind the page.
struct Works {
    std::string engine;  ///< a few words
    bool has_network = true;
};

/// From dark to light, or from light to dark.
void toggle_theme(const rooms::RoomFrame& frame);

/// Navigation and bars around every room. A page embedded in another has no navigation, and parts
/// named "navigation" and "bar" can be hidden.
ChromeLayout draw_chrome(const rooms::RoomFrame& frame,
                         const RoomTable& rooms,
                         const Works& works,
                         widgets::Rect page);

}  // namespace convoscope::app
