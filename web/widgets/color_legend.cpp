#include "web/widgets/color_legend.h"

#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::widgets {
namespace {

constexpr float kBar = 6;
constexpr int kSteps = 60;

Color color_at(const Theme& theme, Scale scale, float t) {
    switch (scale) {
        case Scale::kDiverging:
            return at(theme.diverging, t);
        case Scale::kSequential:
            return at(theme.sequential, t);
        case Scale::kGray:
            return mix(kBlack, kWhite, t);
    }
    return theme.t1;
}

void draw_ramp(Canvas& canvas, Scale scale, Rect bar) {
    const float step = bar.w / kSteps;
    for (int i = 0; i < kSteps; ++i) {
        const float t = static_cast<float>(i) / (kSteps - 1);
        canvas.fill({bar.x + static_cast<float>(i) * step, bar.y, step + 0.5F, bar.h},
                    color_at(canvas.theme(), scale, t));
    }
}

}  // namespace

void color_legend(Ui& ui, Scale scale, double max, Rect rect) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const float cy = rect.y + kBar / 2;
    const std::string top = significant_text(max, 2);
    const std::string right = scale == Scale::kDiverging ? "+" + top : top;
    const std::string left = scale == Scale::kDiverging ? "\u2212" + top : "0";
    Rect bar{rect.x, rect.y, rect.w, kBar};
    canvas.text({rect.right(), cy}, right, FontStyle::kM11, theme.t3, Align::kRight);
    bar.w -= canvas.width(right, FontStyle::kM11) + 8;
    if (scale == Scale::kSequential) {
        // The exact zero is not the low end of the scale: it has a swatch of its own.
        constexpr float kSwatch = 12;
        canvas.box({rect.x, cy - kSwatch / 2, kSwatch, kSwatch},
                   theme.exact_zero,
                   theme.line3,
                   radius::kTick + 1);
        canvas.text(
            {rect.x + kSwatch / 2, rect.y + 20}, "0", FontStyle::kM11, theme.t3, Align::kCenter);
        bar.take_left(kSwatch, 8);
        canvas.text({bar.x, rect.y + 20}, ">0", FontStyle::kM11, theme.t3);
    } else {
        bar.take_left(canvas.width(left, FontStyle::kM11), 8);
        canvas.text({rect.x, cy}, left, FontStyle::kM11, theme.t3);
    }
    draw_ramp(canvas, scale, bar);
    if (scale == Scale::kDiverging) {
        canvas.text({bar.center_x(), rect.y + 20}, "0", FontStyle::kM11, theme.t3, Align::kCenter);
    }
}

}  // namespace convoscope::widgets
