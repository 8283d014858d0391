#include "web/widgets/field_edit.h"

#include <algorithm>

#include <imgui.h>

namespace convoscope::widgets {

void open_edit(Ui& ui, const char* id, std::string_view text) {
    ui.edit.id = id;
    ui.edit.opening = true;
    ui.edit.drawn = true;
    ui.edit.text = {};
    std::size_t length = std::min(text.size(), ui.edit.text.size() - 1);
    // Not in the middle of a sign of several bytes.
    while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) {
        --length;
    }
    std::copy_n(text.begin(), length, ui.edit.text.begin());
}

std::optional<std::string> edit_text(Ui& ui, FontStyle style, Rect rect) {
    const float size = ui.fonts.size(style);
    ui.edit.drawn = true;
    ImGui::PushFont(ui.fonts.font(style));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {7, std::max(0.0F, (rect.h - size) / 2)});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
    const Color none = ui.theme->bg0.faded(0);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, none.packed());
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    ImGui::SetNextItemWidth(rect.w);
    if (ui.edit.opening) {
        ImGui::SetKeyboardFocusHere();
    }
    const std::string id = "##" + ui.edit.id + ".edit";
    const bool entered =
        ImGui::InputText(id.c_str(),
                         ui.edit.text.data(),
                         ui.edit.text.size(),
                         ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    const bool left = ImGui::IsItemDeactivated();
    const bool escaped = ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    ImGui::PopFont();
    ui.edit.opening = ui.edit.opening && !ImGui::IsItemActive();
    if (!entered && !left) {
        return std::nullopt;
    }
    ui.items.request_focus(ui.edit.id);
    ui.edit.id.clear();
    return escaped ? std::nullopt : std::optional<std::string>(ui.edit.text.data());
}

}  // namespace convoscope::widgets
