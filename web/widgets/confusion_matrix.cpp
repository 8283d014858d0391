#include "web/widgets/confusion_matrix.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "web/widgets/arrow_keys.h"

namespace convoscope::widgets {
namespace {

constexpr float kGap = 2;
constexpr float kRoomy = 24;  ///< from here on cells have letters of the usual size

std::string name_of(const ConfusionSpec& spec, int index) {
    const auto place = static_cast<std::size_t>(index);
    return place < spec.class_names.size() ? spec.class_names[place] : std::to_string(index);
}

/// As many letters as fit; two of a sort are told apart by the rows, which have the same order.
std::string cut_to(const Canvas& canvas, std::string text, FontStyle style, float width) {
    while (text.size() > 1 && canvas.width(text, style) > width) {
        text.pop_back();
    }
    return text;
}

/// An error's tint grows with the logarithm of its count, up to the greatest of the matrix.
float error_tint(int count, int greatest) {
    constexpr float kLeast = 0.18F;
    constexpr float kSpan = 0.62F;
    const float most = std::log(1 + static_cast<float>(std::max(greatest, 1)));
    return kLeast + kSpan * std::log(1 + static_cast<float>(count)) / most;
}

void draw_cell(Canvas& canvas, Rect cell, int count, bool diagonal, int greatest, bool roomy) {
    const Theme& theme = canvas.theme();
    const float round = roomy ? radius::kTile : radius::kTick + 1;
    if (diagonal) {
        canvas.fill(cell, tint(theme.t1, 0.13F, theme.bg1), round);
        const std::string text = std::to_string(count);
        if (canvas.width(text, FontStyle::kM11) <= cell.w) {
            canvas.text(cell.center(), text, FontStyle::kM11, theme.t2, Align::kCenter);
        }
        return;
    }
    const Color fill = count > 0 ? tint(theme.err, error_tint(count, greatest), theme.bg1)
                                 : tint(theme.t1, 0.03F, theme.bg1);
    canvas.fill(cell, fill, round);
    if (count > 0) {
        canvas.text(cell.center(),
                    std::to_string(count),
                    roomy ? FontStyle::kM12 : FontStyle::kM11,
                    ink_on(fill),
                    Align::kCenter);
    }
}

int greatest_error(const ConfusionSpec& spec) {
    int greatest = 0;
    for (int row = 0; row < spec.classes; ++row) {
        for (int column = 0; column < spec.classes; ++column) {
            if (row != column) {
                const auto place = static_cast<std::size_t>(row * spec.classes + column);
                greatest = std::max(greatest, spec.counts[place]);
            }
        }
    }
    return greatest;
}

/// While the matrix has the focus, the arrows lead from the chosen cell to its neighbours.
void read_arrows(const ConfusionSpec& spec, ConfusionResult& result) {
    const int down = arrow_pressed(ImGuiKey_UpArrow, ImGuiKey_DownArrow);
    const int right = arrow_pressed(ImGuiKey_LeftArrow, ImGuiKey_RightArrow);
    if (down == 0 && right == 0) {
        return;
    }
    const bool begins = spec.selected_row < 0 || spec.selected_column < 0;
    const int last = spec.classes - 1;
    result.row = begins ? 0 : std::clamp(spec.selected_row + down, 0, last);
    result.column = begins ? 0 : std::clamp(spec.selected_column + right, 0, last);
    result.chosen = result.row != spec.selected_row || result.column != spec.selected_column;
}

}  // namespace

ConfusionResult confusion_matrix(Ui& ui, const ConfusionSpec& spec, Point at) {
    const int n = spec.classes;
    ConfusionResult result;
    if (n <= 0 || spec.counts.size() < static_cast<std::size_t>(n) * static_cast<std::size_t>(n)) {
        return result;
    }
    const float extent = spec.pitch * static_cast<float>(n);
    const Rect all{at.x, at.y, extent - kGap, extent - kGap};
    const Interaction act =
        interact(ui, {.id = spec.id, .label = "Confusion matrix", .role = Role::kGrid}, all);
    if (act.hovered) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        result.row = std::clamp(static_cast<int>((mouse.y - at.y) / spec.pitch), 0, n - 1);
        result.column = std::clamp(static_cast<int>((mouse.x - at.x) / spec.pitch), 0, n - 1);
        result.chosen = act.clicked;
    }
    if (act.focused) {
        read_arrows(spec, result);
    }
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const bool roomy = spec.pitch >= kRoomy;
    const int greatest = greatest_error(spec);
    const auto place = [&](int row, int column) {
        return Rect{at.x + static_cast<float>(column) * spec.pitch,
                    at.y + static_cast<float>(row) * spec.pitch,
                    spec.pitch - kGap,
                    spec.pitch - kGap};
    };
    for (int row = 0; row < n; ++row) {
        for (int column = 0; column < n; ++column) {
            const int count = spec.counts[static_cast<std::size_t>(row * n + column)];
            draw_cell(canvas, place(row, column), count, row == column, greatest, roomy);
        }
    }
    const int lit_row = act.hovered ? result.row : spec.selected_row;
    const int lit_column = act.hovered ? result.column : spec.selected_column;
    const FontStyle label = roomy ? FontStyle::kM12 : FontStyle::kM11;
    for (int i = 0; i < n; ++i) {
        const std::string name = name_of(spec, i);
        canvas.text({at.x - (roomy ? 10.0F : 6.0F), place(i, 0).center_y()},
                    name,
                    label,
                    i == lit_row ? theme.t1 : theme.t3,
                    Align::kRight);
        canvas.text({place(0, i).center_x(), at.y + extent + (roomy ? 10.0F : 7.0F)},
                    cut_to(canvas, name, label, spec.pitch - kGap),
                    label,
                    i == lit_column ? theme.t1 : theme.t3,
                    Align::kCenter);
    }
    const float round = radius::kTile + 2;
    if (spec.selected_row >= 0 && spec.selected_column >= 0) {
        canvas.outline(
            place(spec.selected_row, spec.selected_column).inset(-2), theme.t1, round, 2);
    }
    if (act.hovered) {
        canvas.outline(
            place(result.row, result.column).inset(-1), theme.t2, round, stroke::kSelect);
    }
    if (act.focused) {
        canvas.focus_ring(all, radius::kTile);
    }
    return result;
}

}  // namespace convoscope::widgets
