#include "web/widgets/progress_bar.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "web/widgets/number_text.h"

namespace convoscope::widgets {

void progress_bar(
    Ui& ui, const char* id, std::string_view label, float share, Rect rect, int parts) {
    const float t = std::isfinite(share) ? std::clamp(share, 0.0F, 1.0F) : 0;
    register_passive(ui,
                     {.id = id,
                      .label = std::string(label),
                      .role = Role::kProgress,
                      .value = percent_text(static_cast<double>(t), 0),
                      .min = 0,
                      .max = 1,
                      .now = static_cast<double>(t)},
                     rect);
    Canvas canvas = ui.canvas();
    const float round = rect.h / 2;
    canvas.fill(rect, ui.theme->bg4, round);
    if (t > 0) {
        canvas.fill({rect.x, rect.y, std::max(rect.h, rect.w * t), rect.h}, ui.theme->t1, round);
    }
    for (int i = 1; i < parts; ++i) {
        const float x = rect.x + rect.w * static_cast<float>(i) / static_cast<float>(parts);
        canvas.fill({x, rect.y, 1, rect.h}, ui.theme->bg1);
    }
}

void stacked_bar(Ui& ui, std::span<const Part> parts, Rect rect, float round) {
    constexpr float kGap = 2;
    float sum = 0;
    for (const Part& part : parts) {
        sum += part.share;
    }
    if (sum <= 0) {
        return;
    }
    Canvas canvas = ui.canvas();
    const float room = rect.w - kGap * static_cast<float>(parts.size() - 1);
    float x = rect.x;
    for (const Part& part : parts) {
        const Rect piece{x, rect.y, room * part.share / sum, rect.h};
        canvas.fill(piece, part.color, round);
        if (part.hatched) {
            canvas.hatch(piece, ui.theme->t3.faded(0.6F), 4);
            canvas.outline(piece, ui.theme->line3, round);
        }
        x += piece.w + kGap;
    }
}

void log_gauge(Ui& ui, const GaugeSpec& spec, Rect rect) {
    const auto place = [&](double value) {
        const double span = std::log10(spec.max / spec.min);
        const double t = value > 0 ? std::log10(value / spec.min) / span : 0;
        return rect.x + rect.w * static_cast<float>(std::clamp(t, 0.0, 1.0));
    };
    constexpr float kUsualTint = 0.5F;
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.fill(rect, theme.bg4, rect.h / 2);
    const float from = place(spec.usual_min);
    canvas.fill({from, rect.y, place(spec.usual_max) - from, rect.h},
                tint(theme.ok, kUsualTint, theme.bg1),
                rect.h / 2);
    const float marker = rect.h * 0.75F;
    const Point at{place(spec.value), rect.center_y()};
    canvas.disc(at, marker + 1, theme.bg1);
    canvas.disc(at, marker, theme.t1);
}

void sparkline(Ui& ui, std::span<const float> values, Rect rect, Color color) {
    constexpr float kWidth = 1.2F;
    if (values.size() < 2) {
        return;
    }
    float max = 0;
    for (const float value : values) {
        max = std::isfinite(value) ? std::max(max, value) : max;
    }
    std::vector<Point> points;
    points.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(values.size() - 1);
        const float share = max > 0 && std::isfinite(values[i]) ? values[i] / max : 0;
        points.push_back({rect.x + t * rect.w, rect.bottom() - share * rect.h});
    }
    ui.canvas().polyline(points, color, kWidth);
}

}  // namespace convoscope::widgets
