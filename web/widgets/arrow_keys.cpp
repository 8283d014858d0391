#include "web/widgets/arrow_keys.h"

#include <imgui_internal.h>

namespace convoscope::widgets {

int arrow_pressed(ImGuiKey back, ImGuiKey forth) {
    const ImGuiID owner = ImGui::GetItemID();
    ImGui::SetKeyOwner(back, owner);
    ImGui::SetKeyOwner(forth, owner);
    const auto pressed = [owner](ImGuiKey key) {
        return ImGui::IsKeyPressed(key, owner, ImGuiInputFlags_Repeat) ? 1 : 0;
    };
    return pressed(forth) - pressed(back);
}

}  // namespace convoscope::widgets
