#include "web/rooms/convolve/formula_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "web/rooms/convolve/library_card.h"
#include "web/rooms/convolve/stage_header.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/widgets/formula_strip.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using Kind = model::FormulaBox::Kind;

namespace {

constexpr float kRuler = 197;
constexpr float kRulerGap = 16;
constexpr float kPhoneFormula = 74;
constexpr float kPhoneCosts = 46;
constexpr float kPhoneAxis = 34;

/// The model's formula in the theme's colours.
FormulaBox coloured(const Theme& theme, const model::FormulaBox& box) {
    FormulaBox result{.kind = box.kind == Kind::fraction ? FormulaBox::Kind::kFraction
                              : box.kind == Kind::floor  ? FormulaBox::Kind::kFloor
                              : box.kind == Kind::row    ? FormulaBox::Kind::kRow
                                                         : FormulaBox::Kind::kText,
                      .text = box.text,
                      .color = color_of(theme, box.meaning),
                      .italic = box.variable,
                      .hat = box.hat,
                      .sign = box.kind == Kind::sign};
    for (const model::FormulaBox& part : box.parts) {
        result.parts.push_back(coloured(theme, part));
    }
    return result;
}

FormulaBox equals(const Theme& theme) {
    return {.text = "=", .color = theme.t3, .sign = true};
}

FormulaBox whole_formula(const Context& context, bool symbols) {
    const Theme& theme = context.theme();
    const model::SizeFormula& formula = context.room().formula();
    FormulaBox row{.kind = FormulaBox::Kind::kRow};
    row.parts.push_back({.text = "o", .color = theme.output, .italic = true});
    row.parts.push_back(equals(theme));
    if (symbols) {
        row.parts.push_back(coloured(theme, formula.symbols));
        row.parts.push_back(equals(theme));
    }
    row.parts.push_back(coloured(theme, formula.numbers));
    row.parts.push_back(equals(theme));
    row.parts.push_back(
        {.text = std::to_string(formula.result), .color = theme.output, .result = true});
    return row;
}

/// With symbols if they fit, large if that fits.
void draw_fitting(Context& context, Point at, float width, bool only_small) {
    const model::SizeFormula& formula = context.room().formula();
    const std::string line = "o = " + line_of(formula.symbols) + " = " + line_of(formula.numbers) +
                             " = " + std::to_string(formula.result);
    for (const bool symbols : {true, false}) {
        const FormulaBox box = whole_formula(context, symbols);
        for (const FormulaSize size : {FormulaSize::kLarge, FormulaSize::kSmall}) {
            const bool last = !symbols && size == FormulaSize::kSmall;
            const bool allowed = !(only_small && size == FormulaSize::kLarge);
            if (last || (allowed && formula_width(context.ui, box, size) <= width)) {
                formula_strip(
                    context.ui, "convolve.formula", "How many outputs fit", line, box, size, at);
                return;
            }
        }
    }
}

/// The padded axis as cells, and under it the windows that fit, in two lanes.
void draw_ruler(Context& context, Rect rect) {
    constexpr float kCell = 14;
    constexpr float kLane = 11;
    const model::WindowAxis& axis = context.room().told_windows();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float unit = whole_pitch(std::min(20.0F, rect.w / static_cast<float>(axis.count())));
    const float gap = unit >= 6 ? 2 : unit >= 4 ? 1 : 0;
    const bool merged = unit < 2;
    if (merged) {  // the pixels stand out, however many zeros lie between them
        canvas.fill({rect.x, rect.y, unit * static_cast<float>(axis.count()), kCell},
                    tint(theme.pad, 0.12F, theme.bg1));
    }
    for (Index i = 0; i < axis.count(); ++i) {
        const bool pixel = axis.positions[at(i)].kind == model::PositionKind::pixel;
        if (merged && !pixel) {
            continue;
        }
        const float width = std::max(unit - gap, 1.0F);
        const Rect cell{rect.x + static_cast<float>(i) * unit, rect.y, width, kCell};
        canvas.fill(
            cell,
            pixel ? tint(theme.input_fill, 0.45F, theme.bg1) : tint(theme.pad, 0.12F, theme.bg1),
            gap > 0 ? 3.0F : 0.0F);
        if (!pixel && unit >= 6) {
            canvas.hatch(cell, theme.pad.faded(0.6F), 5);
        }
        if (!axis.is_read(i) && unit >= 6) {
            canvas.outline(cell.inset(-2), theme.warn, radius::kTile, stroke::kSelect);
        }
    }
    const model::CellPlace current = context.room().current();
    const Index here = context.room().tells_height ? current.row : current.column;
    // Of windows nearer to each other only every few are shown.
    constexpr float kLeastApart = 4;
    const Index every =
        merged ? std::lround(std::ceil(kLeastApart / (unit * static_cast<float>(axis.stride)))) : 1;
    const Index lanes = unit * static_cast<float>(axis.extent()) > 24 ? 3 : 2;
    for (const bool active : {false, true}) {
        for (Index output = 0; output < axis.outputs; ++output) {
            if ((output == here) != active || (!active && output % every != 0)) {
                continue;
            }
            const float from = rect.x + static_cast<float>(axis.place(output, 0)) * unit + 1;
            const float to = from + static_cast<float>(axis.extent()) * unit - gap - 2;
            const float y = rect.y + 22 + static_cast<float>(output / every % lanes) * kLane;
            canvas.polyline(
                std::array<Point, 4>{{{from, y - 3}, {from, y + 2}, {to, y + 2}, {to, y - 3}}},
                active ? theme.output : tint(theme.output, 0.5F, theme.bg1),
                active ? 2.0F : stroke::kSelect);
        }
    }
}

/// "105.4 M" of what is too long to be written in full.
std::string short_number(Index number) {
    constexpr double kMillion = 1e6;
    return decimal_text(static_cast<double>(number) / kMillion, 1) + " M";
}

/// A product and what it comes to, as fully as there is room for.
void draw_fact(Context& context,
               const char* id,
               const std::string& name,
               const std::vector<Runs>& products,
               Index total,
               Rect row,
               const std::string& why) {
    constexpr Index kLong = 1'000'000;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    std::vector<std::string> totals{integer_text(total)};
    if (total >= kLong) {
        totals.push_back(short_number(total));
    }
    Runs shown;
    for (const Runs& product : products) {
        for (const std::string& number : totals) {
            Runs runs{{name + "  ", FontStyle::kMicro, theme.t3}};
            runs.insert(runs.end(), product.begin(), product.end());
            if (!product.empty()) {
                runs.push_back({" = ", FontStyle::kM12, theme.t3});
            }
            runs.push_back({number, FontStyle::kM12, theme.t1});
            if (shown.empty() || canvas.width(shown) > row.w) {
                shown = std::move(runs);
            }
        }
    }
    canvas.text({row.x, row.center_y()}, shown);
    interact(context.ui,
             {.id = id, .label = name, .role = Role::kText, .value = integer_text(total)},
             row,
             plain(context, why));
}

/// Weights and multiply-adds as products of what they come from.
void draw_costs(Context& context, Rect rect) {
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    if (is_pooling(setup.operation)) {
        context.ui.canvas().text({rect.x, rect.y + 8},
                                 "pooling has nothing to learn",
                                 FontStyle::kMicro,
                                 context.theme().t3);
        return;
    }
    const Theme& theme = context.theme();
    const auto text = [](Index number) { return std::to_string(number); };
    const bool several = setup.output_channels > 1 || setup.slices() > 1;
    std::string kernel = text(setup.height.kernel) + "·" + text(setup.width.kernel);
    if (several) {
        kernel = text(setup.output_channels) + "·" + text(setup.slices()) + "·" + kernel;
    }
    const bool back = setup.operation == model::Operation::transposed;
    const std::string cells =
        back ? text(setup.height.input) + "·" + text(setup.width.input)
             : text(arithmetic.output.rows) + "·" + text(arithmetic.output.columns);
    const Index weights = arithmetic.parameters - setup.output_channels;
    const Index places = arithmetic.multiply_accumulates / std::max<Index>(1, weights);
    draw_fact(context,
              "convolve.parameters",
              "weights",
              {{{kernel, FontStyle::kM12, theme.kernel},
                {" + " + text(setup.output_channels), FontStyle::kM12, theme.kernel}},
               {}},
              arithmetic.parameters,
              {rect.x, rect.y, rect.w, 18},
              "What is learned, however large the picture is: n filters of c/g · k · k weights, "
              "and a bias for each.");
    draw_fact(context,
              "convolve.macs",
              several || arithmetic.multiply_accumulates >= 1000 ? "MACs" : "multiply-adds",
              {{{cells, FontStyle::kM12, back ? theme.input : theme.output},
                {"·", FontStyle::kM12, theme.t3},
                {kernel, FontStyle::kM12, theme.kernel}},
               {{text(places), FontStyle::kM12, back ? theme.input : theme.output},
                {"·", FontStyle::kM12, theme.t3},
                {text(weights), FontStyle::kM12, theme.kernel}},
               {}},
              arithmetic.multiply_accumulates,
              {rect.x, rect.y + 18, rect.w, 18},
              "Multiply-adds: " + cells + " places times " + kernel +
                  " weights; those with padding's zeros are counted, as is usual.");
}

void draw_axis_choice(Context& context, Rect where) {
    const std::array<Segment, 2> segments{{{"height", "height"}, {"width", "width"}}};
    if (const auto chosen = segmented(
            context.ui, "convolve.axis", segments, context.room().tells_height ? 0 : 1, where)) {
        context.commands.push(model::commands::with(
            "convolve_tell", "axis", std::string_view(*chosen == 0 ? "height" : "width")));
    }
}

}  // namespace

void draw_formula_card(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    card(context.ui, rect, theme.bg1);
    Canvas canvas = context.ui.canvas();
    const model::WindowAxis& axis = context.room().told_windows();
    canvas.text({rect.x + 16, rect.y + 20}, "How many outputs fit?", FontStyle::kSmallS, theme.t1);
    if (!is_square(context.setup())) {
        draw_axis_choice(context, {rect.x + 160, rect.y + 7, 116, 26});
    }
    const float ruler_x = rect.right() - kRuler + 8;
    const float width = ruler_x - kRulerGap - rect.x - 20;
    if (is_one_card(context)) {
        draw_aside_choice(context, {ruler_x - 220, rect.y + 6, 196, 26});
    }
    draw_fitting(context, {rect.x + 20, rect.y + 68}, width, false);
    canvas.text({ruler_x, rect.y + 20},
                std::to_string(axis.outputs) +
                    (axis.outputs == 1 ? " window along one axis" : " windows along one axis"),
                FontStyle::kMicro,
                theme.t3);
    draw_ruler(context, {ruler_x, rect.y + 34, kRuler - 24, 0});
    draw_costs(context, {ruler_x, rect.bottom() - 46, kRuler - 24, 36});
    const model::AxisSetup& told = context.room().told_axis();
    canvas.push_clip({rect.x, rect.y, ruler_x - rect.x - 8, rect.h});
    canvas.text({rect.x + 16, rect.bottom() - 22},
                runs_of(theme, explain_remainder(context.setup(), told, axis), FontStyle::kSmall));
    canvas.pop_clip();
}

float phone_formula_height(const Context& context) {
    return kPhoneFormula + kPhoneCosts + (is_square(context.setup()) ? 0.0F : kPhoneAxis);
}

void draw_phone_formula(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    card(context.ui, rect, theme.bg1);
    if (!is_square(context.setup())) {
        draw_axis_choice(context, rect.take_top(kPhoneAxis).inset(space::k12, space::k4));
    }
    draw_costs(context, rect.take_bottom(kPhoneCosts).inset(space::k12, 0));
    const Relationship& relationship = context.room().told_relationship();
    const std::string name = relationship.number > 0
                                 ? "relationship " + std::to_string(relationship.number)
                                 : std::string("no number");
    Canvas canvas = context.ui.canvas();
    const float room = rect.w - 24;
    draw_fitting(context, {rect.x + 12, rect.y + 37}, room - 112, true);
    const float x = rect.right() - 112;
    canvas.text({x, rect.y + 27}, name, FontStyle::kSmallM, theme.t2);
    canvas.clipped_text({x, rect.y + 46}, 104, relationship.name, FontStyle::kSmall, theme.t3);
    interact(context.ui,
             {.id = kRelationshipId,
              .label = "Relationship",
              .role = Role::kText,
              .value = name + ", " + std::string(relationship.name)},
             {x, rect.y + space::k12, 104, kPhoneFormula - 2 * space::k12},
             plain(context, relationship_words(relationship)));
}

}  // namespace convoscope::rooms::convolve
