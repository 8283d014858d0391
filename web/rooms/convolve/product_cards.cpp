#include "web/rooms/convolve/product_cards.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Operation;
using model::Term;

namespace {

constexpr float kCardWidth = 82;
constexpr float kCardHeight = 52;
constexpr float kHead = 36;
constexpr float kPlus = 17;
constexpr float kNarrowPlus = 9;
constexpr float kLeastCard = 44;
constexpr float kLeastSmallCard = 44;
constexpr float kBiasCard = 42;
constexpr float kLeastResult = 48;

std::string last_step_text(const model::Setup& setup) {
    switch (setup.operation) {
        case Operation::average_pool:
            return std::to_string(setup.height.kernel * setup.width.kernel);
        case Operation::max_pool:
            return {};
        default:
            return value_text(setup.bias);
    }
}

/// "3 · (−2)", coloured.
Runs factors_of(Context& context, const Term& term, FontStyle style, FontStyle dot) {
    const Theme& theme = context.theme();
    Runs runs{{value_text(term.value), style, theme.input}};
    if (is_pooling(context.setup().operation)) {
        return runs;
    }
    const std::string weight = value_text(term.factor);
    const bool small = style != FontStyle::kM15;
    runs.push_back({small ? "·" : " · ", dot, theme.t3});
    runs.push_back({term.factor < 0 ? "(" + weight + ")" : weight,
                    style,
                    theme.dark ? identity_of(context, term.weight) : theme.kernel});
    return runs;
}

/// A term that changes nothing is dimmed.
bool is_idle(Context& context, const Term& term) {
    return context.setup().operation == Operation::max_pool ? !term.wins : term.product == 0.0;
}

/// Every card answers the pointer with the sum up to it.
void explain_card(Context& context, const Term& term, std::size_t number, Rect rect) {
    const bool pooling = is_pooling(context.setup().operation);
    const std::string factors = pooling ? value_text(term.value)
                                        : value_text(term.value) + " · " + value_text(term.factor) +
                                              " = " + value_text(term.product);
    std::string why = "Product " + std::to_string(number + 1) + ": " + factors;
    if (pooling) {
        why = "Value " + std::to_string(number + 1) + ": " + factors;
    }
    if (context.setup().operation != Operation::max_pool) {
        why += pooling ? "." : "; the sum so far is " + value_text(term.sum_so_far) + ".";
    } else {
        why += term.wins ? ", the greatest." : ".";
    }
    const std::string id = "convolve.product." + std::to_string(number);
    const Interaction act = interact(context.ui,
                                     {.id = id,
                                      .label = "Product " + std::to_string(number + 1),
                                      .role = Role::kText,
                                      .value = factors},
                                     rect,
                                     plain(context, why));
    if (act.hovered) {
        context.ui.canvas().outline(
            rect.inset(-1), context.theme().t1, radius::kControl + 1, stroke::kSelect);
    }
}

void draw_card(Context& context, const Term& term, std::size_t number, Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool idle = is_idle(context, term);
    const Color identity = identity_of(context, term.weight);
    canvas.box(
        rect, idle ? theme.bg1 : theme.bg2, idle ? theme.line1 : theme.line2, radius::kControl);
    canvas.fill({rect.x + 8, rect.y, rect.w - 16, 3},
                idle ? mix(theme.bg1, identity, 0.55F) : identity,
                stroke::kSelect);
    if (term.kind != model::PositionKind::pixel) {
        canvas.hatch({rect.x + 1, rect.y + 3, rect.w - 2, rect.h - 4}, theme.pad.faded(0.3F));
    }
    Runs factors = factors_of(context, term, FontStyle::kM15, FontStyle::kM12);
    if (canvas.width(factors) > rect.w - 8) {
        factors = factors_of(context, term, FontStyle::kM12, FontStyle::kM12);
    }
    if (canvas.width(factors) > rect.w - 4) {
        factors = factors_of(context, term, FontStyle::kM11, FontStyle::kM11);
    }
    if (is_pooling(context.setup().operation)) {
        canvas.text(rect.center(), factors, Align::kCenter);
    } else {
        canvas.text({rect.center_x(), rect.y + 18}, factors, Align::kCenter);
        canvas.text({rect.center_x(), rect.y + 39},
                    value_text(term.product),
                    FontStyle::kM13,
                    idle ? theme.t3 : theme.t1,
                    Align::kCenter);
    }
    explain_card(context, term, number, rect);
}

/// Factors and product in one line, the identity at the left.
void draw_small_card(Context& context, const Term& term, std::size_t number, Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool idle = is_idle(context, term);
    const Color identity = identity_of(context, term.weight);
    canvas.box(rect, idle ? theme.bg1 : theme.bg3, idle ? theme.line1 : theme.line2, radius::kCell);
    canvas.fill({rect.x, rect.y + 4, 3, rect.h - 8},
                idle ? mix(theme.bg1, identity, 0.5F) : identity,
                stroke::kSelect);
    if (term.kind != model::PositionKind::pixel) {
        canvas.hatch({rect.x + 3, rect.y + 1, rect.w - 4, rect.h - 2}, theme.pad.faded(0.3F));
    }
    const bool pooling = is_pooling(context.setup().operation);
    const std::string product = value_text(pooling ? term.value : term.product);
    const float room = rect.w - 13;
    const Runs factors = factors_of(context, term, FontStyle::kM12, FontStyle::kM12);
    const bool both =
        !pooling && canvas.width(factors) + 3 + canvas.width(product, FontStyle::kM12) <= room;
    if (both) {
        canvas.text({rect.x + 8, rect.center_y()}, factors);
    }
    canvas.text({rect.right() - 5, rect.center_y()},
                product,
                fitting_style(context.ui, product, room, FontStyle::kM12),
                idle ? theme.t3 : theme.t1,
                Align::kRight);
    explain_card(context, term, number, rect);
}

/// Too many for numbers: a heat map of the products.
void draw_tiles(Context& context, Rect rect, Index shown) {
    const std::vector<Term>& terms = context.room().terms();
    const auto columns = static_cast<Index>(context.arithmetic().columns.taps * 2);
    const Index rows = (std::ssize(terms) + columns - 1) / columns;
    const float width = rect.w / static_cast<float>(columns);
    const float height = rect.h / static_cast<float>(rows);
    double greatest = 0.0;
    for (const Term& term : terms) {
        greatest = std::max(greatest, std::abs(term.product));
    }
    Canvas canvas = context.ui.canvas();
    for (Index i = 0; i < std::min(shown, std::ssize(terms)); ++i) {
        const Term& term = terms[at(i)];
        const Rect tile{rect.x + static_cast<float>(i % columns) * width,
                        rect.y + static_cast<float>(i / columns) * height,
                        width - 1,
                        height - 1};
        canvas.fill(
            tile,
            diverging(
                context.theme(), static_cast<float>(term.product), static_cast<float>(greatest)),
            radius::kTick);
        explain_card(context, term, at(i), tile);
    }
}

void draw_head(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    const model::CellPlace current = context.room().current();
    const std::vector<Term>& terms = context.room().terms();
    Canvas canvas = context.ui.canvas();
    Runs runs{{"output", FontStyle::kSmallM, theme.output},
              {" [" + std::to_string(current.row) + ", " + std::to_string(current.column) + "]",
               FontStyle::kM12,
               theme.output},
              {" = ", FontStyle::kSmall, theme.t3}};
    std::string count = std::to_string(terms.size());
    if (is_pooling(context.setup().operation)) {
        const bool maximum = context.setup().operation == Operation::max_pool;
        runs.push_back({maximum ? "the greatest of the " : "the mean of the ",
                        FontStyle::kSmallM,
                        theme.kernel});
        runs.push_back({"window", FontStyle::kSmallM, theme.input});
        count += " values";
    } else {
        runs.push_back({"window", FontStyle::kSmallM, theme.input});
        runs.push_back({" · ", FontStyle::kSmall, theme.t3});
        runs.push_back({"kernel + bias", FontStyle::kSmallM, theme.kernel});
        const auto idle = std::ranges::count(terms, 0.0, &Term::product);
        count += terms.size() == 1 ? " product, " : " products, ";
        count += std::to_string(std::ssize(terms) - idle) + " of them not zero";
    }
    const float width = canvas.text({rect.x, rect.y}, runs);
    if (width + canvas.width(count, FontStyle::kMicro) + 16 < rect.w) {
        canvas.text({rect.right(), rect.y}, count, FontStyle::kMicro, theme.t3, Align::kRight);
    }
}

/// The sum as far as it has come; the whole one when all products stand there.
void draw_result(Context& context, Rect rect, FontStyle largest) {
    const model::Model& room = context.room();
    const std::vector<Term>& terms = room.terms();
    const Index all = std::ssize(terms);
    const Index shown = room.playback.products_shown(all);
    const model::CellPlace current = room.current();
    const Theme& theme = context.theme();
    const bool whole = shown == all;
    const bool pooling = is_pooling(context.setup().operation);
    double value = context.arithmetic().output.value(current.row, current.column);
    if (!whole) {
        value = shown == 0 || pooling ? 0.0 : terms[at(shown - 1)].sum_so_far;
    }
    const auto landing = static_cast<float>(room.playback.landing(all));
    const Rect card = whole ? rect.inset(rect.w * 0.05F * (1 - motion::enter(landing)),
                                         rect.h * 0.05F * (1 - motion::enter(landing)))
                            : rect;
    Canvas canvas = context.ui.canvas();
    const Color ground = whole ? theme.output : tint(theme.output_fill, 0.16F, theme.bg1);
    canvas.fill(card, ground, radius::kControl);
    const std::string text = !whole && pooling ? std::string("…") : value_text(value);
    canvas.text(card.center(),
                text,
                fitting_style(context.ui, text, card.w - 6, largest),
                whole ? ink_on(theme.output) : theme.output,
                Align::kCenter);
    register_passive(context.ui,
                     {.id = "convolve.result",
                      .label = whole ? "Output" : "Sum so far",
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
                last_step_text(context.setup()),
                tall ? FontStyle::kM13 : FontStyle::kM12,
                theme.t1,
                Align::kCenter);
}

/// From the bias on; returns nothing: it fills what is left of the row.
void draw_tail(Context& context, Rect row, FontStyle largest) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Operation operation = context.setup().operation;
    if (operation != Operation::max_pool) {
        const Rect sign = row.take_left(20);
        const bool mean = operation == Operation::average_pool;
        canvas.text(sign.center(), mean ? "/" : "+", FontStyle::kM13, theme.t3, Align::kCenter);
        draw_last_step(context, row.take_left(kBiasCard));
    }
    const Rect equals = row.take_left(24);
    canvas.text(equals.center(), "=", FontStyle::kM15, theme.t2, Align::kCenter);
    draw_result(context, row.take_left(std::max(kLeastResult, std::min(row.w, 96.0F))), largest);
}

}  // namespace

void draw_product_cards(Context& context, Rect rect) {
    card(context.ui, rect, context.theme().bg1);
    Rect body = rect.inset(space::kCardPadding, 0);
    draw_head(context, {body.x, rect.y + 19, body.w, 0});
    Rect row{body.x, rect.y + kHead, body.w, kCardHeight};
    const std::vector<Term>& terms = context.room().terms();
    const Index all = std::ssize(terms);
    const Index shown = context.room().playback.products_shown(all);
    const bool maximum = context.setup().operation == Operation::max_pool;
    const float tail = (maximum ? 24 : 20 + kBiasCard + 24) + kLeastResult;
    const float room = row.w - tail;
    const auto count = static_cast<float>(all);
    const bool wide = count * kCardWidth + (count - 1) * kPlus <= room;
    const float plus = wide ? kPlus : kNarrowPlus;
    const float width = std::min(kCardWidth, std::floor((room - (count - 1) * plus) / count));
    const Index columns = (all + 1) / 2;
    const float small = std::floor(room / static_cast<float>(columns)) - 3;
    Canvas canvas = context.ui.canvas();
    const std::string sign = maximum ? "," : "+";
    if (width >= kLeastCard) {
        for (Index i = 0; i < all; ++i) {
            const Rect card_rect = row.take_left(width);
            if (i < shown) {
                draw_card(context, terms[at(i)], at(i), card_rect);
            }
            if (i + 1 < all) {
                const Rect gap = row.take_left(plus);
                if (i + 1 < shown) {
                    canvas.text(gap.center(),
                                sign,
                                plus == kPlus ? FontStyle::kM13 : FontStyle::kM11,
                                context.theme().t3,
                                Align::kCenter);
                }
            }
        }
        draw_tail(context, row, FontStyle::kM24);
        return;
    }
    Rect cards = row.take_left(room);
    if (small >= kLeastSmallCard) {
        for (Index i = 0; i < std::min(shown, all); ++i) {
            const Rect place{cards.x + static_cast<float>(i % columns) * (small + 3),
                             cards.y + static_cast<float>(i / columns) * 27,
                             small,
                             25};
            draw_small_card(context, terms[at(i)], at(i), place);
        }
    } else {
        draw_tiles(context, cards, shown);
    }
    draw_tail(context, row, FontStyle::kM24);
}

void draw_phone_products(Context& context, Rect rect) {
    constexpr float kTail = 102;
    card(context.ui, rect, context.theme().bg1);
    draw_head(context, {rect.x + 14, rect.y + 18, rect.w - 28, 0});
    Rect body{rect.x + 10, rect.y + 34, rect.w - 18, rect.h - 44};
    Rect cards = body.take_left(body.w - kTail, 4);
    const std::vector<Term>& terms = context.room().terms();
    const Index shown = context.room().playback.products_shown(std::ssize(terms));
    const Index columns = context.arithmetic().columns.taps;
    const Index rows = context.arithmetic().rows.taps;
    const float width = cards.w / static_cast<float>(columns);
    const float height = std::min(29.0F, cards.h / static_cast<float>(rows));
    if (width < kLeastSmallCard || height < 20) {
        draw_tiles(context, cards, shown);
    } else {
        for (Index i = 0; i < std::min(shown, std::ssize(terms)); ++i) {
            draw_small_card(context,
                            terms[at(i)],
                            at(i),
                            {cards.x + static_cast<float>(i % columns) * width,
                             cards.y + static_cast<float>(i / columns) * height,
                             width - 3,
                             height - 4});
        }
    }
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float middle = cards.y + height * static_cast<float>(rows) / 2 - 2;
    if (context.setup().operation != Operation::max_pool) {
        const bool mean = context.setup().operation == Operation::average_pool;
        canvas.text(
            {body.x + 6, middle}, mean ? "/" : "+", FontStyle::kM13, theme.t3, Align::kCenter);
        draw_last_step(context, {body.x + 15, middle - 17, 28, 34});
    }
    canvas.text({body.x + 53, middle}, "=", FontStyle::kM13, theme.t2, Align::kCenter);
    draw_result(context, {body.x + 62, middle - 19, 38, 38}, FontStyle::kM18);
}

}  // namespace convoscope::rooms::convolve
