#include "web/rooms/convolve/product_tail.h"

#include <algorithm>

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Operation;
using model::Term;

namespace {

constexpr float kSign = 20;
constexpr float kEquals = 24;

std::string last_step_text(const Context& context) {
    const model::Setup& setup = context.setup();
    switch (setup.operation) {
        case Operation::average_pool:
            return std::to_string(setup.height.kernel * setup.width.kernel);
        case Operation::max_pool:
            return {};
        default:
            return value_text(setup.bias[at(context.room().filter())]);
    }
}

/// A bias is added, or a sum divided, before the result stands there.
bool has_last_step(const Context& context) {
    return !context.room().backward() && context.setup().operation != Operation::max_pool;
}

}  // namespace

float product_tail_width(const Context& context) {
    return (!has_last_step(context) ? 0 : kSign + kBiasCardWidth) + kEquals + kLeastResultWidth;
}

void draw_result(Context& context, Rect rect, FontStyle largest) {
    const model::Model& room = context.room();
    const std::vector<Term>& terms = room.terms();
    const Index all = std::ssize(terms);
    const Index shown = room.terms_shown();
    const Theme& theme = context.theme();
    const bool whole = shown == all;
    const bool pooling = is_pooling(context.setup().operation) && !room.backward();
    const Color ink = room.backward() ? theme.grad : theme.output;
    double value = room.sum_value();
    if (!whole) {
        value = shown == 0 || pooling ? 0.0 : terms[at(shown - 1)].sum_so_far;
    }
    const auto landing = static_cast<float>(room.landing());
    const Rect card = whole ? rect.inset(rect.w * 0.05F * (1 - motion::enter(landing)),
                                         rect.h * 0.05F * (1 - motion::enter(landing)))
                            : rect;
    Canvas canvas = context.ui.canvas();
    const Color ground = whole ? ink : tint(ink, 0.16F, theme.bg1);
    canvas.fill(card, ground, radius::kControl);
    const std::string text = !whole && pooling ? std::string("…") : value_text(value);
    canvas.text(card.center(),
                text,
                fitting_style(context.ui, text, card.w - 6, largest),
                whole ? ink_on(ink) : ink,
                Align::kCenter);
    register_passive(context.ui,
                     {.id = "convolve.result",
                      .label = !whole            ? "Sum so far"
                               : room.backward() ? "Gradient"
                                                 : "Output",
                      .role = Role::kStatus,
                      .value = text},
                     rect);
}

void draw_last_step(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool mean = context.setup().operation == Operation::average_pool;
    canvas.box(rect, theme.bg2, theme.line2, radius::kControl);
    canvas.fill({rect.x + 8, rect.y, rect.w - 16, 3}, theme.kernel_fill, stroke::kSelect);
    const float middle = rect.center_x();
    const bool tall = rect.h > 40;
    canvas.text({middle, rect.y + (tall ? 18.0F : 10.0F)},
                mean ? "n" : "b",
                tall ? FontStyle::kM15i : FontStyle::kM13i,
                theme.kernel,
                Align::kCenter);
    canvas.text({middle, rect.bottom() - (tall ? 13.0F : 8.0F)},
                last_step_text(context),
                tall ? FontStyle::kM13 : FontStyle::kM12,
                theme.t1,
                Align::kCenter);
}

void draw_product_tail(Context& context, Rect row, FontStyle largest) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    if (has_last_step(context)) {
        const Rect sign = row.take_left(kSign);
        const bool mean = context.setup().operation == Operation::average_pool;
        canvas.text(sign.center(), mean ? "/" : "+", FontStyle::kM13, theme.t3, Align::kCenter);
        draw_last_step(context, row.take_left(kBiasCardWidth));
    }
    const Rect equals = row.take_left(kEquals);
    canvas.text(equals.center(), "=", FontStyle::kM15, theme.t2, Align::kCenter);
    draw_result(
        context, row.take_left(std::max(kLeastResultWidth, std::min(row.w, 96.0F))), largest);
}

}  // namespace convoscope::rooms::convolve
