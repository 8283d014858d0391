#include "web/rooms/train/health_history.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

using models::LayerLook;

constexpr float kCurveHeight = 28;
constexpr float kSpreadHeight = 72;
constexpr float kBarsWidth = 40;  // of the newest histogram, beside the spread
constexpr float kCaption = 16;

/// Where a step lies across the plots.
class Course {
  public:
    Course(const std::vector<LayerLook>& looks, Rect box)
        : first_(looks.front().step), last_(looks.back().step), box_(box) {}

    [[nodiscard]] float x(std::int64_t step) const {
        const auto length = static_cast<float>(std::max<std::int64_t>(1, last_ - first_));
        return box_.x + box_.w * static_cast<float>(step - first_) / length;
    }

  private:
    std::int64_t first_;
    std::int64_t last_;
    Rect box_;
};

struct Curve {
    const char* id;
    const char* caption;
    const char* sentence;
    Color color;
    std::optional<double> (*value)(const LayerLook& look);
};

std::string from_to(const std::vector<LayerLook>& looks, const Curve& curve) {
    const auto first = std::ranges::find_if(
        looks, [&](const LayerLook& look) { return curve.value(look).has_value(); });
    if (first == looks.end() || !curve.value(looks.back())) {
        return "–";
    }
    return significant_text(*curve.value(*first)) + " → " +
           significant_text(*curve.value(looks.back()));
}

/// From 0 at the bottom to the greatest value, which is written.
void draw_curve(Context& context,
                const models::LayerHealth& layer,
                const Curve& curve,
                Rect where) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect box{where.x, where.y + kCaption, where.w, kCurveHeight};
    double greatest = 0.0;
    for (const LayerLook& look : layer.looks) {
        greatest = std::max(greatest, curve.value(look).value_or(0.0));
    }
    canvas.text({where.x, where.y + kCaption / 2}, curve.caption, FontStyle::kMicro, theme.t3);
    canvas.text({where.right(), where.y + kCaption / 2},
                "to " + significant_text(greatest),
                FontStyle::kMicro,
                theme.t3,
                Align::kRight);
    canvas.fill(box, theme.bg2, radius::kTick);
    const Course course(layer.looks, box);
    std::vector<Point> points;
    for (const LayerLook& look : layer.looks) {
        if (const std::optional<double> value = curve.value(look); value && greatest > 0.0) {
            points.push_back({course.x(look.step),
                              box.bottom() - box.h * static_cast<float>(*value / greatest)});
        }
    }
    if (points.size() > 1) {
        canvas.polyline(points, curve.color, stroke::kCurve);
    }
    explain(context,
            curve.id,
            layer.name + ": " + curve.caption,
            from_to(layer.looks, curve),
            where,
            curve.sentence);
}

/// The values that all looks together lie between.
struct Range {
    double low = 0.0;
    double high = 0.0;

    [[nodiscard]] float y(double value, Rect box) const {
        const double span = std::max(1e-30, high - low);
        return box.bottom() - box.h * static_cast<float>((value - low) / span);
    }
};

Range range_of(const std::vector<LayerLook>& looks) {
    Range range{.low = looks.front().outputs.low, .high = looks.front().outputs.high};
    for (const LayerLook& look : looks) {
        range.low = std::min(range.low, look.outputs.low);
        range.high = std::max(range.high, look.outputs.high);
    }
    return range;
}

/// A histogram's bins, one above another: `draw(rectangle, share of the fullest bin)`.
template <class Draw>
void for_each_bin(const models::ValueHistogram& histogram,
                  const Range& range,
                  Rect box,
                  Draw draw) {
    if (histogram.counts.empty()) {
        return;
    }
    const auto fullest =
        static_cast<float>(std::max<std::int64_t>(1, *std::ranges::max_element(histogram.counts)));
    const double bins = static_cast<double>(histogram.counts.size());
    const double width = (histogram.high - histogram.low) / bins;
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
        if (histogram.counts[bin] > 0) {
            const double low = histogram.low + width * static_cast<double>(bin);
            const float top = range.y(low + width, box);
            const float height = std::max(1.0F, range.y(low, box) - top);
            draw(Rect{box.x, top, box.w, height},
                 static_cast<float>(histogram.counts[bin]) / fullest);
        }
    }
}

/// Time across, value up: the fuller a bin, the stronger. Beside it the newest as bars.
void draw_spread(Context& context, const models::LayerHealth& layer, Rect where) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Range range = range_of(layer.looks);
    canvas.text(
        {where.x, where.y + kCaption / 2}, "outputs, their spread", FontStyle::kMicro, theme.t3);
    const std::string ends = significant_text(range.low) + " to " + significant_text(range.high);
    canvas.text(
        {where.right(), where.y + kCaption / 2}, ends, FontStyle::kMicro, theme.t3, Align::kRight);
    Rect box{where.x, where.y + kCaption, where.w, kSpreadHeight};
    const Rect bars = box.take_right(kBarsWidth, space::k4);
    canvas.fill(box, theme.bg2, radius::kTick);
    canvas.fill(bars, theme.bg2, radius::kTick);
    const Course course(layer.looks, box);
    for (std::size_t i = 0; i < layer.looks.size(); ++i) {
        const float right =
            i + 1 < layer.looks.size() ? course.x(layer.looks[i + 1].step) : box.right();
        const float left = i + 1 < layer.looks.size() ? course.x(layer.looks[i].step) : right - 2;
        for_each_bin(layer.looks[i].outputs,
                     range,
                     {left, box.y, std::max(1.0F, right - left), box.h},
                     [&](Rect bin, float share) {
                         canvas.fill(bin, tint(theme.output_fill, std::sqrt(share), theme.bg2));
                     });
    }
    for_each_bin(layer.looks.back().outputs, range, bars, [&](Rect bin, float share) {
        canvas.fill({bin.x, bin.y, bin.w * share, bin.h}, theme.output_fill);
    });
    if (range.low < 0.0 && range.high > 0.0) {
        canvas.horizontal(box.x, bars.right(), range.y(0.0, box), theme.line3);
    }
    explain(context,
            "train.health.spread",
            layer.name + ": outputs, their spread",
            ends,
            where,
            "How many outputs have which value, before the activation: steps go across, values "
            "up, and the line is 0. The bars are the newest look.");
}

}  // namespace

void draw_health_history(Context& context, const models::LayerHealth& layer, Rect where) {
    const Theme& theme = context.theme();
    constexpr float kPitch = kCaption + kCurveHeight + space::k4;
    draw_curve(context,
               layer,
               {.id = "train.health.output_norm",
                .caption = "size of the outputs",
                .sentence = "The root of the mean square of the layer's outputs, before the "
                            "activation, from the run's first look to the newest.",
                .color = theme.output,
                .value = [](const LayerLook& look) { return std::optional(look.output_norm); }},
               {where.x, where.y, where.w, kCaption + kCurveHeight});
    draw_curve(context,
               layer,
               {.id = "train.health.gradient_norm",
                .caption = "length of the gradient",
                .sentence = "Of all the layer's weights together, at the steps that were looked "
                            "at.",
                .color = theme.grad,
                .value = [](const LayerLook& look) { return look.gradient_norm; }},
               {where.x, where.y + kPitch, where.w, kCaption + kCurveHeight});
    const float y = where.y + 2 * kPitch;
    draw_spread(context, layer, {where.x, y, where.w, kCaption + kSpreadHeight});
    Canvas canvas = context.ui.canvas();
    const float foot = y + kCaption + kSpreadHeight + kCaption / 2;
    canvas.text({where.x, foot},
                "step " + integer_text(layer.looks.front().step),
                FontStyle::kMicro,
                theme.t3);
    canvas.text({where.right() - kBarsWidth - space::k4, foot},
                "step " + integer_text(layer.looks.back().step),
                FontStyle::kMicro,
                theme.t3,
                Align::kRight);
    canvas.text({where.right(), foot}, "now", FontStyle::kMicro, theme.t3, Align::kRight);
}

}  // namespace convoscope::rooms::train
