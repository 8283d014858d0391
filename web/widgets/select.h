#pragma once

#include <optional>
#include <span>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct Option {
    const char* id;  ///< after the control's own id and a dot
    std::string label;
    std::string detail = {};  ///< small, on the right
    Icon icon = Icon::kNone;
    bool disabled = false;
};

/// A field of 28 px that opens a list. Returns the option that was chosen in this frame, if any.
[[nodiscard]] std::optional<int> select(Ui& ui,
                                        const char* id,
                                        std::string_view label,
                                        std::span<const Option> options,
                                        int selected,
                                        Rect rect);

/// A menu of rows at the pointer or under a button. Open it with open_menu(id); call menu every
/// frame. Returns the row that was chosen.
void open_menu(const char* id);
[[nodiscard]] std::optional<int> menu(
    Ui& ui, const char* id, std::span<const Option> rows, Point at, float width = 248);

}  // namespace convoscope::widgets
