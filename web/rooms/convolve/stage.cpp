#include "web/rooms/convolve/stage.h"

#include <string>

#include "web/rooms/convolve/backward_stage.h"
#include "web/rooms/convolve/beam.h"
#include "web/rooms/convolve/between_stage.h"
#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/kernel_card.h"
#include "web/rooms/convolve/learning_stage.h"
#include "web/rooms/convolve/matrix_stage.h"
#include "web/rooms/convolve/stage_cells.h"
#include "web/rooms/convolve/stage_frame.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/rooms/convolve/volume_stage.h"
#include "web/widgets/number_text.h"

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
    std::string text = integer_text(context.room().playback.step + 1) + " of " +
                       integer_text(context.arithmetic().output_cells()) + " cells";
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

StageGrids forward_grids(const Context& context,
                         const StageLayout& layout,
                         const StageCells& cells) {
    const model::Setup& setup = context.setup();
    const model::Model& room = context.room();
    const CellPlace current = room.current();
    StageGrids grids = stage_grids(context, layout);
    grids.input.label = "Input";
    grids.input.value = size_text(setup.height.input, setup.width.input);
    grids.input.quantity = Quantity::kInput;
    grids.input.takes_strokes = room.tool == model::Tool::paint;
    grids.input_cell = [&cells](int row, int column) { return cells.input(row, column); };
    const double result =
        context.arithmetic().output.value(room.filter(), current.row, current.column);
    grids.output.label = "Output";
    grids.output.value = "row " + std::to_string(current.row) + ", column " +
                         std::to_string(current.column) + " is " + value_text(result);
    grids.output.quantity = Quantity::kOutput;
    grids.output_cell = [&cells](int row, int column) { return cells.output(row, column); };
    return grids;
}

void draw_labels(Context& context, const StageLayout& layout, const StageCells& cells) {
    const bool pooling = is_pooling(context.setup().operation);
    draw_stage_words(
        context,
        layout,
        {Quantity::kInput, "Input", input_caption(context), cells.greatest_input()},
        {Quantity::kKernel, pooling ? "Window" : "Kernel", kernel_caption(context)},
        {Quantity::kOutput, "Output", output_caption(context), cells.greatest_output()});
}

void draw_forward_stage(Context& context, Rect area) {
    const model::Arithmetic& arithmetic = context.arithmetic();
    const model::Model& room = context.room();
    const StageLayout layout = lay_out_stage(context, area);
    const StageCells cells(context, layout);
    const CellPlace current = room.current();
    const StageGrids grids = forward_grids(context, layout, cells);
    const OnGrids on = draw_stage_fills(context, layout, grids);
    if (!layout.phone) {
        draw_labels(context, layout, cells);
    }
    const Point first = window_place(context);
    const Rect window =
        cells_between(grids.input,
                      layout.input,
                      first,
                      {first.x + static_cast<float>(arithmetic.columns.extent() - 1),
                       first.y + static_cast<float>(arithmetic.rows.extent() - 1)});
    draw_beam(context,
              layout,
              window,
              grid_cell(grids.output,
                        layout.output,
                        static_cast<float>(current.row),
                        static_cast<float>(current.column)));
    if (!layout.phone) {
        draw_stage_indices(context,
                           layout,
                           grids,
                           {.input_rows = window_places(arithmetic.rows, current.row),
                            .input_columns = window_places(arithmetic.columns, current.column),
                            .output_rows = {current.row, current.row},
                            .output_columns = {current.column, current.column}});
    }
    if (!cells.arrived()) {
        context.ui.canvas().fill(window, context.theme().kernel_fill.faded(0.16F), radius::kCell);
    }
    draw_stage_numbers(context, layout, grids, on);
    grid_window(context.ui, window);
    const GridResult on_kernel = draw_kernel_card(
        context, layout, [&cells](int row, int column) { return cells.kernel(row, column); });
    paint_input(context, on.input, layout.input, layout.input_pitch);
    paint_kernel(context, on_kernel, layout.kernel, layout.kernel_pitch);
    take_pointer(context, on.input, on_kernel, on.output);
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
    draw_forward_stage(context, area);
}

}  // namespace convoscope::rooms::convolve
