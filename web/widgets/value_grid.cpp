#include "web/widgets/value_grid.h"

#include <algorithm>

#include <imgui.h>

namespace convoscope::widgets {
namespace {

constexpr float kGap = 2;
constexpr float kLeastForNumbers = 22;
constexpr float kLeastForGaps = 10;

void draw_in_window(Canvas& canvas, const Cell& cell, Rect r) {
    const Theme& theme = canvas.theme();
    canvas.fill(r, mix(theme.bg0, cell.identity, theme.dark ? 0.24F : 0.42F), radius::kCell);
    canvas.fill({r.x + 3, r.bottom() - 5, r.w - 6, 3}, cell.identity, stroke::kSelect);
    canvas.text(
        {r.x + r.w * 0.39F, r.y + r.h * 0.41F}, cell.text, cell.style, theme.t1, Align::kCenter);
    const Color ghost = theme.dark ? mix(cell.identity, kWhite, 0.4F) : kBlack;
    canvas.text(
        {r.right() - 5, r.y + r.h * 0.68F}, cell.weight, FontStyle::kM11, ghost, Align::kRight);
}

void draw_ground(Canvas& canvas, const Cell& cell, Quantity quantity, Rect r, float round) {
    const Theme& theme = canvas.theme();
    const Color fill = fill_of(theme, quantity);
    switch (cell.state) {
        case CellState::kValue:
            canvas.box(r, cell.fill, tint(fill, 0.5F, theme.bg1), round);
            break;
        case CellState::kZero:
            canvas.box(r, cell.fill, tint(fill, 0.2F, theme.bg1), round);
            break;
        case CellState::kPadding:
            canvas.fill(r, tint(theme.pad, 0.06F, theme.bg0), round);
            canvas.hatch(r, theme.pad.faded(0.34F));
            canvas.outline(r, tint(theme.pad, 0.26F, theme.bg0), round);
            break;
        case CellState::kNeverRead:
            canvas.box(r, mix(cell.fill, theme.bg0, 0.45F), theme.line1, round);
            canvas.line(
                {r.x + 5, r.bottom() - 5}, {r.right() - 5, r.y + 5}, theme.warn, stroke::kSelect);
            break;
        case CellState::kComputed:
            canvas.box(r, cell.fill, tint(fill, 0.35F, theme.bg1), round);
            break;
        case CellState::kCurrent:
            canvas.glow(r, fill, round);
            canvas.fill(r, fill, round);
            break;
        case CellState::kToCome:
            canvas.fill(r, theme.bg0, round);
            canvas.dashed_outline(r, tint(fill, 0.3F, theme.bg0), 3, 4);
            break;
        case CellState::kInWindow:
            break;
    }
}

Color number_color(const Theme& theme, const Cell& cell, Quantity quantity) {
    switch (cell.state) {
        case CellState::kZero:
        case CellState::kPadding:
        case CellState::kNeverRead:
        case CellState::kToCome:
            return theme.t3;
        case CellState::kCurrent:
            return ink_on(fill_of(theme, quantity));
        default:
            return ink_on(cell.fill);
    }
}

void draw_cell(Canvas& canvas, const Cell& cell, Quantity quantity, Rect r, bool numbers) {
    const float round = numbers ? radius::kCell : radius::kTick;
    if (cell.state == CellState::kInWindow && numbers) {
        draw_in_window(canvas, cell, r);
    } else {
        draw_ground(canvas, cell, quantity, r, round);
        if (numbers) {
            canvas.text(r.center(),
                        cell.text,
                        cell.style,
                        number_color(canvas.theme(), cell, quantity),
                        Align::kCenter);
        }
    }
    if (cell.pinned) {
        canvas.outline(r.inset(-2), canvas.theme().t1, round + 2, 2);
    }
}

}  // namespace

GridResult value_grid(Ui& ui,
                      const ValueGridSpec& spec,
                      Point at,
                      const std::function<Cell(int row, int column)>& cell) {
    const Rect all{at.x,
                   at.y,
                   spec.pitch * static_cast<float>(spec.columns),
                   spec.pitch * static_cast<float>(spec.rows)};
    GridResult result;
    result.interaction =
        interact(ui, {.id = spec.id, .label = spec.label, .role = Role::kGrid}, all);
    if (result.interaction.hovered && !all.empty()) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        result.row = std::clamp(static_cast<int>((mouse.y - at.y) / spec.pitch), 0, spec.rows - 1);
        result.column =
            std::clamp(static_cast<int>((mouse.x - at.x) / spec.pitch), 0, spec.columns - 1);
    }
    Canvas canvas = ui.canvas();
    const bool numbers = spec.pitch >= kLeastForNumbers;
    const float extent = spec.pitch - (spec.pitch >= kLeastForGaps ? kGap : 0);
    const auto place = [&](int row, int column) {
        return Rect{at.x + static_cast<float>(column) * spec.pitch,
                    at.y + static_cast<float>(row) * spec.pitch,
                    extent,
                    extent};
    };
    for (int row = 0; row < spec.rows; ++row) {
        for (int column = 0; column < spec.columns; ++column) {
            draw_cell(canvas, cell(row, column), spec.quantity, place(row, column), numbers);
        }
    }
    if (result.row >= 0) {
        canvas.outline(
            place(result.row, result.column), ui.theme->t1, radius::kCell, stroke::kSelect);
    }
    const Color active = ink_of(*ui.theme, spec.quantity);
    for (int row = 0; spec.indices && row < spec.rows; ++row) {
        canvas.text({at.x - 8, place(row, 0).center_y()},
                    std::to_string(row),
                    FontStyle::kM11,
                    row == result.row ? active : ui.theme->t3,
                    Align::kRight);
    }
    for (int column = 0; spec.indices && column < spec.columns; ++column) {
        canvas.text({place(0, column).center_x(), at.y - 10},
                    std::to_string(column),
                    FontStyle::kM11,
                    column == result.column ? active : ui.theme->t3,
                    Align::kCenter);
    }
    if (result.interaction.focused) {
        canvas.focus_ring({all.x, all.y, all.w - kGap, all.h - kGap}, radius::kCell);
    }
    return result;
}

}  // namespace convoscope::widgets
