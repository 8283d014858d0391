#include "web/rooms/convolve/backward_stage.h"

#include <algorithm>
#include <optional>
#include <string>

#include "web/rooms/convolve/backward_cells.h"
#include "web/rooms/convolve/beam.h"
#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/kernel_card.h"
#include "web/rooms/convolve/plane_strip.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_legend.h"
#include "web/rooms/convolve/stage_parts.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Target;

namespace {

std::string of_plane(const char* kind, Index plane, Index planes) {
    return planes == 1 ? std::string() : ", " + std::string(kind) + " " + std::to_string(plane);
}

std::string error_caption(const Context& context) {
    const model::Model& room = context.room();
    const std::string which = of_plane(is_pooling(context.setup().operation) ? "channel" : "filter",
                                       room.filter(),
                                       context.setup().output_planes());
    switch (room.error_choice()) {
        case model::ErrorChoice::ones:
            return "1 each: L is their sum" + which;
        case model::ErrorChoice::one:
            return "1 at " + place_text(room.error_place()) + which;
        case model::ErrorChoice::painted:
            return "painted" + which;
    }
    return {};
}

/// A place of the input and the outputs that it fed, as they are framed.
struct Link {
    Rect cell;
    Rect window;
};

class Framing {
  public:
    Framing(const Context& context,
            const StageLayout& layout,
            const ValueGridSpec& input,
            const ValueGridSpec& output)
        : context_(context), layout_(layout), input_(input), output_(output) {}

    /// None: no output reads the place.
    [[nodiscard]] std::optional<Link> link_of(CellPlace place) const {
        const model::OutputSpan rows = outputs_fed(context_.arithmetic().rows, place.row);
        const model::OutputSpan columns = outputs_fed(context_.arithmetic().columns, place.column);
        if (rows.count() == 0 || columns.count() == 0) {
            return std::nullopt;
        }
        const Rect first = cell(output_, layout_.output, {rows.first, columns.first});
        const Rect last = cell(output_, layout_.output, {rows.last, columns.last});
        return Link{cell(input_, layout_.input, place),
                    {first.x, first.y, last.right() - first.x, last.bottom() - first.y}};
    }

    /// Of what the terms add up to: on its way there while playback glides. None for a weight.
    [[nodiscard]] std::optional<Link> current() const {
        const model::Model& room = context_.room();
        const Target summed = room.summed();
        if (summed.kind != Target::Kind::grid) {
            return std::nullopt;
        }
        const std::optional<Link> to = link_of(summed.place);
        const auto eased = motion::move(static_cast<float>(room.playback.glide()));
        const auto before =
            place_of_pixel(context_.arithmetic(), room.cell_at(room.playback.came_from));
        const bool told = room.told_target().kind == Target::Kind::grid;
        if (!to || !before || told || eased >= 1) {
            return to;
        }
        const std::optional<Link> from = link_of(*before);
        return from ? Link{between(from->cell, to->cell, eased),
                           between(from->window, to->window, eased)}
                    : to;
    }

  private:
    static Rect cell(const ValueGridSpec& spec, Point at, CellPlace place) {
        return grid_cell(spec, at, static_cast<float>(place.row), static_cast<float>(place.column));
    }
    static Rect between(Rect a, Rect b, float t) {
        const auto mixed = [t](float x, float y) { return x + (y - x) * t; };
        return {mixed(a.x, b.x), mixed(a.y, b.y), mixed(a.w, b.w), mixed(a.h, b.h)};
    }

    const Context& context_;
    const StageLayout& layout_;
    const ValueGridSpec& input_;
    const ValueGridSpec& output_;
};

void draw_labels(Context& context,
                 const StageLayout& layout,
                 const BackwardCells& cells,
                 const ValueGridSpec& input,
                 const ValueGridSpec& output) {
    constexpr float kLegendWidth = 150;
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    const model::Model& room = context.room();
    draw_stage_legend(context,
                      "convolve.legend.input",
                      Quantity::kGradient,
                      cells.greatest_input(),
                      {layout.input.x, layout.legend_y, kLegendWidth, 0});
    draw_stage_legend(context,
                      "convolve.legend.output",
                      Quantity::kGradient,
                      cells.greatest_error(),
                      {layout.output.x, layout.legend_y, kLegendWidth, 0});
    draw_stage_label(context,
                     {layout.input.x, layout.input.y - label_distance(setup.input_channels)},
                     Quantity::kGradient,
                     "Input's gradient",
                     "dL/dx" + of_plane("channel", room.channel(), setup.input_channels));
    draw_stage_label(context,
                     {layout.output.x, layout.output.y - label_distance(setup.output_planes())},
                     Quantity::kGradient,
                     "Error",
                     error_caption(context));
    const Rect card = layout.kernel_card(setup);
    const bool pooling = is_pooling(setup.operation);
    draw_stage_label(context,
                     {card.x, card.y + 4 - label_distance(setup.slices())},
                     Quantity::kKernel,
                     pooling ? "Window" : "Kernel's gradient",
                     pooling ? size_text(setup.height.kernel, setup.width.kernel) : "dL/dw");
    const CellPlace place = room.summed().kind == Target::Kind::grid
                                ? room.summed().place
                                : CellPlace{Index{-1}, Index{-1}};
    grid_indices(context.ui,
                 input,
                 layout.input,
                 pixel_indices(arithmetic.rows, {place.row}, layout.input_pitch),
                 pixel_indices(arithmetic.columns, {place.column}, layout.input_pitch));
    const bool told = place.row >= 0;
    const model::OutputSpan rows =
        told ? outputs_fed(arithmetic.rows, place.row) : model::OutputSpan{};
    const model::OutputSpan columns =
        told ? outputs_fed(arithmetic.columns, place.column) : model::OutputSpan{};
    grid_indices(context.ui,
                 output,
                 layout.output,
                 output_indices(arithmetic.output.rows, rows.first, rows.last, layout.output_pitch),
                 output_indices(
                     arithmetic.output.columns, columns.first, columns.last, layout.output_pitch));
}

}  // namespace

void draw_backward_stage(Context& context, Rect area) {
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    const model::Model& room = context.room();
    const StageLayout layout = lay_out_stage(context, area);
    const BackwardCells cells(context, layout);
    const bool hide = room.view == model::CellView::heat;
    const ValueGridSpec input{.id = "convolve.grid.input",
                              .label = "Gradient of the input",
                              .value = size_text(setup.height.input, setup.width.input),
                              .rows = static_cast<int>(arithmetic.rows.count()),
                              .columns = static_cast<int>(arithmetic.columns.count()),
                              .pitch = layout.input_pitch,
                              .quantity = Quantity::kGradient,
                              .hide_numbers = hide};
    const ValueGridSpec output{.id = "convolve.grid.output",
                               .label = "Error of the output",
                               .value = error_caption(context),
                               .rows = static_cast<int>(arithmetic.output.rows),
                               .columns = static_cast<int>(arithmetic.output.columns),
                               .pitch = layout.output_pitch,
                               .quantity = Quantity::kGradient,
                               .hide_numbers = hide};
    const CellOf input_cell = [&cells](int row, int column) { return cells.input(row, column); };
    const CellOf output_cell = [&cells](int row, int column) { return cells.output(row, column); };
    const CellOf kernel_cell = [&cells](int row, int column) { return cells.kernel(row, column); };
    draw_plane_strip(context, Volume::input, layout.input_strip);
    draw_plane_strip(context, Volume::output, layout.output_strip);
    draw_behind(context, input, layout.input, setup.input_channels);
    draw_behind(context, output, layout.output, setup.output_planes());
    const GridResult on_input = grid_fills(context.ui, input, layout.input, input_cell);
    const GridResult on_output = grid_fills(context.ui, output, layout.output, output_cell);
    if (!layout.phone) {
        draw_labels(context, layout, cells, input, output);
    }
    const std::optional<Link> link = Framing(context, layout, input, output).current();
    if (link) {
        draw_beam(context, layout, link->cell, link->window);
    }
    grid_numbers(context.ui, input, layout.input, input_cell, on_input);
    grid_numbers(context.ui, output, layout.output, output_cell, on_output);
    if (link) {
        grid_window(context.ui, link->window);
    }
    const GridResult on_kernel = draw_kernel_card(context, layout, kernel_cell);
    paint_error(context, on_output, layout.output, layout.output_pitch);
    take_pointer(context, on_input, on_kernel, on_output);
}

}  // namespace convoscope::rooms::convolve
