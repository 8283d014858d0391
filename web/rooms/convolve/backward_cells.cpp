#include "web/rooms/convolve/backward_cells.h"

#include "web/rooms/convolve/kernel_cell.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::PositionKind;
using model::Target;

BackwardCells::BackwardCells(const Context& context, const StageLayout& layout)
    : context_(context), layout_(layout), lit_(context) {
    const model::Model& room = context.room();
    greatest_input_ = end_of_scale(room.gradients().input.values);
    greatest_error_ = end_of_scale(room.error().values);
    fed_.resize(at(context.arithmetic().output_cells()), nullptr);
    const bool of_pixel = room.summed().kind == Target::Kind::grid;
    for (const model::Term& term : room.terms()) {
        if (of_pixel && term.filter == room.filter()) {
            fed_[at(term.output.row * room.error().columns + term.output.column)] = &term;
        }
    }
}

Color BackwardCells::fill_of_value(double value, double greatest) const {
    const Theme& theme = context_.theme();
    if (context_.room().view != model::CellView::numbers) {
        return diverging(theme, static_cast<float>(value), static_cast<float>(greatest));
    }
    return computed_fill(theme, theme.grad_fill, static_cast<float>(value / greatest));
}

Cell BackwardCells::input(int row, int column) const {
    const model::Model& room = context_.room();
    const model::Arithmetic& arithmetic = context_.arithmetic();
    const float pitch = layout_.input_pitch;
    Cell cell{.state = CellState::kPadding};
    if (kind_at(arithmetic, {row, column}) == PositionKind::pixel) {
        const CellPlace pixel = pixel_at(arithmetic, {row, column}).value_or(CellPlace{});
        const double value = room.gradients().input.value(room.channel(), pixel.row, pixel.column);
        const Index step = room.step_of(pixel);
        cell.text = cell_value_text(context_.ui, value, pitch);
        if (step == room.playback.step && room.landing() > 0.0) {
            cell.state = CellState::kCurrent;
        } else if (step < room.playback.step) {
            cell.state = CellState::kComputed;
            cell.fill = fill_of_value(value, greatest_input_);
        } else {
            cell.state = CellState::kToCome;
            cell.text.clear();
        }
        cell.style = cell_style(context_.ui, cell.text, pitch, FontStyle::kM15);
    }
    lit_.mark_input(cell, row, column);
    return cell;
}

Cell BackwardCells::kernel(int row, int column) const {
    return kernel_cell(context_, layout_, context_.room().gradients().weights, lit_, row, column);
}

Cell BackwardCells::output(int row, int column) const {
    const model::NumberGrid& error = context_.room().error();
    const double value = error.value(context_.room().filter(), row, column);
    const float pitch = layout_.output_pitch;
    Cell cell{.text = cell_value_text(context_.ui, value, pitch)};
    if (const model::Term* term = fed_[at(row * error.columns + column)]) {
        cell.state = CellState::kInWindow;
        cell.identity = identity_of(context_, term->weight);
        cell.weight = "×" + value_text(term->factor, true);
        cell.style = cell_style(context_.ui, cell.text, pitch - 4, FontStyle::kM15);
    } else {
        const bool heat = context_.room().view != model::CellView::numbers;
        cell.state = value == 0.0 && !heat ? CellState::kZero : CellState::kValue;
        cell.fill = fill_of_value(value, greatest_error_);
        cell.style = cell_style(context_.ui, cell.text, pitch, FontStyle::kM18);
    }
    lit_.mark_output(cell, row, column);
    return cell;
}

}  // namespace convoscope::rooms::convolve
