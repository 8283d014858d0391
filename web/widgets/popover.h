#pragma once

#include <string_view>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// A panel that floats over the page until Esc or a press beside it. Open it with open_popover(id);
/// every frame: `if (auto area = begin_popover(…)) { … end_popover(); }`.
struct PopoverSpec {
    const char* id;
    std::string_view title;
    Rect anchor;  ///< what it belongs to: it opens below it, or where there is room; the empty one
                  ///< is the middle
    float width = 320;
    float height = 200;  ///< of the content; taller than the page: it scrolls
};
void open_popover(const char* id);

struct PopoverArea {
    bool open = false;
    Rect content = {};
    explicit operator bool() const { return open; }
};
[[nodiscard]] PopoverArea begin_popover(Ui& ui, const PopoverSpec& spec);
void end_popover(const PopoverSpec& spec);
void close_popover();

}  // namespace convoscope::widgets
