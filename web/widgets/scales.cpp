#include "web/widgets/scales.h"

#include <algorithm>
#include <cmath>

namespace convoscope::widgets {

Color at(const Ramp& ramp, float t) {
    constexpr float kLast = static_cast<float>(std::tuple_size_v<Ramp> - 1);
    const float place = std::isfinite(t) ? std::clamp(t, 0.0F, 1.0F) * kLast : 0;
    const auto stop = std::min(static_cast<std::size_t>(place), ramp.size() - 2);
    return mix(ramp[stop], ramp[stop + 1], place - static_cast<float>(stop));
}

Color diverging(const Theme& theme, float value, float max_magnitude) {
    return at(theme.diverging, max_magnitude > 0 ? (value / max_magnitude + 1) / 2 : 0.5F);
}

Color sequential(const Theme& theme, float value, float max) {
    return value == 0 || max <= 0 ? theme.exact_zero : at(theme.sequential, value / max);
}

Color cell_fill(const Theme& theme, Color ink, float share) {
    const float x = std::min(std::abs(share), 1.0F);
    const float amount = theme.dark ? 0.07F + 0.49F * x : 0.05F + 0.80F * std::pow(x, 1.4F);
    return tint(ink_of_sign(theme, ink, share), amount, theme.bg1);
}

Color computed_fill(const Theme& theme, Color ink, float share) {
    return tint(ink_of_sign(theme, ink, share), 0.08F + 0.4F * std::abs(share), theme.bg1);
}

Color weight_identity(const Theme& theme, int row, int column, int rows, int columns) {
    const auto place = [](int index, int count) {
        return count > 1 ? static_cast<float>(index) / static_cast<float>(count - 1) : 0.5F;
    };
    const auto between = [](const float(&ends)[2], float t) {
        return ends[0] + (ends[1] - ends[0]) * t;
    };
    const float u = place(column, columns);
    const float v = place(row, rows);
    const WeightIdentity& identity = theme.weight_identity;
    return oklch(between(identity.lightness, 0.8F * v + 0.2F * u),
                 between(identity.chroma, u),
                 between(identity.hue_degrees, u));
}

LookUp look_up(const Ramp& ramp) {
    LookUp table{};
    for (std::size_t i = 0; i < 256; ++i) {
        const Color color = at(ramp, static_cast<float>(i) / 255);
        table[3 * i] = color.r;
        table[3 * i + 1] = color.g;
        table[3 * i + 2] = color.b;
    }
    return table;
}

}  // namespace convoscope::widgets
