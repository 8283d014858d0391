#include "web/rooms/convolve/learning_cards.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "web/models/convolve/learning_explanation.h"
#include "web/models/table.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/chart.h"
#include "web/widgets/formula_strip.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Learning;
using model::Target;

namespace {

constexpr float kKernels = 364;

/// The weight that is pointed at, or the one with the steepest slope.
CellPlace told_weight(const Context& context) {
    const Target& told = context.room().told_target();
    if (told.kind == Target::Kind::weight) {
        return told.place;
    }
    const model::NumberGrid& slopes = context.room().learning().slope.weights;
    CellPlace steepest;
    for (Index i = 0; i < slopes.plane_cells(); ++i) {
        const CellPlace place{i / slopes.columns, i % slopes.columns};
        if (std::abs(slopes.value(place.row, place.column)) >
            std::abs(slopes.value(steepest.row, steepest.column))) {
            steepest = place;
        }
    }
    return steepest;
}

FormulaBox text_box(const std::string& text, Color color) {
    return {.text = text, .color = color};
}

FormulaBox sign(const Theme& theme, const char* text) {
    return {.text = text, .color = theme.t3, .sign = true};
}

FormulaBox update_box(const Theme& theme, const model::UpdateFormula& update, bool symbols) {
    FormulaBox row{.kind = FormulaBox::Kind::kRow};
    if (symbols) {
        row.parts = {{.text = "w", .color = theme.kernel, .italic = true},
                     text_box(" " + update.place, theme.kernel),
                     sign(theme, "−"),
                     text_box("rate", theme.t2),
                     sign(theme, "·"),
                     {.text = "dL/dw", .color = theme.grad, .italic = true},
                     sign(theme, "=")};
    }
    row.parts.push_back(text_box(update.before, theme.kernel));
    row.parts.push_back(sign(theme, "−"));
    row.parts.push_back(text_box(update.rate, theme.t2));
    row.parts.push_back(sign(theme, "·"));
    row.parts.push_back(text_box(update.slope, theme.grad));
    row.parts.push_back(sign(theme, "="));
    row.parts.push_back(text_box(update.after, theme.kernel));
    return row;
}

/// At most a point a pixel or two.
std::vector<LinePoint> thinned(const std::vector<double>& losses) {
    constexpr std::size_t kMostPoints = 300;
    const std::size_t stride = losses.size() / kMostPoints + 1;
    std::vector<LinePoint> points;
    for (std::size_t i = 0; i < losses.size(); i += stride) {
        points.push_back({static_cast<double>(i), losses[i]});
    }
    if (points.back().x + 0.5 < static_cast<double>(losses.size() - 1)) {
        points.push_back({static_cast<double>(losses.size() - 1), losses.back()});
    }
    return points;
}

void draw_curve(Context& context, Rect rect) {
    constexpr double kLeast = 1e-12;
    const Theme& theme = context.theme();
    const Learning& learning = context.room().learning();
    card(context.ui, rect, theme.bg1);
    Canvas canvas = context.ui.canvas();
    const float title = canvas.text(
        {rect.x + 16, rect.y + 20}, "Mean squared difference", FontStyle::kSmallS, theme.t1);
    canvas.clipped_text({rect.x + 30 + title, rect.y + 20},
                        rect.w - title - 46,
                        "this is the loss L; every step is to make it smaller",
                        FontStyle::kMicro,
                        theme.t3);
    double least = learning.losses.front();
    double most = least;
    for (const double loss : learning.losses) {
        least = std::min(least, loss);
        most = std::max(most, loss);
    }
    most = std::max(most, kLeast * 10);
    const std::vector<LinePoint> points = thinned(learning.losses);
    std::vector<BandPoint> curve;
    for (const LinePoint& point : points) {
        curve.push_back({point.x, point.y, point.y, point.y});
    }
    chart(context.ui,
          {.id = "convolve.learn.loss",
           .title = "Mean squared difference",
           .train = curve,
           .held = {},
           .train_headline = models::table_number(learning.loss()),
           .held_headline = "",
           .train_name = "loss",
           .held_name = "",
           .x_max = static_cast<double>(std::max<Index>(20, learning.steps())),
           .y_min = std::pow(10.0, std::floor(std::log10(std::max(least, kLeast)))),
           .y_max = std::pow(10.0, std::ceil(std::log10(most) + 1e-9)),
           .log_y = true,
           .now = static_cast<double>(learning.steps()),
           .compact = true,
           .in_card = false},
          {rect.x + 6, rect.y + 28, rect.w - 12, rect.h - 30});
}

/// A kernel with its numbers, or question marks.
void draw_kernel(Context& context,
                 const char* id,
                 const char* label,
                 const model::NumberGrid& weights,
                 bool shown,
                 Rect rect) {
    const Theme& theme = context.theme();
    const Index slice = context.room().slice();
    const float pitch = std::max(2.0F,
                                 std::floor(std::min(rect.w / static_cast<float>(weights.columns),
                                                     rect.h / static_cast<float>(weights.rows))));
    const double greatest = end_of_scale(weights.values);
    const ValueGridSpec spec{.id = id,
                             .label = label,
                             .value = shown ? size_text(weights.rows, weights.columns) : "hidden",
                             .rows = static_cast<int>(weights.rows),
                             .columns = static_cast<int>(weights.columns),
                             .pitch = pitch,
                             .quantity = Quantity::kKernel};
    const CellOf cell = [&](int row, int column) {
        const double value = weights.value(slice, row, column);
        Cell made{.text = shown ? cell_text(value, pitch < kNarrowPitch ? 1 : 2) : "?"};
        made.state = CellState::kComputed;
        made.fill = shown
                        ? diverging(theme, static_cast<float>(value), static_cast<float>(greatest))
                        : theme.bg3;
        made.style = cell_style(context.ui, made.text, pitch + 4, FontStyle::kM12);
        return made;
    };
    const Point at{rect.x, rect.y};
    const GridResult result = grid_fills(context.ui, spec, at, cell);
    grid_numbers(context.ui, spec, at, cell, result);
}

void draw_kernels(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    const Learning& learning = context.room().learning();
    card(context.ui, rect, theme.bg1);
    Canvas canvas = context.ui.canvas();
    const float half = (rect.w - 32) / 2;
    const Rect left{rect.x + 16, rect.y + 36, half - 16, rect.h - 46};
    const Rect right{rect.x + 16 + half, left.y, half, left.h};
    canvas.text({left.x, rect.y + 20}, "Learned so far", FontStyle::kSmallS, theme.t1);
    draw_kernel(
        context, "convolve.learn.learned", "Learned kernel", learning.filter.weights, true, left);
    if (learning.hidden.empty()) {
        canvas.text({right.x, rect.y + 20}, "No hidden kernel", FontStyle::kSmallS, theme.t3);
        canvas.paragraph({right.x, right.y + 8},
                         right.w,
                         "You painted the target: perhaps no kernel makes it. Watch how near the "
                         "filter comes.",
                         FontStyle::kSmall,
                         theme.t2,
                         17);
        return;
    }
    const bool shown = learning.ended() && learning.state != model::LearningState::diverged;
    canvas.text({right.x, rect.y + 20},
                shown ? "Hidden kernel" : "Hidden until learned",
                FontStyle::kSmallS,
                shown ? theme.t1 : theme.t3);
    draw_kernel(
        context, "convolve.learn.hidden", "Hidden kernel", learning.hidden_weights, shown, right);
}

}  // namespace

void draw_update_card(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    const Learning& learning = context.room().learning();
    const model::UpdateFormula update = model::update_formula(learning, told_weight(context));
    card(context.ui, rect, theme.bg1);
    Canvas canvas = context.ui.canvas();
    const float title = canvas.text(
        {rect.x + 16, rect.y + 20}, "The next step of one weight", FontStyle::kSmallS, theme.t1);
    canvas.clipped_text({rect.x + 30 + title, rect.y + 20},
                        rect.w - title - 46,
                        context.room().told_target().kind == Target::Kind::weight
                            ? "the one that you point at"
                            : "the one with the steepest gradient; point at another",
                        FontStyle::kMicro,
                        theme.t3);
    for (const bool symbols : {true, false}) {
        for (const FormulaSize size : {FormulaSize::kLarge, FormulaSize::kSmall}) {
            const FormulaBox box = update_box(theme, update, symbols);
            const bool last = !symbols && size == FormulaSize::kSmall;
            if (last || formula_width(context.ui, box, size) <= rect.w - 40) {
                formula_strip(context.ui,
                              "convolve.learn.update",
                              "Next step",
                              update.line(),
                              box,
                              size,
                              {rect.x + 20, rect.y + rect.h * 0.6F});
                return;
            }
        }
    }
}

void draw_learning_cards(Context& context, Rect rect) {
    const bool phone = context.page_width < breakpoint::kPhone;
    const Rect kernels = phone ? rect.take_bottom(142, space::k12)
                               : rect.take_right(std::min(kKernels, rect.w * 0.45F), space::k12);
    draw_curve(context, rect);
    draw_kernels(context, kernels);
}

}  // namespace convoscope::rooms::convolve
