#include "web/widgets/select.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace convoscope::widgets {
namespace {

constexpr float kPopupPadding = 4;

/// A row of the list; returns true when it was chosen.
bool option_row(Ui& ui, const std::string& id, const Option& option, bool selected, Rect row) {
    const Interaction act = interact(ui,
                                     {.id = id,
                                      .label = option.label,
                                      .role = Role::kMenuItem,
                                      .value = option.detail,
                                      .disabled = option.disabled,
                                      .selected = selected},
                                     row);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    if ((act.hovered || act.focused) && !option.disabled) {
        canvas.fill(row, theme.dark ? theme.line2 : theme.bg3, radius::kControl);
    }
    float x = row.x + 10;
    if (option.icon != Icon::kNone) {
        canvas.icon(option.icon, {x + 9, row.center_y()}, 18, theme.t2);
        x += 28;
    }
    const Color ink = option.disabled ? theme.t3 : theme.t1;
    canvas.text(
        {x, row.center_y()}, option.label, selected ? FontStyle::kMed : FontStyle::kBody, ink);
    float right = row.right() - 10;
    if (selected) {
        canvas.icon(Icon::kCheck, {right - 8, row.center_y()}, 16, theme.t1);
        right -= 24;
    }
    canvas.text({right, row.center_y()}, option.detail, FontStyle::kM11, theme.t3, Align::kRight);
    return act.clicked;
}

/// The open list under `id`, at `at`. Returns the chosen row and closes.
std::optional<int> popup(
    Ui& ui, const char* id, std::span<const Option> options, int selected, Point at, float width) {
    const float height = static_cast<float>(options.size()) * space::kMenuRow + 2 * kPopupPadding;
    const ImVec2 page = ImGui::GetIO().DisplaySize;
    constexpr float kEdge = 8;
    const float shown = std::min(height, page.y - 2 * kEdge);
    const float x = std::clamp(at.x, kEdge, std::max(kEdge, page.x - width - kEdge));
    const float y = std::clamp(at.y, kEdge, std::max(kEdge, page.y - shown - kEdge));
    ImGui::SetNextWindowPos({x, y});
    ImGui::SetNextWindowSize({width, shown});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0F);
    ImGui::PushStyleColor(ImGuiCol_PopupBg, ui.theme->popover.faded(0).packed());
    std::optional<int> chosen;
    if (ImGui::BeginPopup(id, ImGuiWindowFlags_NoMove)) {
        Canvas canvas = ui.canvas();
        const Rect window{x, y, width, shown};
        canvas.list()->PushClipRectFullScreen();
        canvas.popover(window);
        canvas.list()->PopClipRect();
        const ImVec2 origin = ImGui::GetCursorScreenPos();
        Rect rows{
            origin.x + kPopupPadding, origin.y + kPopupPadding, width - 2 * kPopupPadding, height};
        for (std::size_t i = 0; i < options.size(); ++i) {
            const Rect row = rows.take_top(space::kMenuRow);
            const std::string row_id = std::string(id) + "." + options[i].id;
            const auto index = static_cast<int>(i);
            if (option_row(ui, row_id, options[i], index == selected, row)) {
                chosen = index;
                ImGui::CloseCurrentPopup();
            }
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    return chosen;
}

}  // namespace

std::optional<int> select(Ui& ui,
                          const char* id,
                          std::string_view label,
                          std::span<const Option> options,
                          int selected,
                          Rect rect) {
    const Theme& theme = *ui.theme;
    const bool valid = selected >= 0 && selected < static_cast<int>(options.size());
    const std::string shown = valid ? options[static_cast<std::size_t>(selected)].label : "";
    const Interaction act = interact(
        ui, {.id = id, .label = std::string(label), .role = Role::kSelect, .value = shown}, rect);
    const std::string popup_id = std::string(id);
    Canvas canvas = ui.canvas();
    canvas.box(rect,
               act.hovered ? theme.bg2 : theme.bg0,
               act.hovered ? theme.line3 : theme.line2,
               radius::kControl);
    canvas.clipped_text(
        {rect.x + 10, rect.center_y()}, rect.w - 36, shown, FontStyle::kMed, theme.t1);
    canvas.icon(Icon::kChevronDown, {rect.right() - 16, rect.center_y()}, 16, theme.t3);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kControl);
    }
    if (act.clicked) {
        open_menu(popup_id.c_str());
    }
    float width = rect.w;
    for (const Option& option : options) {
        width = std::max(width,
                         canvas.width(option.label, FontStyle::kMed) +
                             canvas.width(option.detail, FontStyle::kM11) + 72);
    }
    const float x = std::min(rect.x, rect.right() - width);
    return popup(ui, popup_id.c_str(), options, selected, {x, rect.bottom() + 4}, width);
}

void open_menu(const char* id) {
    ImGui::OpenPopup(id);
}

std::optional<int> menu(
    Ui& ui, const char* id, std::span<const Option> rows, Point at, float width) {
    return popup(ui, id, rows, -1, at, width);
}

}  // namespace convoscope::widgets
