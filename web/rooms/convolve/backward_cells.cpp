#include "web/rooms/convolve/backward_cells.h"

#include <cmath>

#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::PositionKind;
using model::Target;

BackwardCells::BackwardCells(const Context& context, const StageLayout& layout)
    : context_(context), layout_(layout) {
    const model::Model& room = context.room();
    greatest_input_ = end_of_scale(room.gradients().input.values);
    greatest_error_ = end_of_scale(room.error().values);
    collect_lights();
    fed_.resize(lit_output_.size(), nullptr);
    const bool of_pixel = room.summed().kind == Target::Kind::grid;
    for (const model::Term& term : room.terms()) {
        if (of_pixel && term.filter == room.filter()) {
            fed_[at(term.output.row * room.error().columns + term.output.column)] = &term;
        }
    }
}

void BackwardCells::collect_lights() {
    const model::Arithmetic& arithmetic = context_.arithmetic();
    const Index columns = arithmetic.columns.count();
    const Index kernel_columns = context_.setup().width.kernel;
    lit_input_.resize(at(arithmetic.rows.count() * columns));
    lit_kernel_.resize(at(context_.setup().height.kernel * kernel_columns));
    lit_output_.resize(at(arithmetic.output_cells()));
    for (const model::Use& use : context_.room().trace().uses) {
        lit_input_[at(use.grid.row * columns + use.grid.column)] = use.weight;
        lit_kernel_[at(use.weight.row * kernel_columns + use.weight.column)] = use.weight;
        lit_output_[at(use.output.row * arithmetic.output.columns + use.output.column)] =
            use.weight;
    }
}

void BackwardCells::light(Cell& cell, const Lights& lights, Index place) const {
    if (const std::optional<CellPlace>& weight = lights[at(place)]) {
        cell.lit = true;
        cell.light = identity_of(context_, *weight);
    }
}

bool BackwardCells::is_pinned(Target::Kind kind, int row, int column) const {
    const Target& pinned = context_.room().pinned;
    return pinned.kind == kind && pinned.place == CellPlace{row, column};
}

Color BackwardCells::fill_of_value(double value, double greatest) const {
    const Theme& theme = context_.theme();
    if (context_.room().view != model::CellView::numbers) {
        return diverging(theme, static_cast<float>(value), static_cast<float>(greatest));
    }
    const auto share = static_cast<float>(std::abs(value) / greatest);
    return tint(theme.grad_fill, 0.08F + 0.4F * share, theme.bg1);
}

Cell BackwardCells::input(int row, int column) const {
    const model::Model& room = context_.room();
    const model::Arithmetic& arithmetic = context_.arithmetic();
    const float pitch = layout_.input_pitch;
    const Index place = row * arithmetic.columns.count() + column;
    Cell cell{.state = CellState::kPadding};
    if (kind_at(arithmetic, {row, column}) == PositionKind::pixel) {
        const CellPlace pixel = pixel_at(arithmetic, {row, column}).value_or(CellPlace{});
        const double value = room.gradients().input.value(room.channel(), pixel.row, pixel.column);
        const Index step = room.step_of(pixel);
        cell.text = value_text(value, pitch < kNarrowPitch);
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
    light(cell, lit_input_, place);
    cell.pinned = is_pinned(Target::Kind::grid, row, column);
    return cell;
}

Cell BackwardCells::kernel(int row, int column) const {
    const model::Setup& setup = context_.setup();
    const model::Model& room = context_.room();
    Cell cell{.state = CellState::kValue, .fill = identity_of(context_, {row, column})};
    if (setup.operation == model::Operation::average_pool) {
        cell.text = "1/" + std::to_string(setup.height.kernel * setup.width.kernel);
    } else if (setup.operation != model::Operation::max_pool) {
        cell.text = value_text(room.gradients().weights.value(room.weight_plane(), row, column),
                               layout_.kernel_pitch < kNarrowPitch);
    }
    cell.style = cell_style(context_.ui, cell.text, layout_.kernel_pitch, FontStyle::kM18);
    light(cell, lit_kernel_, row * setup.width.kernel + column);
    // In the kernel's own colour it would not be seen.
    cell.light = context_.theme().t1;
    cell.pinned = is_pinned(Target::Kind::weight, row, column);
    return cell;
}

Cell BackwardCells::output(int row, int column) const {
    const model::NumberGrid& error = context_.room().error();
    const double value = error.value(context_.room().filter(), row, column);
    const float pitch = layout_.output_pitch;
    const Index place = row * error.columns + column;
    Cell cell{.text = value_text(value, pitch < kNarrowPitch)};
    if (const model::Term* term = fed_[at(place)]) {
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
    light(cell, lit_output_, place);
    cell.pinned = is_pinned(Target::Kind::output, row, column);
    return cell;
}

}  // namespace convoscope::rooms::convolve
