#include "web/widgets/chart_ticks.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/number_text.h"

namespace convoscope::widgets {
namespace {

/// A step of 1, 2 or 5 times a power of ten that gives about `wanted` intervals.
double round_step(double span, int wanted) {
    const double rough = span / wanted;
    const double unit = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * unit) {
            return factor * unit;
        }
    }
    return 10 * unit;
}

constexpr double kMinute = 60;
constexpr double kLongestInSeconds = 4 * kMinute;  // with more, seconds get long to read

std::string without_leading_zero(std::string text) {
    if (text.size() > 1 && text.starts_with("0.")) {
        text.erase(0, 1);
    }
    return text;
}

std::vector<Tick> decade_ticks(const ChartSpec& spec) {
    std::vector<Tick> ticks;
    const int first = static_cast<int>(std::floor(std::log10(spec.y_min)));
    const int last = static_cast<int>(std::ceil(std::log10(spec.y_max)));
    constexpr double kSlack = 1e-6;
    constexpr int kMostDecades = 5;
    const int every = (last - first) / kMostDecades + 1;
    for (int decade = first; decade <= last; decade += every) {
        for (const double digit : {1.0, 3.0}) {
            const double value = digit * std::pow(10, decade);
            const bool inside =
                value >= spec.y_min * (1 - kSlack) && value <= spec.y_max * (1 + kSlack);
            if (inside && (digit == 1.0 || last - first <= 4)) {
                ticks.push_back({value, without_leading_zero(significant_text(value, 1))});
            }
        }
    }
    return ticks;
}

std::vector<Tick> even_ticks(const ChartSpec& spec) {
    std::vector<Tick> ticks;
    const double scale = spec.percent ? 100 : 1;
    const double step = round_step((spec.y_max - spec.y_min) * scale, 4);
    const double first = std::ceil(spec.y_min * scale / step - 1e-9) * step;
    for (double value = first; value <= spec.y_max * scale + step * 1e-6; value += step) {
        const double clean = std::abs(value) < step * 1e-6 ? 0 : value;
        ticks.push_back({clean / scale, without_leading_zero(significant_text(clean, 4))});
    }
    return ticks;
}

}  // namespace

std::vector<Tick> value_ticks(const ChartSpec& spec) {
    return spec.log_y ? decade_ticks(spec) : even_ticks(spec);
}

std::string place_text(PlaceForm form, double place) {
    return form == PlaceForm::kWhole     ? integer_text(std::llround(place))
           : form == PlaceForm::kDecimal ? significant_text(place, 4)
                                         : duration_text(place);
}

std::vector<Tick> step_ticks(const ChartSpec& spec) {
    std::vector<Tick> ticks;
    const double span = spec.x_max - spec.x_min;
    const bool duration = spec.x_form == PlaceForm::kDuration;
    const double unit = duration && span > kLongestInSeconds ? kMinute : 1;
    double step = spec.epoch_length;
    if (!(step > 0) || span / step < 1) {
        step = unit * round_step(span / unit, 4);
    }
    constexpr double kMostIntervals = 5;
    step *= std::max(1.0, std::ceil(span / step / kMostIntervals));
    for (double x = std::ceil(spec.x_min / step) * step; x <= spec.x_max + step * 1e-6; x += step) {
        const double clean = std::abs(x) < step * 1e-6 ? 0 : x / unit;
        const std::string text = spec.x_form == PlaceForm::kWhole ? integer_text(std::llround(x))
                                                                  : significant_text(clean, 4);
        ticks.push_back({x, !duration ? text : text + (unit > 1 ? " min" : " s")});
    }
    return ticks;
}

}  // namespace convoscope::widgets
