#include "web/rooms/convolve/kernel_cell.h"

#include <string>

#include "web/rooms/convolve/stage_parts.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

Cell kernel_cell(const Context& context,
                 const StageLayout& layout,
                 const model::NumberGrid& numbers,
                 const LitCells& lit,
                 int row,
                 int column) {
    const model::Setup& setup = context.setup();
    Cell cell{.state = CellState::kValue, .fill = identity_of(context, {row, column})};
    if (setup.operation == model::Operation::average_pool) {
        cell.text = "1/" + std::to_string(setup.height.kernel * setup.width.kernel);
    } else if (setup.operation != model::Operation::max_pool) {
        cell.text = value_text(numbers.value(context.room().weight_plane(), row, column),
                               layout.kernel_pitch < kNarrowPitch);
    }
    cell.style = cell_style(context.ui, cell.text, layout.kernel_pitch, FontStyle::kM18);
    lit.mark_kernel(cell, row, column);
    return cell;
}

}  // namespace convoscope::rooms::convolve
