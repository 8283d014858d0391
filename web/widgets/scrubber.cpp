#include "web/widgets/scrubber.h"

#include <algorithm>

#include <imgui.h>

#include "web/widgets/arrow_keys.h"

namespace convoscope::widgets {
namespace {

constexpr float kBar = 10;
constexpr float kGap = 3;
constexpr float kRowGap = 2;
/// Narrower segments run together.
constexpr float kLeastSegment = 7;
constexpr float kLeastRowLabel = 44;

void draw_segments(Canvas& canvas, const ScrubberSpec& spec, Rect track, float unit) {
    const Theme& theme = canvas.theme();
    const Color done = tint(fill_of(theme, spec.quantity), 0.5F, theme.bg1);
    const Color current = ink_of(theme, spec.quantity);
    const float top = track.center_y() - kBar / 2;
    if (unit < kLeastSegment) {
        const float way = unit * (static_cast<float>(spec.current) + 0.5F);
        canvas.fill({track.x, top, track.w, kBar}, theme.bg4, 3);
        canvas.fill({track.x, top, way, kBar}, done, 3);
        return;
    }
    for (int i = 0; i < spec.count; ++i) {
        const bool row_begins = spec.row_length > 0 && i % spec.row_length == 0;
        const float before = kGap / 2 + (row_begins ? kRowGap : 0);
        const Color fill = i < spec.current ? done : i == spec.current ? current : theme.bg4;
        const float x = track.x + static_cast<float>(i) * unit;
        canvas.fill({x + before, top, unit - before - kGap / 2, kBar}, fill, 3);
    }
}

void draw_row_labels(Canvas& canvas, const ScrubberSpec& spec, Rect track, float unit) {
    const float row = unit * static_cast<float>(spec.row_length);
    if (!spec.row_labels || spec.row_length == 0 || row < kLeastRowLabel) {
        return;
    }
    for (int i = 0; i * spec.row_length < spec.count; ++i) {
        const bool here = spec.current / spec.row_length == i;
        canvas.text({track.x + static_cast<float>(i) * row + 4, track.center_y() + 18},
                    "row " + std::to_string(i),
                    FontStyle::kMicro,
                    here ? canvas.theme().t2 : canvas.theme().t3);
    }
}

}  // namespace

std::optional<int> scrubber(Ui& ui, const ScrubberSpec& spec, Rect rect) {
    const int count = std::max(1, spec.count);
    std::optional<int> wanted;
    if (const std::optional<double> value = ui.items.take_value(spec.id)) {
        wanted = std::clamp(static_cast<int>(*value) - 1, 0, count - 1);
    }
    const Interaction act = interact(ui,
                                     {.id = spec.id,
                                      .label = spec.label,
                                      .role = Role::kSlider,
                                      .value = spec.value,
                                      .min = 1,
                                      .max = count,
                                      .now = spec.current + 1,
                                      .step = 1},
                                     rect,
                                     spec.explanation);
    const float unit = rect.w / static_cast<float>(count);
    if (act.held && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        const float along = (ImGui::GetIO().MousePos.x - rect.x) / unit;
        wanted = std::clamp(static_cast<int>(along), 0, count - 1);
    } else if (act.focused) {
        const int moved = arrow_pressed(ImGuiKey_LeftArrow, ImGuiKey_RightArrow);
        wanted = moved == 0 ? wanted : std::clamp(spec.current + moved, 0, count - 1);
    }
    Canvas canvas = ui.canvas();
    const Theme& theme = *ui.theme;
    draw_segments(canvas, spec, rect, unit);
    draw_row_labels(canvas, spec, rect, unit);
    const Point knob{rect.x + (static_cast<float>(spec.current) + 0.5F) * unit, rect.center_y()};
    canvas.disc(knob, spec.knob_radius + 2, theme.bg1);
    canvas.disc(knob, spec.knob_radius, kWhite);
    canvas.ring(knob, spec.knob_radius, ink_of(theme, spec.quantity), 2.5F);
    if (act.hovered || act.held) {
        canvas.ring(knob, spec.knob_radius + 4, ink_of(theme, spec.quantity).faded(0.3F), 3);
    }
    if (act.focused) {
        canvas.focus_ring({rect.x, rect.center_y() - 9, rect.w, 18}, radius::kControl);
    }
    return wanted && *wanted != spec.current ? wanted : std::nullopt;
}

}  // namespace convoscope::widgets
