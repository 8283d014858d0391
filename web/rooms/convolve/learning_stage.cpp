#include "web/rooms/convolve/learning_stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/kernel_card.h"
#include "web/rooms/convolve/stage_frame.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_legend.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Learning;
using model::PositionKind;
using model::Target;

namespace {

constexpr float kCellGap = 2;

/// Where everything lies; of `stage` only input and kernel are used.
struct LearningLayout {
    StageLayout stage;
    std::array<Point, 3> grids;  ///< output, target, difference
    float pitch = 0.0F;
    float sign = 0.0F;  ///< the room between two of them
};

LearningLayout lay_out_wide(const Context& context, Rect area) {
    constexpr float kMargin = 42;
    constexpr float kLabels = 30;
    constexpr float kLegend = 30;
    const model::Arithmetic& made = context.arithmetic();
    const model::Setup& setup = context.setup();
    const float height = area.h - kLabels - kLegend;
    const float width = area.w - 2 * kMargin;
    const auto rows = made.output.rows;
    const auto columns = made.output.columns;
    LearningLayout layout;
    layout.sign = 34;
    layout.stage.legend_y = area.bottom() - 24;
    layout.stage.input_pitch = std::min(cell_pitch(height, made.rows.count(), 36),
                                        cell_pitch(width * 0.24F, made.columns.count(), 36));
    layout.stage.kernel_pitch = std::min(cell_pitch(height - 70, setup.height.kernel, 48),
                                         cell_pitch(width * 0.14F, setup.width.kernel, 44));
    layout.pitch = std::min(cell_pitch(height, rows, 48),
                            cell_pitch((width * 0.55F - 2 * layout.sign) / 3, columns, 48));
    const float middle = area.y + kLabels + height / 2;
    const auto top = [middle](Index cells, float pitch) {
        return std::round(middle - static_cast<float>(cells) * pitch / 2);
    };
    const float one = static_cast<float>(columns) * layout.pitch;
    const float first = area.right() - kMargin - 3 * one - 2 * layout.sign;
    for (std::size_t i = 0; i < layout.grids.size(); ++i) {
        layout.grids[i] = {first + static_cast<float>(i) * (one + layout.sign),
                           top(rows, layout.pitch)};
    }
    layout.stage.input = {area.x + kMargin, top(made.rows.count(), layout.stage.input_pitch)};
    const float right =
        layout.stage.input.x + static_cast<float>(made.columns.count()) * layout.stage.input_pitch;
    const float kernel = static_cast<float>(setup.width.kernel) * layout.stage.kernel_pitch;
    layout.stage.kernel = {std::round((right + first - kernel) / 2),
                           top(setup.height.kernel, layout.stage.kernel_pitch)};
    return layout;
}

LearningLayout lay_out_phone(const Context& context, Rect area) {
    constexpr float kLabels = 22;
    const model::Arithmetic& made = context.arithmetic();
    const model::Setup& setup = context.setup();
    LearningLayout layout;
    layout.sign = 20;
    layout.stage.phone = true;
    const float columns = static_cast<float>(made.output.columns);
    layout.pitch = std::min(cell_pitch((area.w - 2 * layout.sign) / 3, made.output.columns, 30),
                            cell_pitch(116, made.output.rows, 30));
    const float grids = layout.pitch * static_cast<float>(made.output.rows);
    const float upper = area.h - grids - 2 * kLabels - 8;
    layout.stage.input_pitch = std::min(cell_pitch(upper, made.rows.count(), 30),
                                        cell_pitch(area.w - 150, made.columns.count(), 30));
    layout.stage.input = {area.x, area.y + kLabels};
    layout.stage.kernel_pitch = cell_pitch(
        std::min(upper - 16, 124.0F), std::max(setup.height.kernel, setup.width.kernel), 40);
    layout.stage.kernel = {
        area.right() - 8 - static_cast<float>(setup.width.kernel) * layout.stage.kernel_pitch,
        area.y + kLabels + 8};
    const float one = columns * layout.pitch;
    const float step = (area.w - one) / 2;
    for (std::size_t i = 0; i < layout.grids.size(); ++i) {
        layout.grids[i] = {area.x + static_cast<float>(i) * step, area.bottom() - grids};
    }
    layout.sign = step - one;
    return layout;
}

/// How the cells look in this frame.
class LearningCells {
  public:
    LearningCells(const Context& context, const LearningLayout& layout)
        : context_(context),
          layout_(layout),
          greatest_input_(end_of_scale(context.setup().image.values)),
          greatest_(end_of_scale(context.room().learning().target.values)) {}

    [[nodiscard]] double greatest() const { return greatest_; }
    [[nodiscard]] double greatest_input() const { return greatest_input_; }

    [[nodiscard]] Cell input(int row, int column) const {
        const model::Arithmetic& made = context_.arithmetic();
        const model::Position& y = made.rows.positions[at(row)];
        const model::Position& x = made.columns.positions[at(column)];
        const float pitch = layout_.stage.input_pitch;
        if (y.source < 0 || x.source < 0) {
            return {.state = CellState::kPadding};
        }
        const double value =
            context_.setup().image.value(context_.room().channel(), y.source, x.source);
        Cell cell{.text = cell_value_text(context_.ui, value, pitch)};
        const auto share = static_cast<float>(value / greatest_input_);
        const bool pixel = y.kind == PositionKind::pixel && x.kind == PositionKind::pixel;
        cell.state = pixel ? CellState::kValue : CellState::kPadding;
        cell.fill = heat() ? signed_fill(value, greatest_input_)
                           : cell_fill(context_.theme(), context_.theme().input, share);
        cell.style = cell_style(context_.ui, cell.text, pitch, FontStyle::kM15);
        return cell;
    }

    [[nodiscard]] Cell kernel(int row, int column) const {
        Cell cell{.fill = identity_of(context_, {row, column})};
        cell.text =
            cell_text(context_.setup().weights.value(context_.room().weight_plane(), row, column),
                      layout_.stage.kernel_pitch < kNarrowPitch ? 1 : 2);
        cell.style =
            cell_style(context_.ui, cell.text, layout_.stage.kernel_pitch, FontStyle::kM15);
        cell.pinned = context_.room().pinned == Target{Target::Kind::weight, {row, column}};
        return cell;
    }

    /// Of the output, the target, or the difference.
    [[nodiscard]] Cell result(std::size_t which, int row, int column) const {
        const Theme& theme = context_.theme();
        const double value = grid(which).value(row, column);
        const auto share = std::min(1.0F, static_cast<float>(std::abs(value) / greatest_));
        Cell cell{.text = value_text(value, layout_.pitch < kNarrowPitch)};
        cell.state = CellState::kComputed;
        const Color ink =
            ink_of_sign(theme, which == 2 ? theme.grad_fill : theme.output_fill, value);
        cell.fill = heat() ? signed_fill(value, greatest_)
                           : tint(ink, (which == 2 ? 0.02F : 0.08F) + 0.6F * share, theme.bg1);
        cell.style = cell_style(context_.ui, cell.text, layout_.pitch, FontStyle::kM15);
        const Target place{Target::Kind::output, {row, column}};
        if (context_.room().told_target() == place) {
            cell.lit = true;
            cell.light = theme.t1;
        }
        cell.pinned = context_.room().pinned == place;
        return cell;
    }

    [[nodiscard]] const model::NumberGrid& grid(std::size_t which) const {
        const Learning& learning = context_.room().learning();
        return which == 0   ? learning.slope.output
               : which == 1 ? learning.target
                            : learning.slope.difference;
    }

  private:
    [[nodiscard]] bool heat() const { return context_.room().view != model::CellView::numbers; }
    [[nodiscard]] Color signed_fill(double value, double greatest) const {
        return diverging(context_.theme(), static_cast<float>(value), static_cast<float>(greatest));
    }

    const Context& context_;
    const LearningLayout& layout_;
    double greatest_input_ = 1.0;
    double greatest_ = 1.0;
};

struct Named {
    const char* id;
    const char* label;
    Quantity quantity;
};
constexpr std::array<Named, 3> kGrids{
    {{"convolve.grid.output", "Output", Quantity::kOutput},
     {"convolve.grid.target", "Target", Quantity::kOutput},
     {"convolve.grid.difference", "Difference", Quantity::kGradient}}};

std::string target_caption(const Learning& learning) {
    return learning.hidden.empty() ? "painted" : "hidden kernel's";
}

void draw_labels(Context& context, const LearningLayout& layout, const LearningCells& cells) {
    const model::Setup& setup = context.setup();
    const Learning& learning = context.room().learning();
    const bool phone = layout.stage.phone;
    const float above = phone ? 12 : 20;
    const std::array<std::string, 3> captions{"", target_caption(learning), "should be 0"};
    const float room = static_cast<float>(context.arithmetic().output.columns) * layout.pitch;
    for (std::size_t i = 0; i < kGrids.size(); ++i) {
        draw_stage_label(context,
                         {layout.grids[i].x, layout.grids[i].y - above},
                         kGrids[i].quantity,
                         kGrids[i].label,
                         room >= 150 ? captions[i] : "");
    }
    draw_stage_label(context,
                     {layout.stage.input.x, layout.stage.input.y - above},
                     Quantity::kInput,
                     "Input",
                     phone ? "" : size_text(setup.height.input, setup.width.input));
    const Rect card = layout.stage.kernel_card(setup);
    draw_stage_label(context,
                     {card.x, card.y + 4 - (phone ? 16.0F : 20.0F)},
                     Quantity::kKernel,
                     "Kernel",
                     phone ? "" : "learns");
    if (phone) {
        return;
    }
    constexpr float kLegendWidth = 150;
    draw_stage_legend(context,
                      "convolve.legend.input",
                      Quantity::kInput,
                      cells.greatest_input(),
                      {layout.stage.input.x, layout.stage.legend_y, kLegendWidth, 0});
    draw_stage_legend(context,
                      "convolve.legend.output",
                      Quantity::kOutput,
                      cells.greatest(),
                      {layout.grids[0].x, layout.stage.legend_y, kLegendWidth, 0});
}

/// The place in the input that an output's window covers.
Rect window_of(const Context& context,
               const LearningLayout& layout,
               const ValueGridSpec& input,
               CellPlace output) {
    const model::Arithmetic& made = context.arithmetic();
    const auto row = static_cast<float>(made.rows.place(output.row, 0));
    const auto column = static_cast<float>(made.columns.place(output.column, 0));
    return cells_between(input,
                         layout.stage.input,
                         {column, row},
                         {column + static_cast<float>(made.columns.extent() - 1),
                          row + static_cast<float>(made.rows.extent() - 1)});
}

}  // namespace

void draw_learning_stage(Context& context, Rect area) {
    const model::Setup& setup = context.setup();
    const model::Arithmetic& made = context.arithmetic();
    const model::Model& room = context.room();
    const bool phone = context.page_width < breakpoint::kPhone;
    const LearningLayout layout =
        phone ? lay_out_phone(context, area) : lay_out_wide(context, area);
    const LearningCells cells(context, layout);
    const bool hide = room.view == model::CellView::heat;
    const bool paints = room.tool == model::Tool::paint;
    ValueGridSpec input = stage_grids(context, layout.stage).input;
    input.label = "Input";
    input.value = size_text(setup.height.input, setup.width.input);
    input.quantity = Quantity::kInput;
    input.takes_strokes = paints;
    const CellOf input_cell = [&cells](int row, int column) { return cells.input(row, column); };
    const GridResult on_input = grid_fills(context.ui, input, layout.stage.input, input_cell);
    grid_numbers(context.ui, input, layout.stage.input, input_cell, on_input);
    draw_labels(context, layout, cells);
    const GridResult on_kernel = draw_kernel_card(
        context, layout.stage, [&cells](int row, int column) { return cells.kernel(row, column); });
    GridResult on_output;
    for (std::size_t i = 0; i < kGrids.size(); ++i) {
        const ValueGridSpec spec{.id = kGrids[i].id,
                                 .label = kGrids[i].label,
                                 .value = size_text(made.output.rows, made.output.columns),
                                 .rows = static_cast<int>(made.output.rows),
                                 .columns = static_cast<int>(made.output.columns),
                                 .pitch = layout.pitch,
                                 .quantity = kGrids[i].quantity,
                                 .hide_numbers = hide,
                                 .takes_strokes = paints && i == 1};
        const CellOf cell = [&cells, i](int row, int column) {
            return cells.result(i, row, column);
        };
        const GridResult result = grid_fills(context.ui, spec, layout.grids[i], cell);
        grid_numbers(context.ui, spec, layout.grids[i], cell, result);
        if (i > 0) {
            context.ui.canvas().text(
                {layout.grids[i].x - (layout.sign + kCellGap) / 2,
                 layout.grids[i].y + layout.pitch * static_cast<float>(made.output.rows) / 2},
                i == 1 ? "−" : "=",
                phone ? FontStyle::kM15 : FontStyle::kM18,
                context.theme().t3,
                Align::kCenter);
        }
        if (result.row >= 0) {
            on_output = result;
        }
        if (i == 1) {
            paint_target(context, result, layout.grids[i], layout.pitch);
        }
    }
    paint_input(context, on_input, layout.stage.input, layout.stage.input_pitch);
    paint_kernel(context, on_kernel, layout.stage.kernel, layout.stage.kernel_pitch);
    if (const Target& told = room.told_target(); told.kind == Target::Kind::output) {
        grid_window(context.ui, window_of(context, layout, input, told.place));
    }
    take_pointer(context, on_input, on_kernel, on_output);
}

}  // namespace convoscope::rooms::convolve
