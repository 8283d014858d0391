#include "web/widgets/tile.h"

#include <algorithm>

#include <imgui.h>

namespace convoscope::widgets {
namespace {

int cell_under(float mouse, float begin, float extent, int cells) {
    const auto cell = static_cast<int>((mouse - begin) / extent * static_cast<float>(cells));
    return std::clamp(cell, 0, cells - 1);
}

}  // namespace

TileResult tile(Ui& ui, const TileSpec& spec, Rect rect) {
    TileResult result;
    result.interaction = interact(ui,
                                  {.id = spec.id,
                                   .label = spec.label,
                                   .role = spec.role,
                                   .selected = spec.pinned || spec.outlined},
                                  rect,
                                  spec.explanation);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    if (spec.pinned) {
        canvas.glow(rect.inset(-3), theme.t1, spec.radius + 3);
    }
    if (spec.image.texture != 0) {
        canvas.image(spec.image, rect, spec.radius);
    } else {
        canvas.fill(rect, theme.bg2, spec.radius);
    }
    const bool has_cells = spec.rows > 0 && spec.columns > 0;
    if (spec.field && has_cells) {
        const float across = rect.w / static_cast<float>(spec.columns);
        const float down = rect.h / static_cast<float>(spec.rows);
        canvas.outline({rect.x + spec.field->x * across,
                        rect.y + spec.field->y * down,
                        spec.field->w * across,
                        spec.field->h * down},
                       theme.kernel_fill,
                       radius::kTick,
                       stroke::kSelect);
    }
    const Interaction& act = result.interaction;
    if (spec.pinned) {
        canvas.outline(rect.inset(-3), theme.t1, spec.radius + 3, 2);
    } else if (act.hovered || spec.outlined) {
        canvas.outline(
            rect.inset(-2), act.hovered ? theme.t1 : theme.line3, spec.radius + 2, stroke::kSelect);
    }
    if (act.focused) {
        canvas.focus_ring(rect, spec.radius);
    }
    if (act.hovered && has_cells) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        result.row = cell_under(mouse.y, rect.y, rect.h, spec.rows);
        result.column = cell_under(mouse.x, rect.x, rect.w, spec.columns);
    }
    return result;
}

void empty_tile(Ui& ui, Rect rect) {
    Canvas canvas = ui.canvas();
    canvas.dashed_outline(rect, ui.theme->line2, 3, 3);
}

}  // namespace convoscope::widgets
