#include "web/widgets/slider.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

#include "web/widgets/arrow_keys.h"
#include "web/widgets/number_text.h"

namespace convoscope::widgets {
namespace {

constexpr float kSymbolWidth = 22;
constexpr float kTrackToField = 14;
constexpr float kLeastTrack = 40;  ///< else its label leaves it the room
constexpr double kLogArrow = 1.1;
constexpr double kLinearArrowShare = 0.01;

/// The scale of a slider: values to places between 0 and 1 and back.
struct Axis {
    double min;
    double max;
    bool logarithmic;

    [[nodiscard]] float place(double value) const {
        const double span = logarithmic ? std::log(max / min) : max - min;
        if (!(span > 0) || (logarithmic && value <= 0)) {
            return 0;
        }
        const double way = logarithmic ? std::log(value / min) : value - min;
        return static_cast<float>(std::clamp(way / span, 0.0, 1.0));
    }

    [[nodiscard]] double value(float place) const {
        const auto t = static_cast<double>(std::clamp(place, 0.0F, 1.0F));
        return logarithmic ? min * std::pow(max / min, t) : min + (max - min) * t;
    }
};

/// A typed value may lie outside: the track then reaches it.
Axis axis_of(const SliderSpec& spec) {
    const bool logarithmic = spec.scale == SliderScale::kLogarithmic;
    const bool in_domain = !logarithmic || spec.value > 0;
    return {in_domain ? std::min(spec.min, spec.value) : spec.min,
            in_domain ? std::max(spec.max, spec.value) : spec.max,
            logarithmic};
}

std::optional<double> step_of(const SliderSpec& spec) {
    return spec.step > 0 ? std::optional(spec.step) : std::nullopt;
}

double rounded(const SliderSpec& spec, double value) {
    if (spec.step > 0) {
        return spec.min + std::round((value - spec.min) / spec.step) * spec.step;
    }
    if (value == 0) {
        return 0;
    }
    // Three digits are what a hand can mean.
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
    return std::round(value / unit) * unit;
}

double arrow_moved(const SliderSpec& spec, int direction, bool coarse) {
    const double times = coarse ? 10 : 1;
    if (spec.scale == SliderScale::kLogarithmic) {
        const double factor = coarse ? 2 : kLogArrow;
        return direction > 0 ? spec.value * factor : spec.value / factor;
    }
    const double step = spec.step > 0 ? spec.step : (spec.max - spec.min) * kLinearArrowShare;
    return spec.value + direction * step * times;
}

/// Where the arrows lead while it has the focus.
std::optional<double> keyed(const SliderSpec& spec) {
    const int direction = arrow_pressed(ImGuiKey_LeftArrow, ImGuiKey_RightArrow);
    if (direction == 0) {
        return std::nullopt;
    }
    const double moved = arrow_moved(spec, direction, ImGui::GetIO().KeyShift);
    return std::clamp(moved, std::min(spec.min, spec.value), std::max(spec.max, spec.value));
}

void draw_track(
    Canvas& canvas, const SliderSpec& spec, const Axis& axis, Rect track, bool hovered) {
    const Theme& theme = canvas.theme();
    const Color fill = fill_of(theme, spec.quantity);
    const float cy = track.center_y();
    const float knob_x = track.x + axis.place(spec.value) * track.w;
    const Rect bar{track.x, cy - 2, track.w, 4};
    canvas.fill(bar, theme.bg4, radius::kTick);
    if (spec.usual_min && spec.usual_max) {
        const float from = axis.place(*spec.usual_min);
        const float to = axis.place(*spec.usual_max);
        canvas.fill(
            {bar.x + from * bar.w, bar.y, (to - from) * bar.w, bar.h}, theme.line3, radius::kTick);
    }
    canvas.fill(
        {bar.x, bar.y, knob_x - bar.x, bar.h}, spec.disabled ? theme.line2 : fill, radius::kTick);
    for (int i = 0; i <= spec.ticks && spec.ticks > 0; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(spec.ticks);
        canvas.fill({track.x + t * track.w - 0.5F, cy + 5, 1, 3}, theme.line2);
    }
    if (spec.scheduled) {
        const float x = track.x + axis.place(*spec.scheduled) * track.w;
        canvas.polygon(std::array<Point, 3>{{{x - 4, cy + 14}, {x, cy + 8}, {x + 4, cy + 14}}},
                       theme.t1);
    }
    constexpr float kKnob = 6;
    canvas.disc({knob_x, cy}, kKnob + 1, theme.bg1);
    canvas.disc({knob_x, cy}, kKnob, spec.disabled ? theme.line3 : theme.knob);
    canvas.ring({knob_x, cy}, kKnob - 1, spec.disabled ? theme.line3 : fill, 2);
    if (hovered && !spec.disabled) {
        canvas.ring({knob_x, cy}, kKnob + 3, fill.faded(0.25F), 3);
    }
}

}  // namespace

std::optional<double> slider(Ui& ui, const SliderSpec& spec, Rect row) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const float cy = row.center_y();
    const Color ink = ink_of(theme, spec.quantity);
    const float before = spec.symbol.empty() ? 0 : kSymbolWidth;
    canvas.text({row.x + 7, cy},
                spec.symbol,
                FontStyle::kM15i,
                spec.disabled ? theme.t3 : ink,
                Align::kCenter);
    const float beside = row.w - before - spec.field_width - kTrackToField;
    const bool labelled = beside - spec.label_width >= kLeastTrack;
    if (labelled) {
        canvas.text({row.x + before, cy},
                    spec.label,
                    FontStyle::kBody,
                    spec.disabled ? theme.t3 : theme.t2);
    }
    const float track_x = row.x + before + (labelled ? spec.label_width : 0);
    const Rect track{
        track_x, row.y, row.right() - spec.field_width - kTrackToField - track_x, row.h};
    const Axis axis = axis_of(spec);
    const std::string text = spec.text.empty() ? significant_text(spec.value, 4) : spec.text;

    std::optional<double> wanted = ui.items.take_value(spec.id);
    const Interaction act = interact(ui,
                                     {.id = spec.id,
                                      .label = spec.label,
                                      .role = Role::kSlider,
                                      .value = text,
                                      .min = axis.min,
                                      .max = axis.max,
                                      .now = spec.value,
                                      .step = step_of(spec),
                                      .disabled = spec.disabled},
                                     track,
                                     spec.explanation);
    if (act.held && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        wanted = rounded(spec, axis.value((ImGui::GetIO().MousePos.x - track.x) / track.w));
    } else if (act.focused && !spec.disabled) {
        if (const std::optional<double> moved = keyed(spec)) {
            wanted = rounded(spec, *moved);
        }
    }
    draw_track(canvas, spec, axis, track, act.hovered || act.held);
    if (act.focused) {
        canvas.focus_ring({track.x, cy - 7, track.w, 14}, radius::kControl);
    }
    const std::string field_id = std::string(spec.id) + ".field";
    const Rect field{
        row.right() - spec.field_width, cy - space::kField / 2, spec.field_width, space::kField};
    const std::optional<double> typed = number_field(ui,
                                                     {.id = field_id.c_str(),
                                                      .label = spec.label,
                                                      .value = spec.value,
                                                      .text = text,
                                                      .disabled = spec.disabled,
                                                      .error = spec.error,
                                                      .explanation = spec.explanation},
                                                     field);
    if (typed) {
        wanted = typed;
    }
    return wanted && *wanted != spec.value ? wanted : std::nullopt;
}

}  // namespace convoscope::widgets
