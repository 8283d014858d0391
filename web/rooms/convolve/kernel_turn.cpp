#include "web/rooms/convolve/kernel_turn.h"

#include <cmath>
#include <numbers>

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;

namespace {

constexpr float kTurn = 900;  ///< milliseconds: slow enough to be followed with the eye

bool is_turned(const Context& context) {
    const model::Setup& setup = context.state.convolve.setup();
    return setup.turn_kernel && !is_pooling(setup.operation);
}

/// Every cell on its way round the middle, upright, so that its number can be read.
void draw_on_the_way(
    Context& context, const ValueGridSpec& spec, Point at, const CellOf& cell, float share) {
    const float angle = share * std::numbers::pi_v<float>;
    const float side = spec.pitch - 2;
    const auto half = [&](int count) { return static_cast<float>(count - 1) / 2 * spec.pitch; };
    const Point middle{at.x + half(spec.columns) + side / 2, at.y + half(spec.rows) + side / 2};
    Canvas canvas = context.ui.canvas();
    for (int row = 0; row < spec.rows; ++row) {
        for (int column = 0; column < spec.columns; ++column) {
            const Cell shown = cell(row, column);
            const float x = static_cast<float>(column) * spec.pitch - half(spec.columns);
            const float y = static_cast<float>(row) * spec.pitch - half(spec.rows);
            const Point center{middle.x + x * std::cos(angle) - y * std::sin(angle),
                               middle.y + x * std::sin(angle) + y * std::cos(angle)};
            canvas.fill(
                {center.x - side / 2, center.y - side / 2, side, side}, shown.fill, radius::kCell);
            canvas.text(center, shown.text, shown.style, ink_on(shown.fill), Align::kCenter);
        }
    }
    register_passive(context.ui,
                     {.id = spec.id, .label = spec.label, .role = Role::kGrid, .value = spec.value},
                     {at.x,
                      at.y,
                      spec.pitch * static_cast<float>(spec.columns),
                      spec.pitch * static_cast<float>(spec.rows)});
}

}  // namespace

CellPlace turned_place(const Context& context, CellPlace place) {
    const model::Setup& setup = context.state.convolve.setup();
    return is_turned(context) ? CellPlace{setup.height.kernel - 1 - place.row,
                                          setup.width.kernel - 1 - place.column}
                              : place;
}

GridResult draw_turning_kernel(Context& context,
                               const ValueGridSpec& spec,
                               Point at,
                               const CellOf& cell) {
    const float target = is_turned(context) ? 1.0F : 0.0F;
    const float share =
        context.ui.animations.toward("convolve.kernel.turn", target, kTurn, motion::move);
    if (share > 0.0F && share < 1.0F) {
        draw_on_the_way(context, spec, at, cell, share);
        return {};
    }
    const CellOf laid = [&](int row, int column) {
        const CellPlace weight = turned_place(context, {row, column});
        return cell(static_cast<int>(weight.row), static_cast<int>(weight.column));
    };
    GridResult result = grid_fills(context.ui, spec, at, laid);
    grid_numbers(context.ui, spec, at, laid, result);
    if (result.row >= 0) {
        const CellPlace weight = turned_place(context, {result.row, result.column});
        result.row = static_cast<int>(weight.row);
        result.column = static_cast<int>(weight.column);
    }
    return result;
}

}  // namespace convoscope::rooms::convolve
