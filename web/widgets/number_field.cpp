#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <imgui.h>

#include "web/widgets/field_edit.h"
#include "web/widgets/number_text.h"
#include "web/widgets/slider.h"

namespace convoscope::widgets {
namespace {

/// What a reader may type: a true minus, a decimal comma, a unit after the number.
std::optional<double> parsed(std::string text) {
    constexpr std::string_view kMinus = "\u2212";
    for (std::size_t at = text.find(kMinus); at != std::string::npos; at = text.find(kMinus)) {
        text.replace(at, kMinus.size(), "-");
    }
    const bool one_comma = std::count(text.begin(), text.end(), ',') == 1;
    if (one_comma && text.find('.') == std::string::npos) {
        std::replace(text.begin(), text.end(), ',', '.');
    } else {
        std::erase(text, ',');
    }
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

void draw_field(
    Canvas& canvas, const FieldSpec& spec, Rect rect, bool editing, bool focused, bool hovered) {
    const Theme& theme = canvas.theme();
    canvas.fill(rect, theme.bg0, radius::kControl);
    Color edge = hovered && !spec.disabled ? theme.line3 : theme.line2;
    if (spec.error) {
        edge = theme.err;
    }
    const bool strong = editing || focused;
    canvas.outline(
        rect, strong ? theme.t1 : edge, radius::kControl, strong ? stroke::kFocus : stroke::kHair);
    if (!editing) {
        const std::string shown =
            (spec.text.empty() ? significant_text(spec.value, 4) : spec.text) + spec.unit;
        canvas.text({rect.right() - 8, rect.center_y()},
                    shown,
                    FontStyle::kM12,
                    spec.disabled ? theme.t3 : theme.t1,
                    Align::kRight);
    }
}

void open(Ui& ui, const FieldSpec& spec) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", spec.value);
    open_edit(ui, spec.id, text.data());
}

}  // namespace

std::optional<double> number_field(Ui& ui, const FieldSpec& spec, Rect rect) {
    Canvas canvas = ui.canvas();
    std::optional<double> changed = ui.items.take_value(spec.id);
    const bool editing = ui.edit.id == spec.id;
    Item item{.id = spec.id,
              .label = spec.label,
              .role = Role::kTextField,
              .value = spec.text.empty() ? significant_text(spec.value, 4) : spec.text,
              .now = spec.value,
              .disabled = spec.disabled};
    if (editing) {
        item.focused = true;
        register_passive(ui, std::move(item), rect);
        draw_field(canvas, spec, rect, true, true, true);
        if (const auto typed = edit_text(ui, FontStyle::kM12, rect)) {
            changed = parsed(*typed);
        }
    } else {
        const Interaction act = interact(ui, std::move(item), rect, spec.explanation);
        draw_field(canvas, spec, rect, false, act.focused, act.hovered);
        if (act.hovered && !spec.disabled) {
            ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
        }
        if (act.clicked) {
            open(ui, spec);
        }
    }
    return changed && *changed != spec.value ? changed : std::nullopt;
}

}  // namespace convoscope::widgets
