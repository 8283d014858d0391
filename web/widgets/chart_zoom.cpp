#include "web/widgets/chart_zoom.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

namespace convoscope::widgets {
namespace {

constexpr double kKeyZoom = 1.5;
constexpr double kKeyMove = 0.25;          // of what is shown
constexpr float kPixelsPerWheelStep = 65;  // as web/platform/pointers.js divides them
constexpr float kDragged = 6;

double step_at(const Span& shown, Rect plot, float screen_x) {
    const float share = std::clamp((screen_x - plot.x) / plot.w, 0.0F, 1.0F);
    return shown.first + static_cast<double>(share) * shown.length();
}

std::optional<Span> by_fingers(
    const Ui& ui, const Span& shown, const Span& whole, Rect plot, double least) {
    const ImGuiIO& io = ImGui::GetIO();
    Span wanted = shown;
    if (ui.pinch != 1.0F) {
        const double about = step_at(shown, plot, io.MousePos.x);
        wanted = zoomed(wanted, whole, static_cast<double>(ui.pinch), about, least);
    }
    if (io.MouseWheelH != 0.0F) {
        const float share = -io.MouseWheelH * kPixelsPerWheelStep / plot.w;
        wanted = moved(wanted, whole, static_cast<double>(share) * wanted.length());
    }
    return wanted == shown ? std::nullopt : std::optional(wanted);
}

/// While it has the focus, left and right belong to the chart and not to the navigation.
std::optional<Span> by_keys(const Span& shown, const Span& whole, double least) {
    const ImGuiID owner = ImGui::GetItemID();
    const auto pressed = [owner](ImGuiKey key) {
        return ImGui::IsKeyPressed(key, owner, ImGuiInputFlags_Repeat);
    };
    const double middle = shown.first + shown.length() / 2;
    if (pressed(ImGuiKey_Equal)) {
        return zoomed(shown, whole, kKeyZoom, middle, least);
    }
    if (pressed(ImGuiKey_Minus)) {
        return zoomed(shown, whole, 1 / kKeyZoom, middle, least);
    }
    if (pressed(ImGuiKey_0)) {
        return whole;
    }
    if (shown == whole) {
        return std::nullopt;
    }
    for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow}) {
        ImGui::SetKeyOwner(key, owner);
        if (pressed(key)) {
            const double direction = key == ImGuiKey_LeftArrow ? -1 : 1;
            return moved(shown, whole, direction * kKeyMove * shown.length());
        }
    }
    return std::nullopt;
}

std::optional<Span> by_drag(const Span& shown, const Span& whole, Rect plot, double least) {
    const ImGuiIO& io = ImGui::GetIO();
    const float from = io.MouseClickedPos[0].x;
    if (std::abs(io.MousePos.x - from) <= kDragged) {
        return std::nullopt;
    }
    const double a = step_at(shown, plot, from);
    const double b = step_at(shown, plot, io.MousePos.x);
    const double factor = shown.length() / std::max(least, std::abs(b - a));
    const Span finer = zoomed(shown, whole, factor, shown.first, least);
    return moved(finer, whole, std::min(a, b) - finer.first);
}

}  // namespace

std::optional<Span> zoom_wish(const Ui& ui,
                              const ChartSpec& spec,
                              Rect plot,
                              const Interaction& act) {
    const Span shown{spec.x_min, spec.x_max};
    const Span whole = spec.whole.value_or(shown);
    std::optional<Span> wanted;
    if (act.double_clicked) {
        wanted = whole;
    } else if (act.clicked) {
        wanted = by_drag(shown, whole, plot, spec.least_shown);
    } else if (act.hovered) {
        wanted = by_fingers(ui, shown, whole, plot, spec.least_shown);
    }
    if (!wanted && act.focused) {
        wanted = by_keys(shown, whole, spec.least_shown);
    }
    return wanted && !(*wanted == shown) ? wanted : std::nullopt;
}

Runs zoom_explanation(const Theme& theme) {
    return {
        {"Drag over a stretch of the curves, spread two fingers, or press + to see it closer; a "
         "double click or 0 shows the whole run.",
         FontStyle::kBody,
         theme.t2}};
}

}  // namespace convoscope::widgets
