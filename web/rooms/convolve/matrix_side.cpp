#include "web/rooms/convolve/matrix_side.h"

#include <algorithm>

#include "web/rooms/convolve/kernel_turn.h"
#include "web/rooms/convolve/stage_cells.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_parts.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;

namespace {

GridResult draw_small_kernel(Context& context, const StageCells& cells, const StageLayout& layout) {
    const model::Setup& setup = context.setup();
    const ValueGridSpec spec{.id = "convolve.grid.kernel",
                             .label = is_pooling(setup.operation) ? "Window" : "Kernel",
                             .value = size_text(setup.height.kernel, setup.width.kernel),
                             .rows = static_cast<int>(setup.height.kernel),
                             .columns = static_cast<int>(setup.width.kernel),
                             .pitch = layout.kernel_pitch,
                             .quantity = Quantity::kKernel};
    const CellOf cell = [&cells](int row, int column) { return cells.kernel(row, column); };
    return draw_turning_kernel(context, spec, layout.kernel, cell);
}

}  // namespace

MatrixSide draw_matrix_side(Context& context, Rect side) {
    constexpr float kBetween = 44;
    constexpr float kKernelShare = 0.34F;
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    const Index rows = arithmetic.rows.count();
    const Index columns = arithmetic.columns.count();
    const float kernel_room = (side.h - kBetween) * kKernelShare;
    const float input_room = side.h - kBetween - kernel_room;
    const auto pitch = [](float width, Index across, float height, Index down, float most) {
        return std::min(cell_pitch(width, across, most), cell_pitch(height, down, most));
    };
    StageLayout layout;
    layout.input_pitch = pitch(side.w, columns, input_room, rows, 26);
    layout.input = {side.x, side.y};
    layout.kernel_pitch = pitch(side.w, setup.width.kernel, kernel_room, setup.height.kernel, 30);
    layout.kernel = {side.x, side.y + static_cast<float>(rows) * layout.input_pitch + kBetween};
    layout.output_pitch = 2;
    const StageCells cells(context, layout);
    const ValueGridSpec input{.id = "convolve.grid.input",
                              .label = "Input",
                              .value = size_text(setup.height.input, setup.width.input),
                              .rows = static_cast<int>(rows),
                              .columns = static_cast<int>(columns),
                              .pitch = layout.input_pitch,
                              .quantity = Quantity::kInput};
    const CellOf cell = [&cells](int row, int column) { return cells.input(row, column); };
    draw_stage_label(context, {side.x, side.y - 18}, Quantity::kInput, "Input", "");
    draw_stage_label(context,
                     {side.x, layout.kernel.y - 18},
                     Quantity::kKernel,
                     is_pooling(setup.operation) ? "Window" : "Kernel",
                     "");
    MatrixSide result;
    result.input = grid_fills(context.ui, input, layout.input, cell);
    grid_numbers(context.ui, input, layout.input, cell, result.input);
    if (!context.room().backward()) {
        const CellPlace current = context.room().current();
        const Rect first =
            grid_cell(input,
                      layout.input,
                      static_cast<float>(arithmetic.rows.place(current.row, 0)),
                      static_cast<float>(arithmetic.columns.place(current.column, 0)));
        const float step = layout.input_pitch;
        grid_window(context.ui,
                    {first.x,
                     first.y,
                     static_cast<float>(arithmetic.columns.extent() - 1) * step + first.w,
                     static_cast<float>(arithmetic.rows.extent() - 1) * step + first.h});
    }
    result.kernel = draw_small_kernel(context, cells, layout);
    return result;
}

}  // namespace convoscope::rooms::convolve
