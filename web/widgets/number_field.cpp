#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <imgui.h>

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

/// The open field. Returns what was typed when it is committed; closes it then, or on Escape.
std::optional<double> edit(Ui& ui, Rect rect) {
    const float size = ui.fonts.size(FontStyle::kM12);
    ui.edit.drawn = true;
    ImGui::PushFont(ui.fonts.font(FontStyle::kM12));
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
    const std::optional<double> typed =
        escaped ? std::nullopt : parsed(std::string(ui.edit.text.data()));
    ui.items.request_focus(ui.edit.id);
    ui.edit.id.clear();
    return typed;
}

void open(Ui& ui, const FieldSpec& spec) {
    ui.edit.id = spec.id;
    ui.edit.opening = true;
    ui.edit.drawn = true;
    std::snprintf(ui.edit.text.data(), ui.edit.text.size(), "%.6g", spec.value);
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
        if (const std::optional<double> typed = edit(ui, rect)) {
            changed = typed;
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
