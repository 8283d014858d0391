#include "web/widgets/text_field.h"

#include <utility>

#include <imgui.h>

#include "web/widgets/field_edit.h"

namespace convoscope::widgets {

std::optional<std::string> text_field(Ui& ui, const TextFieldSpec& spec, Rect rect) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    Item item{.id = spec.id, .label = spec.label, .role = Role::kTextField, .value = spec.text};
    if (ui.edit.id == spec.id) {
        item.focused = true;
        register_passive(ui, std::move(item), rect);
        canvas.fill(rect, theme.bg0, radius::kControl);
        canvas.outline(rect, theme.t1, radius::kControl, stroke::kFocus);
        const std::optional<std::string> typed = edit_text(ui, spec.style, rect);
        return typed && *typed != spec.text ? typed : std::nullopt;
    }
    const Interaction act = interact(ui, std::move(item), rect, spec.explanation);
    if (act.hovered) {
        canvas.outline(rect, theme.line2, radius::kControl);
        ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    }
    constexpr float kPadding = 7;
    canvas.clipped_text({rect.x + kPadding, rect.center_y()},
                        rect.w - 2 * kPadding,
                        spec.text,
                        spec.style,
                        theme.t1);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kControl);
    }
    if (act.clicked) {
        open_edit(ui, spec.id, spec.text);
    }
    return std::nullopt;
}

}  // namespace convoscope::widgets
