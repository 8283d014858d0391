#include "web/rooms/convolve/brush.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include <imgui.h>

#include "web/rooms/convolve/kernel_turn.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Tool;

namespace {

constexpr double kMostBrush = 4;

/// The cells on the pointer's way since the last frame, the last one last.
template <class Visit>
void visit_stroke(Point at, float pitch, const Visit& visit) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool began = ImGui::IsMouseClicked(ImGuiMouseButton_Left);
    const Point way = began ? Point{0, 0} : Point{io.MouseDelta.x, io.MouseDelta.y};
    const auto steps = static_cast<int>(std::hypot(way.x, way.y) / pitch * 2) + 1;
    for (int step = 1; step <= steps; ++step) {
        const float left = 1 - static_cast<float>(step) / static_cast<float>(steps);
        const float x = io.MousePos.x - way.x * left - at.x;
        const float y = io.MousePos.y - way.y * left - at.y;
        visit(CellPlace{static_cast<Index>(std::floor(y / pitch)),
                        static_cast<Index>(std::floor(x / pitch))});
    }
}

/// The pixel that stands there; none: padding, or beyond the edge.
std::optional<CellPlace> pixel_at(const Context& context, CellPlace place) {
    const model::WindowAxis& rows = context.arithmetic().rows;
    const model::WindowAxis& columns = context.arithmetic().columns;
    const bool within = place.row >= 0 && place.column >= 0 && place.row < rows.count() &&
                        place.column < columns.count();
    if (!within) {
        return std::nullopt;
    }
    const model::Position& y = rows.positions[at(place.row)];
    const model::Position& x = columns.positions[at(place.column)];
    const bool pixel = y.kind == model::PositionKind::pixel && x.kind == model::PositionKind::pixel;
    return pixel ? std::optional(CellPlace{y.source, x.source}) : std::nullopt;
}

/// The place itself; none: beyond the edge.
std::optional<CellPlace> cell_at(const model::NumberGrid& numbers, CellPlace place) {
    const bool within = place.row >= 0 && place.column >= 0 && place.row < numbers.rows &&
                        place.column < numbers.columns;
    return within ? std::optional(place) : std::nullopt;
}

/// What a grid's cells are to the model.
struct Canvassed {
    model::commands::Painted which;
    const model::NumberGrid& numbers;
    Index plane;
    std::function<std::optional<CellPlace>(CellPlace)> cell_of;  ///< none: cannot be painted
};

/// A held pointer paints its way, and what has the focus takes digits, a minus sign and Enter.
void paint_cells(
    Context& context, const Canvassed& painted, const GridResult& grid, Point at, float pitch) {
    const auto give = [&](CellPlace place, const std::function<double(double)>& changed) {
        if (const std::optional<CellPlace> cell = painted.cell_of(place)) {
            const double before = painted.numbers.value(painted.plane, cell->row, cell->column);
            if (const double value = changed(before); value != before) {
                context.commands.push(model::commands::paint(painted.which, *cell, value));
            }
        }
    };
    const CellPlace cursor{grid.row, grid.column};
    if (grid.digit) {
        give(cursor, [&](double) { return static_cast<double>(*grid.digit); });
    }
    if (grid.negates) {
        give(cursor, [](double before) { return before == 0.0 ? 0.0 : -before; });
    }
    if (context.room().tool != Tool::paint || !grid.interaction.held) {
        return;
    }
    const auto brush = [&](double) { return context.room().brush; };
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        visit_stroke(at, pitch, [&](CellPlace place) { give(place, brush); });
    } else {
        give(cursor, brush);
    }
}

}  // namespace

float draw_brush(Context& context, Rect column) {
    const float top = column.y;
    const bool paints = context.room().tool == Tool::paint;
    const std::array<Segment, 2> segments{{{"inspect", "Inspect"}, {"paint", "Paint"}}};
    const Rect row = column.take_top(30, 4);
    context.ui.canvas().text(
        {row.x, row.center_y()}, "Pointer", FontStyle::kBody, context.theme().t2);
    if (const auto chosen = segmented(context.ui,
                                      "convolve.tool",
                                      segments,
                                      paints ? 1 : 0,
                                      {row.x + 62, row.y, row.w - 62, row.h})) {
        context.commands.push(model::commands::with(
            "convolve_tool", "tool", model::name_of(*chosen == 1 ? Tool::paint : Tool::inspect)));
    }
    if (paints) {
        const auto moved =
            slider(context.ui,
                   {.id = "convolve.brush",
                    .label = "Value",
                    .symbol = "x",
                    .value = context.room().brush,
                    .min = -kMostBrush,
                    .max = kMostBrush,
                    .step = 1,
                    .label_width = 68,
                    .explanation = plain(
                        context,
                        context.room().learns()
                            ? "Drag over the target, the input or the kernel: the cells take this "
                              "value."
                        : context.room().backward()
                            ? "Drag over the error at the output: the cells take this value."
                            : "Drag over the input or the kernel: the cells take this value.")},
                   column.take_top(space::k32));
        if (moved) {
            context.commands.push(model::commands::with("convolve_brush", "value", *moved));
        }
    }
    return column.y - top;
}

void paint_input(Context& context, const GridResult& grid, Point at_point, float pitch) {
    paint_cells(context,
                {model::commands::Painted::input,
                 context.setup().image,
                 context.room().channel(),
                 [&](CellPlace place) { return pixel_at(context, place); }},
                grid,
                at_point,
                pitch);
}

void paint_kernel(Context& context, const GridResult& grid, Point at_point, float pitch) {
    if (!is_pooling(context.setup().operation)) {
        const model::NumberGrid& weights = context.setup().weights;
        GridResult on_card = grid;  // where the pointer is, as a stroke's places are
        if (grid.row >= 0) {
            const CellPlace place = turned_place(context, {grid.row, grid.column});
            on_card.row = static_cast<int>(place.row);
            on_card.column = static_cast<int>(place.column);
        }
        paint_cells(
            context,
            {model::commands::Painted::kernel,
             weights,
             context.room().weight_plane(),
             [&](CellPlace place) { return cell_at(weights, turned_place(context, place)); }},
            on_card,
            at_point,
            pitch);
    }
}

void paint_error(Context& context, const GridResult& grid, Point at_point, float pitch) {
    const model::NumberGrid& error = context.room().error();
    paint_cells(context,
                {model::commands::Painted::error,
                 error,
                 context.room().filter(),
                 [&](CellPlace place) { return cell_at(error, place); }},
                grid,
                at_point,
                pitch);
}

void paint_target(Context& context, const GridResult& grid, Point at_point, float pitch) {
    const model::NumberGrid& target = context.room().learning().target;
    paint_cells(context,
                {model::commands::Painted::target,
                 target,
                 0,
                 [&](CellPlace place) { return cell_at(target, place); }},
                grid,
                at_point,
                pitch);
}

}  // namespace convoscope::rooms::convolve
