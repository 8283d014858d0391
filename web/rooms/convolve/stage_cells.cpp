#include "web/rooms/convolve/stage_cells.h"

#include "web/rooms/convolve/kernel_cell.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::PositionKind;
using model::Target;

StageCells::StageCells(const Context& context, const StageLayout& layout)
    : context_(context), layout_(layout), lit_(context) {
    const model::Model& room = context.room();
    greatest_input_ = end_of_scale(context.setup().image.values);
    greatest_output_ = end_of_scale(context.arithmetic().output.values);
    arrived_ = room.playback.glide() >= 1.0;
    landed_ = room.landing() > 0.0;
    collect_window();
    for (Index i = 0; i < context.arithmetic().rows.count(); ++i) {
        row_read_.push_back(context.arithmetic().rows.is_read(i));
    }
    for (Index i = 0; i < context.arithmetic().columns.count(); ++i) {
        column_read_.push_back(context.arithmetic().columns.is_read(i));
    }
}

void StageCells::collect_window() {
    const Index columns = context_.arithmetic().columns.count();
    in_window_.resize(at(context_.arithmetic().rows.count() * columns), nullptr);
    if (arrived_) {
        for (const model::Term& term : context_.room().terms()) {
            if (term.channel == context_.room().channel()) {
                in_window_[at(term.grid.row * columns + term.grid.column)] = &term;
            }
        }
    }
}

Cell StageCells::input(int row, int column) const {
    const model::Arithmetic& arithmetic = context_.arithmetic();
    const model::Position& y = arithmetic.rows.positions[at(row)];
    const model::Position& x = arithmetic.columns.positions[at(column)];
    const bool pixel = y.kind == PositionKind::pixel && x.kind == PositionKind::pixel;
    const double value =
        y.source >= 0 && x.source >= 0
            ? context_.setup().image.value(context_.room().channel(), y.source, x.source)
            : 0.0;
    const float pitch = layout_.input_pitch;
    const Theme& theme = context_.theme();
    Cell cell{.text = cell_value_text(context_.ui, value, pitch)};
    const Index place = row * arithmetic.columns.count() + column;
    if (const model::Term* term = in_window_[at(place)]) {
        cell.state = CellState::kInWindow;
        cell.identity = identity_of(context_, term->weight);
        cell.hatched = !pixel;
        const bool weighs = !is_pooling(context_.setup().operation);
        cell.weight = weighs ? "×" + value_text(term->factor, true) : "";
        cell.style = cell_style(context_.ui, cell.text, pitch - 4, FontStyle::kM15);
        if (term->wins) {
            cell.lit = true;
            cell.light = theme.output;
        }
    } else if (pixel) {
        const bool heat = context_.room().view != model::CellView::numbers;
        cell.state = value == 0.0 && !heat ? CellState::kZero : CellState::kValue;
        const auto share = static_cast<float>(value / greatest_input_);
        cell.fill =
            heat ? diverging(theme, static_cast<float>(value), static_cast<float>(greatest_input_))
                 : cell_fill(theme, theme.input, share);
        cell.style = cell_style(context_.ui, cell.text, pitch, FontStyle::kM15);
    } else {
        cell.state = CellState::kPadding;
        cell.style = FontStyle::kM12;
        if (layout_.phone) {
            cell.text.clear();
        }
    }
    cell.never_read = !row_read_[at(row)] || !column_read_[at(column)];
    lit_.mark_input(cell, row, column);
    return cell;
}

Cell StageCells::kernel(int row, int column) const {
    return kernel_cell(context_, layout_, context_.setup().weights, lit_, row, column);
}

Cell StageCells::output(int row, int column) const {
    const model::Model& room = context_.room();
    const model::NumberGrid& output = context_.arithmetic().output;
    const double value = output.value(room.filter(), row, column);
    const Index step = room.step_of({row, column});
    const Theme& theme = context_.theme();
    const float pitch = layout_.output_pitch;
    Cell cell{.text = cell_value_text(context_.ui, value, pitch)};
    const bool current = step == room.playback.step;
    if (current && landed_) {
        cell.state = CellState::kCurrent;
        cell.style = cell_style(context_.ui, cell.text, pitch, FontStyle::kM24);
    } else if (step < room.playback.step) {
        cell.state = CellState::kComputed;
        const bool heat = room.view != model::CellView::numbers;
        const auto share = static_cast<float>(value / greatest_output_);
        cell.fill =
            heat ? diverging(theme, static_cast<float>(value), static_cast<float>(greatest_output_))
                 : computed_fill(theme, theme.output_fill, share);
        cell.style = cell_style(context_.ui, cell.text, pitch, FontStyle::kM18);
    } else {
        cell.state = CellState::kToCome;
        cell.text.clear();
    }
    lit_.mark_output(cell, row, column);
    return cell;
}

}  // namespace convoscope::rooms::convolve
