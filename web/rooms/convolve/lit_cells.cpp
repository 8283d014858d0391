#include "web/rooms/convolve/lit_cells.h"

namespace convoscope::rooms::convolve {

using model::CellPlace;
using model::Target;
using widgets::Cell;

LitCells::LitCells(const Context& context) : context_(context) {
    const model::Arithmetic& arithmetic = context.arithmetic();
    const Index columns = arithmetic.columns.count();
    const Index kernel_columns = context.setup().width.kernel;
    input_.resize(at(arithmetic.rows.count() * columns));
    kernel_.resize(at(context.setup().height.kernel * kernel_columns));
    output_.resize(at(arithmetic.output_cells()));
    for (const model::Use& use : context.room().trace().uses) {
        input_[at(use.grid.row * columns + use.grid.column)] = use.weight;
        kernel_[at(use.weight.row * kernel_columns + use.weight.column)] = use.weight;
        output_[at(use.output.row * arithmetic.output.columns + use.output.column)] = use.weight;
    }
}

void LitCells::mark_input(Cell& cell, int row, int column) const {
    light(cell, input_, row * context_.arithmetic().columns.count() + column);
    cell.pinned = is_pinned(Target::Kind::grid, row, column);
}

void LitCells::mark_kernel(Cell& cell, int row, int column) const {
    light(cell, kernel_, row * context_.setup().width.kernel + column);
    // In the kernel's own colour it would not be seen.
    cell.light = context_.theme().t1;
    cell.pinned = is_pinned(Target::Kind::weight, row, column);
}

void LitCells::mark_output(Cell& cell, int row, int column) const {
    light(cell, output_, row * context_.arithmetic().output.columns + column);
    cell.pinned = is_pinned(Target::Kind::output, row, column);
}

void LitCells::light(Cell& cell, const Lights& lights, Index place) const {
    if (const std::optional<CellPlace>& weight = lights[at(place)]) {
        cell.lit = true;
        cell.light = identity_of(context_, *weight);
    }
}

bool LitCells::is_pinned(Target::Kind kind, int row, int column) const {
    const Target& pinned = context_.room().pinned;
    return pinned.kind == kind && pinned.place == CellPlace{row, column};
}

}  // namespace convoscope::rooms::convolve
