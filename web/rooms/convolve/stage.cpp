#include "web/rooms/convolve/stage.h"

#include <algorithm>
#include <string>

#include "web/rooms/convolve/backward_stage.h"
#include "web/rooms/convolve/beam.h"
#include "web/rooms/convolve/between_stage.h"
#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/kernel_card.h"
#include "web/rooms/convolve/learning_stage.h"
#include "web/rooms/convolve/matrix_stage.h"
#include "web/rooms/convolve/plane_strip.h"
#include "web/rooms/convolve/stage_cells.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_legend.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/rooms/convolve/volume_stage.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Target;

namespace {

std::string channel_text(const Context& context) {
    return context.setup().input_channels == 1
               ? std::string()
               : ", channel " + std::to_string(context.room().channel());
}

std::string input_caption(const Context& context) {
    const model::Setup& setup = context.setup();
    const std::string size =
        size_text(setup.height.input, setup.width.input) + channel_text(context);
    std::string text = size;
    const Index padding = setup.height.padding_begin;
    const bool even = is_square(setup) && has_symmetric_padding(setup.height);
    const bool none =
        padding + setup.height.padding_end + setup.width.padding_begin + setup.width.padding_end ==
        0;
    if (setup.operation == model::Operation::transposed) {
        const bool apart = setup.height.stride > 1 || setup.width.stride > 1;
        return text + (apart ? ", stretched by s" : "");
    }
    if (none) {
        return text;
    }
    const bool zeros =
        setup.padding_mode == model::Setup{}.padding_mode || is_pooling(setup.operation);
    text += zeros ? ", ring of zeros" : ", mirrored ring";
    if (setup.padding_mode == PaddingMode::circular) {
        text = size + ", wrapped around";
    } else if (setup.padding_mode == PaddingMode::replicate && !zeros) {
        text = size + ", edge repeated";
    }
    return even ? text + " p = " + std::to_string(padding) : text;
}

std::string output_caption(const Context& context) {
    std::string text = std::to_string(context.room().playback.step + 1) + " of " +
                       std::to_string(context.arithmetic().output_cells()) + " cells";
    if (context.setup().output_planes() > 1) {
        text += is_pooling(context.setup().operation) ? ", channel " : ", filter ";
        text += std::to_string(context.room().filter());
    }
    return text;
}

std::string kernel_caption(const Context& context) {
    const model::Setup& setup = context.setup();
    std::string text = size_text(setup.height.kernel, setup.width.kernel);
    if (setup.slices() > 1) {
        text += " for channel " + std::to_string(context.room().channel());
    }
    return text;
}

/// From the output before to the current one, eased.
Point window_place(const Context& context) {
    const model::Model& room = context.room();
    const auto eased = motion::move(static_cast<float>(room.playback.glide()));
    const CellPlace from = room.cell_at(room.playback.came_from);
    const CellPlace to = room.current();
    const auto along = [eased](Index a, Index b, Index stride) {
        return (static_cast<float>(a) + static_cast<float>(b - a) * eased) *
               static_cast<float>(stride);
    };
    return {along(from.column, to.column, context.arithmetic().columns.stride),
            along(from.row, to.row, context.arithmetic().rows.stride)};
}

}  // namespace

void draw_stage(Context& context, Rect area) {
    if (context.room().between()) {
        draw_between_stage(context, area);
        return;
    }
    if (context.room().learns()) {
        draw_learning_stage(context, area);
        return;
    }
    if (is_matrix(context.room().lens())) {
        draw_matrix_stage(context, area);
        return;
    }
    if (context.room().lens() == model::Lens::volumes) {
        draw_volume_stage(context, area);
        return;
    }
    if (context.room().backward()) {
        draw_backward_stage(context, area);
        return;
    }
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    const model::Model& room = context.room();
    const StageLayout layout = lay_out_stage(context, area);
    const StageCells cells(context, layout);
    const CellPlace current = room.current();
    const bool hide = room.view == model::CellView::heat;

    const ValueGridSpec input{.id = "convolve.grid.input",
                              .label = "Input",
                              .value = size_text(setup.height.input, setup.width.input),
                              .rows = static_cast<int>(arithmetic.rows.count()),
                              .columns = static_cast<int>(arithmetic.columns.count()),
                              .pitch = layout.input_pitch,
                              .quantity = Quantity::kInput,
                              .hide_numbers = hide,
                              .takes_strokes = room.tool == model::Tool::paint};
    const std::string result =
        value_text(arithmetic.output.value(room.filter(), current.row, current.column));
    const ValueGridSpec output{.id = "convolve.grid.output",
                               .label = "Output",
                               .value = "row " + std::to_string(current.row) + ", column " +
                                        std::to_string(current.column) + " is " + result,
                               .rows = static_cast<int>(arithmetic.output.rows),
                               .columns = static_cast<int>(arithmetic.output.columns),
                               .pitch = layout.output_pitch,
                               .quantity = Quantity::kOutput,
                               .hide_numbers = hide};
    const CellOf input_cell = [&cells](int row, int column) { return cells.input(row, column); };
    const CellOf output_cell = [&cells](int row, int column) { return cells.output(row, column); };
    draw_plane_strip(context, Volume::input, layout.input_strip);
    draw_plane_strip(context, Volume::output, layout.output_strip);
    draw_behind(context, input, layout.input, setup.input_channels);
    draw_behind(context, output, layout.output, setup.output_planes());
    const GridResult on_input = grid_fills(context.ui, input, layout.input, input_cell);
    const GridResult on_output = grid_fills(context.ui, output, layout.output, output_cell);
    if (!layout.phone) {
        constexpr float kLegendWidth = 150;
        draw_stage_legend(context,
                          "convolve.legend.input",
                          Quantity::kInput,
                          cells.greatest_input(),
                          {layout.input.x, layout.legend_y, kLegendWidth, 0});
        draw_stage_legend(context,
                          "convolve.legend.output",
                          Quantity::kOutput,
                          cells.greatest_output(),
                          {layout.output.x, layout.legend_y, kLegendWidth, 0});
        draw_stage_label(context,
                         {layout.input.x, layout.input.y - label_distance(setup.input_channels)},
                         Quantity::kInput,
                         "Input",
                         input_caption(context));
        draw_stage_label(context,
                         {layout.output.x, layout.output.y - label_distance(setup.output_planes())},
                         Quantity::kOutput,
                         "Output",
                         output_caption(context));
        const Rect card = layout.kernel_card(setup);
        draw_stage_label(context,
                         {card.x, card.y + 4 - label_distance(setup.slices())},
                         Quantity::kKernel,
                         is_pooling(setup.operation) ? "Window" : "Kernel",
                         kernel_caption(context));
        grid_indices(
            context.ui,
            input,
            layout.input,
            pixel_indices(
                arithmetic.rows, window_places(arithmetic.rows, current.row), layout.input_pitch),
            pixel_indices(arithmetic.columns,
                          window_places(arithmetic.columns, current.column),
                          layout.input_pitch));
        grid_indices(
            context.ui,
            output,
            layout.output,
            output_indices(arithmetic.output.rows, current.row, current.row, layout.output_pitch),
            output_indices(
                arithmetic.output.columns, current.column, current.column, layout.output_pitch));
    }

    const Point place = window_place(context);
    const Rect first = grid_cell(input, layout.input, place.y, place.x);
    const Rect last = grid_cell(input,
                                layout.input,
                                place.y + static_cast<float>(arithmetic.rows.extent() - 1),
                                place.x + static_cast<float>(arithmetic.columns.extent() - 1));
    const Rect window{first.x, first.y, last.right() - first.x, last.bottom() - first.y};
    draw_beam(context,
              layout,
              window,
              grid_cell(output,
                        layout.output,
                        static_cast<float>(current.row),
                        static_cast<float>(current.column)));
    if (!cells.arrived()) {
        context.ui.canvas().fill(window, context.theme().kernel_fill.faded(0.16F), radius::kCell);
    }
    grid_numbers(context.ui, output, layout.output, output_cell, on_output);
    grid_numbers(context.ui, input, layout.input, input_cell, on_input);
    grid_window(context.ui, window);
    const GridResult on_kernel = draw_kernel_card(
        context, layout, [&cells](int row, int column) { return cells.kernel(row, column); });
    paint_input(context, on_input, layout.input, layout.input_pitch);
    paint_kernel(context, on_kernel, layout.kernel, layout.kernel_pitch);
    take_pointer(context, on_input, on_kernel, on_output);
}

}  // namespace convoscope::rooms::convolve
