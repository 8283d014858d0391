#pragma once

#include <optional>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class Side { kNone, kLeft, kRight, kTop, kBottom };

/// The page's root window, without decoration, filling `page`. Pair with end_root.
void begin_root(Ui& ui, Rect page);
void end_root();

struct PanelSpec {
    const char* id;
    Rect rect;
    std::optional<Color> ground = {};     ///< none: the page's own shows through
    Side hairline_towards = Side::kNone;  ///< a hairline on the edge facing the stage
    bool scrolls = false;
};

/// A region with its own clip and, if wished, scrolling. Returns where content may go: the origin
/// moves with the scroll, so lay out from it. Pair with end_panel(content height).
Rect begin_panel(Ui& ui, const PanelSpec& spec);
void end_panel(float content_height = 0);

/// A card with a hairline and the top highlight of the dark theme.
void card(Ui& ui, Rect rect);
void card(Ui& ui, Rect rect, Color ground);

/// A section's head: its name left, a caption right, centred on `y`.
void section_head(
    Ui& ui, float x, float y, float w, std::string_view name, std::string_view caption = {});

}  // namespace convoscope::widgets
