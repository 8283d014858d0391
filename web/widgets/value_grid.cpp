#include "web/widgets/value_grid.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "web/widgets/cell_cursor.h"

namespace convoscope::widgets {
namespace {

constexpr float kGap = 2;
constexpr float kLeastForNumbers = 22;
constexpr float kLeastForGaps = 10;
constexpr float kLeastForCells = 2;
constexpr float kLeastForGhosts = 34;
constexpr float kVeil = 0.45F;

bool shows_numbers(const ValueGridSpec& spec) {
    return spec.pitch >= kLeastForNumbers && !spec.hide_numbers;
}

float rounding(const ValueGridSpec& spec) {
    return spec.pitch >= kLeastForNumbers ? radius::kCell
           : spec.pitch >= kLeastForGaps  ? radius::kTick
                                          : 0;
}

bool is_on_top(const Cell& cell) {
    return cell.state == CellState::kInWindow || cell.state == CellState::kCurrent;
}

void draw_in_window(Canvas& canvas, const ValueGridSpec& spec, const Cell& cell, Rect r) {
    const Theme& theme = canvas.theme();
    const float round = rounding(spec);
    canvas.fill(r, mix(theme.bg0, cell.identity, theme.dark ? 0.24F : 0.42F), round);
    if (cell.hatched) {
        canvas.hatch(r, theme.pad.faded(0.5F));
    }
    if (!shows_numbers(spec)) {
        return;
    }
    const Color ink = theme.dark ? kWhite : kBlack;
    const float bar = r.h >= kLeastForGhosts ? 5.0F : 4.0F;
    canvas.fill({r.x + 3, r.bottom() - bar, r.w - 6, 3}, cell.identity, stroke::kSelect);
    if (r.h < kLeastForGhosts) {
        canvas.text({r.center_x(), r.center_y() - 1}, cell.text, cell.style, ink, Align::kCenter);
        return;
    }
    canvas.text({r.center_x() - 5, r.center_y() - 4}, cell.text, cell.style, ink, Align::kCenter);
    canvas.text({r.right() - 5, r.center_y() + 7},
                cell.weight,
                FontStyle::kM11,
                theme.dark ? mix(cell.identity, kWhite, 0.4F) : kBlack,
                Align::kRight);
}

void draw_fill(Canvas& canvas, const ValueGridSpec& spec, const Cell& cell, Rect r) {
    const Theme& theme = canvas.theme();
    const Color fill = fill_of(theme, spec.quantity);
    const float round = rounding(spec);
    const bool gaps = spec.pitch >= kLeastForGaps;
    switch (cell.state) {
        case CellState::kValue:
        case CellState::kZero:
            canvas.fill(r, cell.fill, round);
            if (gaps) {
                const float edge = cell.state == CellState::kZero ? 0.16F : 0.4F;
                canvas.outline(r, tint(fill, edge, theme.bg1), round);
            }
            break;
        case CellState::kPadding:
            canvas.fill(r, tint(theme.pad, 0.06F, theme.bg0), round);
            canvas.hatch(r, theme.pad.faded(0.34F));
            if (gaps) {
                canvas.outline(r, tint(theme.pad, 0.26F, theme.bg0), round);
            }
            break;
        case CellState::kComputed:
            canvas.fill(r, cell.fill, round);
            if (gaps) {
                canvas.outline(r, tint(fill, 0.35F, theme.bg1), round);
            }
            break;
        case CellState::kToCome:
            canvas.fill(r, theme.bg0, round);
            if (spec.pitch >= kLeastForNumbers) {
                canvas.dashed_outline(r, tint(fill, 0.3F, theme.bg0), 3, 4);
            } else {
                canvas.fill(r, tint(fill, 0.05F, theme.bg0), round);
            }
            break;
        case CellState::kCurrent:
        case CellState::kInWindow:
            break;
    }
    if (cell.never_read) {
        canvas.fill(r, theme.bg0.faded(kVeil), round);
    }
}

Color number_color(const Theme& theme, const Cell& cell) {
    switch (cell.state) {
        case CellState::kZero:
        case CellState::kPadding:
        case CellState::kToCome:
            return theme.t3;
        default:
            return cell.never_read ? theme.t3 : ink_on(cell.fill);
    }
}

void draw_current(Canvas& canvas, const ValueGridSpec& spec, const Cell& cell, Rect r) {
    const Color fill = ink_of(canvas.theme(), spec.quantity);
    canvas.glow(r, fill, rounding(spec));
    canvas.fill(r, fill, rounding(spec));
    if (shows_numbers(spec)) {
        canvas.text(r.center(), cell.text, cell.style, ink_on(fill), Align::kCenter);
    }
}

void draw_number(Canvas& canvas, const ValueGridSpec& spec, const Cell& cell, Rect r) {
    const Theme& theme = canvas.theme();
    if (cell.state == CellState::kInWindow) {
        draw_in_window(canvas, spec, cell, r);
    } else if (cell.state == CellState::kCurrent) {
        draw_current(canvas, spec, cell, r);
    } else if (shows_numbers(spec)) {
        canvas.text(r.center(), cell.text, cell.style, number_color(theme, cell), Align::kCenter);
    }
    if (cell.never_read && spec.pitch >= kLeastForGaps) {
        const float margin = r.w * 0.13F;
        canvas.line({r.x + margin, r.bottom() - margin},
                    {r.right() - margin, r.y + margin},
                    theme.warn,
                    stroke::kSelect);
    }
}

/// Outlines lie over all cells, as neighbours would cover them.
void draw_outline(Canvas& canvas, const ValueGridSpec& spec, const Cell& cell, Rect r) {
    if (cell.lit) {
        canvas.outline(r.inset(-1), cell.light, rounding(spec) + 1, 2);
    }
    if (cell.pinned) {
        canvas.outline(r.inset(-2), canvas.theme().t1, rounding(spec) + 2, 2);
    }
}

/// Of a cell that is drawn as part of many.
Color small_color(const Theme& theme, const ValueGridSpec& spec, const Cell& cell) {
    const Color fill = cell.state == CellState::kPadding ? tint(theme.pad, 0.14F, theme.bg0)
                       : cell.state == CellState::kToCome
                           ? tint(fill_of(theme, spec.quantity), 0.05F, theme.bg0)
                           : cell.fill;
    return cell.never_read ? mix(fill, theme.bg0, kVeil) : fill;
}

/// Blocks of neighbours in the mean of their colours, on whole pixels.
void draw_blocks(
    Ui& ui, const ValueGridSpec& spec, Point at, const CellOf& cell, GridResult& result) {
    Canvas canvas = ui.canvas();
    const int side = static_cast<int>(std::ceil(kLeastForCells / spec.pitch));
    const auto edge = [&spec](float from, int place) {
        return std::round(from + static_cast<float>(place) * spec.pitch);
    };
    for (int top = 0; top < spec.rows; top += side) {
        const int bottom = std::min(top + side, spec.rows);
        for (int left = 0; left < spec.columns; left += side) {
            const int right = std::min(left + side, spec.columns);
            Color mean = {};
            float count = 0;
            for (int row = top; row < bottom; ++row) {
                for (int column = left; column < right; ++column) {
                    const Cell shown = cell(row, column);
                    if (is_on_top(shown) || shown.lit || shown.pinned) {
                        result.marked.emplace_back(row, column);
                    }
                    if (!is_on_top(shown)) {
                        count += 1;
                        mean = mix(mean, small_color(*ui.theme, spec, shown), 1 / count);
                    }
                }
            }
            const Point corner{edge(at.x, left), edge(at.y, top)};
            if (count > 0) {
                canvas.fill({corner.x,
                             corner.y,
                             edge(at.x, right) - corner.x,
                             edge(at.y, bottom) - corner.y},
                            mean);
            }
        }
    }
}

/// The keys of a grid that has the focus.
void read_keys(
    Ui& ui, const ValueGridSpec& spec, Point at, const CellOf& cell, GridResult& result) {
    const CellCursor cursor = cell_cursor(spec.rows, spec.columns);
    const Cell shown = cell(cursor.row, cursor.column);
    const bool padding = shown.state == CellState::kPadding || shown.hatched;
    tell_cell(
        ui,
        spec.id,
        cursor,
        padding ? "padding" : shown.text,
        grid_cell(spec, at, static_cast<float>(cursor.row), static_cast<float>(cursor.column)));
    result.row = cursor.row;
    result.column = cursor.column;
    result.digit = digit_pressed();
    result.negates = ImGui::IsKeyPressed(ImGuiKey_Minus, false) ||
                     ImGui::IsKeyPressed(ImGuiKey_KeypadSubtract, false);
}

}  // namespace

Rect grid_cell(const ValueGridSpec& spec, Point at, float row, float column) {
    const float extent = spec.pitch - (spec.pitch >= kLeastForGaps ? kGap : 0);
    return {at.x + column * spec.pitch, at.y + row * spec.pitch, extent, extent};
}

GridResult grid_fills(Ui& ui, const ValueGridSpec& spec, Point at, const CellOf& cell) {
    const Rect all{at.x,
                   at.y,
                   spec.pitch * static_cast<float>(spec.columns),
                   spec.pitch * static_cast<float>(spec.rows)};
    GridResult result;
    result.interaction = interact(ui,
                                  {.id = spec.id,
                                   .label = spec.label,
                                   .role = Role::kGrid,
                                   .value = spec.value,
                                   .takes_strokes = spec.takes_strokes},
                                  all,
                                  spec.explanation);
    if (result.interaction.hovered && !all.empty()) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        result.row = std::clamp(static_cast<int>((mouse.y - at.y) / spec.pitch), 0, spec.rows - 1);
        result.column =
            std::clamp(static_cast<int>((mouse.x - at.x) / spec.pitch), 0, spec.columns - 1);
    } else if (result.interaction.focused) {
        read_keys(ui, spec, at, cell, result);
    }
    if (spec.pitch < kLeastForCells) {
        draw_blocks(ui, spec, at, cell, result);
        return result;
    }
    Canvas canvas = ui.canvas();
    for (int row = 0; row < spec.rows; ++row) {
        for (int column = 0; column < spec.columns; ++column) {
            const Cell shown = cell(row, column);
            if (!is_on_top(shown)) {
                draw_fill(canvas,
                          spec,
                          shown,
                          grid_cell(spec, at, static_cast<float>(row), static_cast<float>(column)));
            }
        }
    }
    return result;
}

void grid_numbers(
    Ui& ui, const ValueGridSpec& spec, Point at, const CellOf& cell, const GridResult& hovered) {
    Canvas canvas = ui.canvas();
    const auto place = [&](int row, int column) {
        return grid_cell(spec, at, static_cast<float>(row), static_cast<float>(column));
    };
    for (const auto& [row, column] : hovered.marked) {
        const Cell shown = cell(row, column);
        const Rect r = place(row, column).inset(-1);
        if (shown.state == CellState::kCurrent) {
            draw_current(canvas, spec, shown, r);
        } else {
            canvas.fill(r, shown.lit ? shown.light : shown.identity);
        }
    }
    for (const bool outlines : {false, true}) {
        if (spec.pitch < kLeastForCells) {
            break;
        }
        for (int row = 0; row < spec.rows; ++row) {
            for (int column = 0; column < spec.columns; ++column) {
                const Cell shown = cell(row, column);
                if (outlines) {
                    draw_outline(canvas, spec, shown, place(row, column));
                } else {
                    draw_number(canvas, spec, shown, place(row, column));
                }
            }
        }
    }
    if (hovered.row >= 0) {
        canvas.outline(place(hovered.row, hovered.column).inset(-1),
                       ui.theme->t1,
                       rounding(spec) + 1,
                       stroke::kSelect);
    }
    if (hovered.interaction.focused) {
        const Rect last = place(spec.rows - 1, spec.columns - 1);
        canvas.focus_ring({at.x, at.y, last.right() - at.x, last.bottom() - at.y}, radius::kCell);
    }
}

void grid_window(Ui& ui, Rect cells) {
    constexpr float kOutside = 3;
    Canvas canvas = ui.canvas();
    const Rect frame = cells.inset(-kOutside);
    const Color color = ui.theme->kernel_fill;
    canvas.outline(frame, color, radius::kSegment, stroke::kFocus);
    canvas.glow(frame, color, radius::kSegment);
}

void grid_indices(Ui& ui,
                  const ValueGridSpec& spec,
                  Point at,
                  std::span<const GridIndex> rows,
                  std::span<const GridIndex> columns) {
    Canvas canvas = ui.canvas();
    const Theme& theme = *ui.theme;
    // On a ground of its own: a beam of light may pass beneath.
    const auto write = [&](const GridIndex& index, Point place, Align align) {
        const float width = canvas.width(index.text, FontStyle::kM11);
        const float left = align == Align::kRight ? place.x - width : place.x - width / 2;
        canvas.fill({left - 1, place.y - 6, width + 2, 12}, theme.bg0);
        canvas.text(place,
                    index.text,
                    FontStyle::kM11,
                    index.active ? ink_of(theme, spec.quantity) : theme.t3,
                    align);
    };
    for (const GridIndex& index : rows) {
        const Rect cell = grid_cell(spec, at, static_cast<float>(index.place), 0);
        write(index, {at.x - 8, cell.center_y()}, Align::kRight);
    }
    const float below = at.y + spec.pitch * static_cast<float>(spec.rows) + 9;
    for (const GridIndex& index : columns) {
        const Rect cell = grid_cell(spec, at, 0, static_cast<float>(index.place));
        write(index, {cell.center_x(), below}, Align::kCenter);
    }
}

}  // namespace convoscope::widgets
