#include "web/rooms/train/probability_bars.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRow = 22;

}  // namespace

int likeliest_class(const std::vector<float>& probabilities) {
    const auto best = std::max_element(probabilities.begin(), probabilities.end());
    return static_cast<int>(best - probabilities.begin());
}

float class_names_width(const Context& context, std::size_t classes) {
    float width = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        const std::string name = context.model().data.class_name(static_cast<int>(c));
        width = std::max(width, context.ui.canvas().width(name, FontStyle::kM12));
    }
    return width;
}

void draw_probability_bars(Context& context,
                           const std::vector<float>& probabilities,
                           int label,
                           Rect where) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float pitch = std::min(kRow, where.h / static_cast<float>(probabilities.size()));
    const int best = likeliest_class(probabilities);
    const models::DataSetState& data = context.model().data;
    const float names = class_names_width(context, probabilities.size());
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
        Rect row = where.take_top(pitch);
        const auto index = static_cast<int>(c);
        const Color color = index == label ? theme.ok : index == best ? theme.err : theme.line3;
        const std::string value = decimal_text(static_cast<double>(probabilities[c]), 3);
        canvas.text({row.x, row.center_y()},
                    data.class_name(index),
                    FontStyle::kM12,
                    index == label ? theme.t1 : theme.t3);
        canvas.text({row.right(), row.center_y()},
                    value,
                    FontStyle::kM11,
                    index == best ? theme.t1 : theme.t3,
                    Align::kRight);
        const Rect track{row.x + names + space::k8,
                         row.center_y() - 2,
                         row.w - names - space::k8 - space::k48,
                         space::k4};
        canvas.fill(track, theme.bg4, radius::kTick);
        canvas.fill({track.x, track.y, std::max(1.0F, track.w * probabilities[c]), track.h},
                    color,
                    radius::kTick);
    }
}

}  // namespace convoscope::rooms::train
