#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "web/rooms/room_view.h"

namespace convoscope::app {

inline constexpr const char* kExportMenu = "export";

/// "Export": a picture of the page, and what the room hands out. Returns the chosen item's id.
[[nodiscard]] std::optional<std::string> draw_export_menu(
    widgets::Ui& ui,
    const std::vector<rooms::ExportItem>& items,
    const std::optional<rooms::Animation>& animation,
    widgets::Rect anchor);

/// The animations that are offered, by their size: ids and image pixels in a CSS pixel.
struct AnimationSize {
    const char* id;
    const char* label;
    int scale;
};
inline constexpr std::array kAnimationSizes{
    AnimationSize{"animation", "Animation of all steps", 1},
    AnimationSize{"animation_2", "Animation, twice the size", 2}};

/// What web/shell/animation.js is told: `zoom` is CSS pixels in a unit of the layout.
[[nodiscard]] std::string animation_json(const rooms::Animation& animation, int scale, float zoom);

/// The menu of a thing that was held or clicked with the right button: its value, to be copied.
/// Returns the text to copy.
[[nodiscard]] std::optional<std::string> draw_item_menu(widgets::Ui& ui);

}  // namespace convoscope::app
