#include "web/widgets/popover.h"

#include <algorithm>
#include <string>

#include <imgui.h>

#include "web/widgets/button.h"

namespace convoscope::widgets {
namespace {

constexpr float kEdge = 8;
constexpr float kHead = 48;
constexpr float kFoot = 16;
constexpr float kDimming = 0.45F;  ///< of the page behind what belongs to no place on it

/// Below its anchor, else above it, else wherever the page has room.
Rect placed(const PopoverSpec& spec) {
    const ImVec2 page = ImGui::GetIO().DisplaySize;
    const float width = std::min(spec.width, page.x - 2 * kEdge);
    const float height = std::min(spec.height + kHead + kFoot, page.y - 2 * kEdge);
    const float right = std::max(kEdge, page.x - width - kEdge);
    const float low = std::max(kEdge, page.y - height - kEdge);
    if (spec.anchor.empty()) {
        return {(page.x - width) / 2, (page.y - height) / 2, width, height};
    }
    const bool at_left_edge = spec.anchor.x < width / 2;
    const float x = at_left_edge ? spec.anchor.right() + kEdge : spec.anchor.right() - width;
    const float y = at_left_edge ? spec.anchor.bottom() - height : spec.anchor.bottom() + kEdge;
    return {std::clamp(x, kEdge, right), std::clamp(y, kEdge, low), width, height};
}

}  // namespace

void open_popover(const char* id) {
    ImGui::OpenPopup(id);
}

void close_popover() {
    ImGui::CloseCurrentPopup();
}

PopoverArea begin_popover(Ui& ui, const PopoverSpec& spec) {
    if (!ImGui::IsPopupOpen(spec.id)) {
        return {};
    }
    const Rect where = placed(spec);
    ImGui::SetNextWindowPos({where.x, where.y});
    ImGui::SetNextWindowSize({where.w, where.h});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0F);
    ImGui::PushStyleColor(ImGuiCol_PopupBg, ui.theme->popover.faded(0).packed());
    const bool open = ImGui::BeginPopup(spec.id, ImGuiWindowFlags_NoMove);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    if (!open) {
        return {};
    }
    Canvas canvas = ui.canvas();
    canvas.list()->PushClipRectFullScreen();
    if (spec.anchor.empty()) {
        const ImVec2 page = ImGui::GetIO().DisplaySize;
        canvas.fill({0, 0, page.x, page.y}, ui.theme->shade.faded(kDimming));
    }
    canvas.popover(where);
    canvas.list()->PopClipRect();
    const ImVec2 origin = ImGui::GetCursorScreenPos();  // moves with the scroll
    Rect content{origin.x, origin.y, where.w, spec.height + kHead};
    Rect head = content.take_top(kHead);
    canvas.text(
        {head.x + space::k16, head.center_y()}, spec.title, FontStyle::kLeadS, ui.theme->t1);
    register_passive(ui,
                     {.id = std::string(spec.id) + ".title",
                      .label = std::string(spec.title),
                      .role = Role::kText},
                     head);
    const Rect close = head.inset(space::k8).take_right(space::kButton);
    const std::string close_id = std::string(spec.id) + ".close";
    if (icon_button(ui, {.id = close_id.c_str(), .label = "Close", .icon = Icon::kClose}, close)) {
        close_popover();
    }
    return {true, content.inset(space::k16, 0)};
}

void end_popover(const PopoverSpec& spec) {
    ImGui::SetCursorPos({0, spec.height + kHead + kFoot - 1});
    ImGui::Dummy({1, 1});
    ImGui::EndPopup();
}

}  // namespace convoscope::widgets
