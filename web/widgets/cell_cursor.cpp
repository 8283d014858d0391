#include "web/widgets/cell_cursor.h"

#include <algorithm>

#include <imgui.h>

#include "web/widgets/arrow_keys.h"

namespace convoscope::widgets {

CellCursor cell_cursor(int rows, int columns) {
    constexpr int kRow = 1 << 16;
    int& kept = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetItemID());
    const int down = arrow_pressed(ImGuiKey_UpArrow, ImGuiKey_DownArrow);
    const int right = arrow_pressed(ImGuiKey_LeftArrow, ImGuiKey_RightArrow);
    const CellCursor cursor{std::clamp(kept / kRow + down, 0, std::max(0, rows - 1)),
                            std::clamp(kept % kRow + right, 0, std::max(0, columns - 1)),
                            down != 0 || right != 0};
    kept = cursor.row * kRow + cursor.column;
    return cursor;
}

void tell_cell(Ui& ui,
               const std::string& grid,
               const CellCursor& cursor,
               const std::string& value,
               Rect cell) {
    const std::string place =
        "Row " + std::to_string(cursor.row) + ", column " + std::to_string(cursor.column);
    register_passive(
        ui, {.id = grid + ".cell", .label = place, .role = Role::kStatus, .value = value}, cell);
}

std::optional<int> digit_pressed() {
    for (int digit = 0; digit <= 9; ++digit) {
        const auto key = static_cast<ImGuiKey>(ImGuiKey_0 + digit);
        const auto pad = static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit);
        if (ImGui::IsKeyPressed(key, false) || ImGui::IsKeyPressed(pad, false)) {
            return digit;
        }
    }
    return std::nullopt;
}

}  // namespace convoscope::widgets
