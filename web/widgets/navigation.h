#pragma once

#include <optional>
#include <span>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct NavItem {
    const char* id;
    std::string label;
    Icon icon;
};

/// The rail at the left: the mark, the rooms, and at its foot the rest. Returns the index (rooms
/// first, then foot) that was chosen. With `labels` off, names are tips.
[[nodiscard]] std::optional<int> nav_rail(Ui& ui,
                                          std::span<const NavItem> rooms,
                                          std::span<const NavItem> foot,
                                          int current,
                                          Rect rect,
                                          bool labels = true);

/// The tabs at the bottom of a phone.
[[nodiscard]] std::optional<int> bottom_tabs(Ui& ui,
                                             std::span<const NavItem> rooms,
                                             int current,
                                             Rect rect);

/// In the top bar: the room's name, a separator and facts. Returns the x after the last fact.
struct Fact {
    std::string text;
    FontStyle style = FontStyle::kBody;
    Color color = {};
    Icon icon = Icon::kNone;
};
float draw_headline(Ui& ui, Rect rect, std::string_view room, std::span<const Fact> facts);
/// Ground and hairline of the top bar.
void top_bar(Ui& ui, Rect rect);

/// The phone's top bar: mark, name, one fact.
float phone_bar(Ui& ui, Rect rect, std::string_view room, std::string_view fact);

}  // namespace convoscope::widgets
