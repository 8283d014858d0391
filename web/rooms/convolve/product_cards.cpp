#include "web/rooms/convolve/product_cards.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "web/rooms/convolve/channel_sums.h"
#include "web/rooms/convolve/product_tail.h"
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
constexpr float kLeastRow = 20;
constexpr float kLeastForTwoLines = 24;  ///< of a small card: the factors above their product

/// The window's values as they are: pooling on the way forth multiplies nothing.
bool shows_values_alone(const Context& context) {
    return is_pooling(context.setup().operation) && !context.room().backward();
}

bool is_maximum(const Context& context) {
    return context.setup().operation == Operation::max_pool && !context.room().backward();
}

/// What stands second in a product: a weight, or in a weight's gradient the input.
Color factor_color(const Context& context, const Term& term) {
    const Theme& theme = context.theme();
    if (context.room().backward() && context.room().summed().kind == model::Target::Kind::weight) {
        return theme.input;
    }
    return theme.dark ? identity_of(context, term.weight) : theme.kernel;
}

/// "3 · (−2)", coloured.
Runs factors_of(Context& context, const Term& term, FontStyle style, FontStyle dot) {
    const Theme& theme = context.theme();
    Runs runs{
        {value_text(term.value), style, context.room().backward() ? theme.grad : theme.input}};
    if (shows_values_alone(context)) {
        return runs;
    }
    const std::string factor = value_text(term.factor);
    const bool small = style != FontStyle::kM15;
    runs.push_back({small ? "·" : " · ", dot, theme.t3});
    runs.push_back(
        {term.factor < 0 ? "(" + factor + ")" : factor, style, factor_color(context, term)});
    return runs;
}

/// A term that changes nothing is dimmed.
bool is_idle(Context& context, const Term& term) {
    return is_maximum(context) ? !term.wins : term.product == 0.0;
}

/// Every card answers the pointer with the sum up to it.
void explain_card(Context& context, const Term& term, std::size_t number, Rect rect) {
    const bool pooling = shows_values_alone(context);
    const std::string factors = pooling ? value_text(term.value)
                                        : value_text(term.value) + " · " + value_text(term.factor) +
                                              " = " + value_text(term.product);
    std::string why = "Product " + std::to_string(number + 1) + ": " + factors;
    if (pooling) {
        why = "Value " + std::to_string(number + 1) + ": " + factors;
    }
    if (!is_maximum(context)) {
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
    if (shows_values_alone(context)) {
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

constexpr float kAroundSmall = 13;  ///< of a small card's width, not for text

std::string small_result(const Context& context, const Term& term) {
    return value_text(shows_values_alone(context) ? term.value : term.product);
}

/// Whether a small card has room for factors and product in one line.
bool fits_one_line(Context& context, const Term& term, float width) {
    const Canvas canvas = context.ui.canvas();
    return canvas.width(factors_of(context, term, FontStyle::kM12, FontStyle::kM12)) + 3 +
               canvas.width(small_result(context, term), FontStyle::kM12) <=
           width - kAroundSmall;
}

/// Factors and product in one line, or where that is too little above each other; the identity at
/// the left.
void draw_small_card(
    Context& context, const Term& term, std::size_t number, bool one_line, Rect rect) {
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
    const bool pooling = shows_values_alone(context);
    const std::string product = small_result(context, term);
    const float room = rect.w - kAroundSmall;
    float y = rect.center_y();
    if (one_line && !pooling) {
        canvas.text({rect.x + 8, y}, factors_of(context, term, FontStyle::kM12, FontStyle::kM12));
    } else if (!pooling && rect.h >= kLeastForTwoLines) {
        const Runs above = factors_of(context, term, FontStyle::kM11, FontStyle::kM11);
        canvas.push_clip(rect);
        canvas.text({rect.x + 7, y - 6}, above);
        canvas.pop_clip();
        y += 6;
    }
    canvas.text({rect.right() - 5, y},
                product,
                fitting_style(context.ui, product, room, FontStyle::kM12),
                idle ? theme.t3 : theme.t1,
                Align::kRight);
    explain_card(context, term, number, rect);
}

/// Too many for numbers: a heat map of the products.
void draw_tiles(Context& context, std::span<const Term> terms, Index shown, Rect rect) {
    const auto columns = static_cast<Index>(context.arithmetic().columns.taps * 2);
    const Index rows = (std::ssize(terms) + columns - 1) / columns;
    const float width = rect.w / static_cast<float>(columns);
    const float height = rect.h / static_cast<float>(rows);
    const double greatest = greatest_magnitude(terms, &Term::product);
    Canvas canvas = context.ui.canvas();
    for (Index i = 0; i < shown; ++i) {
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

/// Those of the channel in front, or backwards of the filter.
struct FrontTerms {
    std::span<const Term> terms;
    Index shown = 0;
};

FrontTerms front_terms(const Context& context) {
    const model::Model& room = context.room();
    const Index each = std::ssize(room.terms()) / room.parts();
    const Index before = each * room.front_part();
    return {std::span(room.terms()).subspan(at(before), at(each)),
            std::clamp<Index>(room.terms_shown() - before, 0, each)};
}

std::string products_text(const std::vector<Term>& terms) {
    const auto idle = std::ranges::count(terms, 0.0, &Term::product);
    return std::to_string(terms.size()) + (terms.size() == 1 ? " product, " : " products, ") +
           std::to_string(std::ssize(terms) - idle) + " of them not zero";
}

/// "output [1, 2] = window · kernel + bias", and how many terms there are.
struct Head {
    Runs runs;
    std::string count;
};

Head forward_head(Context& context, float width) {
    const Theme& theme = context.theme();
    const model::CellPlace current = context.told_output();
    const std::vector<Term>& terms = context.room().terms();
    Head head{{{"output", FontStyle::kSmallM, theme.output},
               {" " + place_text(current), FontStyle::kM12, theme.output},
               {" = ", FontStyle::kSmall, theme.t3}},
              std::to_string(terms.size()) + " values"};
    if (is_pooling(context.setup().operation)) {
        head.runs.push_back({is_maximum(context) ? "the greatest of the " : "the mean of the ",
                             FontStyle::kSmallM,
                             theme.kernel});
        head.runs.push_back({"window", FontStyle::kSmallM, theme.input});
        return head;
    }
    constexpr float kLeastForWords = 400;
    if (context.setup().slices() > 1 && width >= kLeastForWords) {
        head.runs.push_back({"sum over the channels of ", FontStyle::kSmall, theme.t3});
    }
    head.runs.push_back({"window", FontStyle::kSmallM, theme.input});
    head.runs.push_back({" · ", FontStyle::kSmall, theme.t3});
    head.runs.push_back({"kernel + bias", FontStyle::kSmallM, theme.kernel});
    head.count = products_text(terms);
    return head;
}

/// "gradient of input [1, 2] = sum over the outputs that it fed of error · weight".
Head backward_head(Context& context, float width) {
    const Theme& theme = context.theme();
    const model::Target summed = context.room().summed();
    const bool weight = summed.kind == model::Target::Kind::weight;
    const std::optional<model::CellPlace> pixel = summed.kind == model::Target::Kind::grid
                                                      ? pixel_at(context.arithmetic(), summed.place)
                                                      : std::nullopt;
    const Color color = weight ? theme.kernel : theme.input;
    std::string name = "padding";
    if (weight) {
        name = "weight " + place_text(summed.place);
    } else if (pixel) {
        name = "input " + place_text(*pixel);
    }
    constexpr float kLeastForWords = 480;
    const char* over = weight ? "sum over all windows of " : "sum over the outputs that it fed of ";
    const char* factor = weight                                  ? "input"
                         : is_pooling(context.setup().operation) ? "share"
                                                                 : "weight";
    return {{{"gradient of ", FontStyle::kSmallM, theme.grad},
             {name, FontStyle::kSmallM, color},
             {" = ", FontStyle::kSmall, theme.t3},
             {width >= kLeastForWords ? over : "sum of ", FontStyle::kSmall, theme.t3},
             {"error", FontStyle::kSmallM, theme.grad},
             {" · ", FontStyle::kSmall, theme.t3},
             {factor, FontStyle::kSmallM, weight ? theme.input : theme.kernel}},
            products_text(context.room().terms())};
}

void draw_head(Context& context, Rect rect) {
    const Head head =
        context.room().backward() ? backward_head(context, rect.w) : forward_head(context, rect.w);
    Canvas canvas = context.ui.canvas();
    const float width = canvas.text({rect.x, rect.y}, head.runs);
    if (width + canvas.width(head.count, FontStyle::kMicro) + 16 < rect.w) {
        canvas.text({rect.right(), rect.y},
                    head.count,
                    FontStyle::kMicro,
                    context.theme().t3,
                    Align::kRight);
    }
}

/// Whether the factors of all products are no wider than a card.
bool fit_cards(Context& context, std::span<const Term> terms, float width) {
    constexpr float kBorders = 4;
    const Canvas canvas = context.ui.canvas();
    return std::ranges::all_of(terms, [&](const Term& term) {
        return canvas.width(factors_of(context, term, FontStyle::kM11, FontStyle::kM11)) <=
               width - kBorders;
    });
}

/// One row with room for all numbers.
void draw_row(Context& context, std::span<const Term> terms, Index shown, float width, Rect row) {
    Canvas canvas = context.ui.canvas();
    const bool maximum = is_maximum(context);
    const Index all = std::ssize(terms);
    const bool wide = width >= kCardWidth;
    for (Index i = 0; i < shown; ++i) {
        draw_card(context, terms[at(i)], at(i), row.take_left(width));
        const Rect gap = row.take_left(wide ? kPlus : kNarrowPlus);
        if (i + 1 < std::min(all, shown)) {
            canvas.text(gap.center(),
                        maximum ? "," : "+",
                        wide ? FontStyle::kM13 : FontStyle::kM11,
                        context.theme().t3,
                        Align::kCenter);
        }
    }
}

/// In as many columns as the rectangle allows; without numbers when there are too many.
void draw_block(Context& context,
                std::span<const Term> terms,
                Index shown,
                Index columns,
                float row_height,
                Rect cards) {
    const float width = std::floor(cards.w / static_cast<float>(columns)) - 3;
    if (width < kLeastSmallCard || row_height < kLeastRow) {
        draw_tiles(context, terms, shown, cards);
        return;
    }
    const float height = std::min(row_height - 2, 25.0F);
    // One way for all, so that they are read as a table.
    const bool two_lines =
        height >= kLeastForTwoLines && !std::ranges::all_of(terms, [&](const Term& term) {
            return fits_one_line(context, term, width);
        });
    for (Index i = 0; i < shown; ++i) {
        draw_small_card(context,
                        terms[at(i)],
                        at(i),
                        !two_lines && fits_one_line(context, terms[at(i)], width),
                        {cards.x + static_cast<float>(i % columns) * (width + 3),
                         cards.y + static_cast<float>(i / columns) * row_height,
                         width,
                         height});
    }
}

}  // namespace

void draw_product_cards(Context& context, Rect rect, float kept) {
    card(context.ui, rect, context.theme().bg1);
    Rect body = rect.inset(space::kCardPadding, 0);
    draw_head(context, {body.x, rect.y + 19, body.w - kept, 0});
    Rect row{body.x, rect.y + kHead, body.w, kCardHeight};
    const FrontTerms front = front_terms(context);
    const auto count = static_cast<float>(std::max<std::size_t>(1, front.terms.size()));
    const float room = row.w - product_tail_width(context) - channel_sums_width(context, row.w / 2);
    const bool wide = count * kCardWidth + (count - 1) * kPlus <= room;
    const float plus = wide ? kPlus : kNarrowPlus;
    const float width = std::min(kCardWidth, std::floor((room - (count - 1) * plus) / count));
    if (width >= kLeastCard && fit_cards(context, front.terms, width)) {
        draw_row(context,
                 front.terms,
                 front.shown,
                 width,
                 row.take_left(count * width + (count - 1) * plus));
    } else {
        draw_block(context,
                   front.terms,
                   front.shown,
                   std::max<Index>((std::ssize(front.terms) + 1) / 2, 1),
                   27,
                   row.take_left(room));
    }
    draw_channel_sums(context, row.take_left(channel_sums_width(context, body.w / 2)));
    draw_product_tail(context, row, FontStyle::kM24);
}

void draw_phone_products(Context& context, Rect rect) {
    constexpr float kTail = 102;
    card(context.ui, rect, context.theme().bg1);
    draw_head(context, {rect.x + 14, rect.y + 18, rect.w - 28, 0});
    Rect body{rect.x + 10, rect.y + 34, rect.w - 18, rect.h - 44};
    if (context.room().parts() > 1) {
        Rect sums = body.take_bottom(kPhoneSums, 6);
        draw_channel_sums(context, sums);
    }
    Rect cards = body.take_left(body.w - kTail, 4);
    const FrontTerms front = front_terms(context);
    const Index taps = context.arithmetic().columns.taps;
    const auto rows = static_cast<float>(std::max<Index>(
        context.arithmetic().rows.taps, (std::ssize(front.terms) + taps - 1) / taps));
    const float height = std::min(29.0F, cards.h / rows);
    draw_block(context, front.terms, front.shown, taps, height, cards);
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float middle = cards.y + std::min(height * rows, cards.h) / 2 - 2;
    if (!context.room().backward() && context.setup().operation != Operation::max_pool) {
        const bool mean = context.setup().operation == Operation::average_pool;
        canvas.text(
            {body.x + 6, middle}, mean ? "/" : "+", FontStyle::kM13, theme.t3, Align::kCenter);
        draw_last_step(context, {body.x + 15, middle - 17, 28, 34});
    }
    canvas.text({body.x + 53, middle}, "=", FontStyle::kM13, theme.t2, Align::kCenter);
    draw_result(context, {body.x + 62, middle - 19, 38, 38}, FontStyle::kM18);
}

}  // namespace convoscope::rooms::convolve
