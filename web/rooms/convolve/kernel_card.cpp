#include "web/rooms/convolve/kernel_card.h"

#include "web/rooms/convolve/kernel_turn.h"
#include "web/rooms/convolve/plane_strip.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Operation;

namespace {

std::string pill_text(const Context& context) {
    const model::Setup& setup = context.setup();
    switch (setup.operation) {
        case Operation::convolution:
        case Operation::transposed:
            if (context.room().backward()) {
                return "dL/db = " +
                       value_text(context.room().gradients().bias[at(context.room().filter())]);
            }
            return "+ b = " + value_text(setup.bias[at(context.room().filter())]);
        case Operation::max_pool:
            return context.room().backward() ? "to the greatest" : "the greatest";
        case Operation::average_pool:
            return context.room().backward() ? "in equal shares" : "the mean";
    }
    return {};
}

void draw_pill(Context& context, Rect card) {
    constexpr float kDistance = 8;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::string text = pill_text(context);
    const bool pooling = is_pooling(context.setup().operation);
    const FontStyle style = pooling ? FontStyle::kSmallM : FontStyle::kM13;
    const float width = canvas.width(text, style) + 20;
    const Rect pill{card.center_x() - width / 2, card.bottom() + kDistance, width, space::kChip};
    canvas.box(pill, theme.bg1, tint(theme.kernel, 0.5F, theme.bg1), radius::kPill);
    canvas.text(pill.center(), text, style, theme.kernel, Align::kCenter);
}

}  // namespace

GridResult draw_kernel_card(Context& context, const StageLayout& layout, const CellOf& cell) {
    const Theme& theme = context.theme();
    const model::Setup& setup = context.setup();
    Canvas canvas = context.ui.canvas();
    const Rect card = layout.kernel_card(setup);
    const float round = layout.phone ? radius::kCard : radius::kPill;
    draw_planes_behind(context, Quantity::kKernel, setup.slices(), card, round);
    canvas.fill(card, theme.bg1, round);
    canvas.outline(card, theme.kernel_fill, round, stroke::kSelect);
    const bool pooling = is_pooling(setup.operation);
    const ValueGridSpec spec{
        .id = "convolve.grid.kernel",
        .label = pooling ? "Window" : "Kernel",
        .value = std::to_string(setup.height.kernel) + " × " + std::to_string(setup.width.kernel),
        .rows = static_cast<int>(setup.height.kernel),
        .columns = static_cast<int>(setup.width.kernel),
        .pitch = layout.kernel_pitch,
        .quantity = Quantity::kKernel,
        .takes_strokes = context.state.convolve.tool == model::Tool::paint && !pooling};
    const GridResult result = draw_turning_kernel(context, spec, layout.kernel, cell);
    if (!layout.phone) {
        draw_pill(context, card);
    }
    return result;
}

}  // namespace convoscope::rooms::convolve
