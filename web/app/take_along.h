#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/rooms/room_view.h"

namespace convoscope::app {

inline constexpr const char* kExportMenu = "export";

/// "Export": a picture of the page, and what the room hands out. Returns the chosen item's id.
[[nodiscard]] std::optional<std::string> draw_export_menu(
    widgets::Ui& ui, const std::vector<rooms::ExportItem>& items, widgets::Rect anchor);

/// The menu of a thing that was held or clicked with the right button: its value, to be copied.
/// Returns the text to copy.
[[nodiscard]] std::optional<std::string> draw_item_menu(widgets::Ui& ui);

}  // namespace convoscope::app
