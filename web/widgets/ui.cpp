#include "web/widgets/ui.h"

#include <algorithm>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

namespace convoscope::widgets {
namespace {

bool is_pressed(Role role) {
    switch (role) {
        case Role::kButton:
        case Role::kToggle:
        case Role::kSlider:
        case Role::kTextField:
        case Role::kRadio:
        case Role::kTab:
        case Role::kSelect:
        case Role::kMenuItem:
        case Role::kLink:
            return true;
        default:
            return false;
    }
}

/// What a finger has to hit. Where it is on a neighbour, that one is meant.
Rect grown_to_target(const Ui& ui, const Item& item, Rect rect) {
    if (!ui.coarse_pointer || rect.empty() || !is_pressed(item.role)) {
        return rect;
    }
    const float across = std::max(0.0F, (space::kTouchTarget - rect.w) / 2);
    const float down = std::max(0.0F, (space::kTouchTarget - rect.h) / 2);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const Point finger{mouse.x, mouse.y};
    const Rect target = rect.inset(-across, -down);
    const bool misses = target.contains(finger) && !rect.contains(finger);
    const bool on_neighbour =
        misses && std::ranges::any_of(ui.items.items(), [&](const Item& it) {
            return it.id != item.id && is_pressed(it.role) && it.rect.contains(finger);
        });
    return on_neighbour ? rect : target;
}

void give_focus(ImGuiID id) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    ImGui::FocusWindow(window);
    ImGui::SetFocusID(id, window);
    GImGui->NavDisableHighlight = false;
}

}  // namespace

void Ui::begin_frame(float elapsed_s) {
    time_s += static_cast<double>(elapsed_s);
    last_explanation = std::move(explanation);
    explanation.clear();
    items.begin_frame();
    if (!std::exchange(edit.drawn, false)) {
        edit.id.clear();
    }
    animations.begin_frame(elapsed_s * 1000, reduced_motion);
}

Canvas Ui::canvas() const {
    return {ImGui::GetWindowDrawList(), *theme, fonts};
}

Canvas Ui::foreground_canvas() const {
    return {ImGui::GetForegroundDrawList(), *theme, fonts};
}

Interaction interact(Ui& ui, Item item, Rect rect, const Runs& explanation) {
    const Rect target = grown_to_target(ui, item, rect);
    ImGui::SetCursorScreenPos({target.x, target.y});
    ImGui::BeginDisabled(item.disabled);
    Interaction result;
    result.clicked = ImGui::InvisibleButton(item.id.c_str(),
                                            {std::max(1.0F, target.w), std::max(1.0F, target.h)});
    ImGui::EndDisabled();
    // By the pointer alone: what has the focus is told apart, as the pointer is elsewhere.
    result.hovered =
        ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled | ImGuiHoveredFlags_NoNavOverride);
    result.held = ImGui::IsItemActive();
    if (!item.disabled) {
        if (ui.items.take_focus(item.id)) {
            give_focus(ImGui::GetItemID());
            ImGui::ScrollToItem(ImGuiScrollFlags_KeepVisibleEdgeY);
        }
        result.clicked = ui.items.take_activation(item.id) || result.clicked;
        result.focused = ImGui::IsItemFocused() && !GImGui->NavDisableHighlight;
        result.double_clicked =
            result.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
        result.right_clicked = result.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    }
    if ((result.hovered || result.focused) && !explanation.empty()) {
        ui.explanation = explanation;
    }
    if (result.focused && item.role == Role::kText) {  // what has a look of its own draws its own
        ui.canvas().focus_ring(rect, radius::kTile);
    }
    item.rect = rect;
    item.focused = ImGui::IsItemFocused();
    if (result.right_clicked && !item.value.empty()) {
        ui.menu_item = item;
        ui.menu_at = {ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y};
        ui.menu_asked = true;
    }
    ui.items.add(std::move(item));
    return result;
}

void register_passive(Ui& ui, Item item, Rect rect) {
    item.rect = rect;
    ui.items.add(std::move(item));
}

}  // namespace convoscope::widgets
