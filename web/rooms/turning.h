#pragma once

#include <array>
#include <span>
#include <string>

#include "web/models/outlook.h"
#include "web/render/box_painter.h"
#include "web/widgets/turntable.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms {

/// What the reader makes of a look at a scene in space in this frame: dragging and the arrow keys
/// turn it; wheel, + and −, and two fingers zoom. A press on `reset`, the place of the button
/// below, turns nothing.
[[nodiscard]] models::Outlook steered(const widgets::Ui& ui,
                                      const widgets::Interaction& act,
                                      models::Outlook outlook,
                                      widgets::Rect reset);

/// The table of a scene of these parts, as the reader looks at it.
[[nodiscard]] widgets::Turntable turned(std::span<const widgets::SpaceBounds> parts,
                                        widgets::Rect frame,
                                        const models::Outlook& outlook);

/// Draws a scene's boxes as a picture over `area`, so that what is zoomed is not cut off at the
/// frame.
void draw_boxes(widgets::Ui& ui,
                render::BoxPainter& painter,
                std::span<const render::Box> boxes,
                const widgets::Turntable& table,
                widgets::Rect area);

/// Four corners, joined in a circle.
void outline(widgets::Canvas& canvas,
             const std::array<widgets::Point, 4>& corners,
             widgets::Color color,
             float width);

/// The pointer has moved since it was pressed: what ends is a turn, and no click.
[[nodiscard]] bool was_dragged();

/// The button that turns everything back; true when it was pressed.
[[nodiscard]] bool reset_look(widgets::Ui& ui, const char* id, bool is_first, widgets::Rect where);

/// "turned by −28° and 18°, zoom 100 %"
[[nodiscard]] std::string outlook_text(const models::Outlook& outlook);

}  // namespace convoscope::rooms
