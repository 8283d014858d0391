#include "web/rooms/convolve/brush.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <imgui.h>

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
                        context.room().backward()
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
    if (!grid.interaction.held) {
        return;
    }
    const model::NumberGrid& image = context.setup().image;
    const double brush = context.room().brush;
    visit_stroke(at_point, pitch, [&](CellPlace place) {
        const std::optional<CellPlace> pixel = pixel_at(context, place);
        if (pixel && image.value(context.room().channel(), pixel->row, pixel->column) != brush) {
            context.commands.push(
                model::commands::paint(model::commands::Painted::input, *pixel, brush));
        }
    });
}

void paint_kernel(Context& context, const GridResult& grid, Point at_point, float pitch) {
    if (!grid.interaction.held || is_pooling(context.setup().operation)) {
        return;
    }
    const model::NumberGrid& weights = context.setup().weights;
    const double brush = context.room().brush;
    visit_stroke(at_point, pitch, [&](CellPlace place) {
        const bool within = place.row >= 0 && place.column >= 0 && place.row < weights.rows &&
                            place.column < weights.columns;
        if (within &&
            weights.value(context.room().weight_plane(), place.row, place.column) != brush) {
            context.commands.push(
                model::commands::paint(model::commands::Painted::kernel, place, brush));
        }
    });
}

void paint_error(Context& context, const GridResult& grid, Point at_point, float pitch) {
    if (!grid.interaction.held) {
        return;
    }
    const model::NumberGrid& error = context.room().error();
    const double brush = context.room().brush;
    visit_stroke(at_point, pitch, [&](CellPlace place) {
        const bool within = place.row >= 0 && place.column >= 0 && place.row < error.rows &&
                            place.column < error.columns;
        if (within && error.value(context.room().filter(), place.row, place.column) != brush) {
            context.commands.push(
                model::commands::paint(model::commands::Painted::error, place, brush));
        }
    });
}

}  // namespace convoscope::rooms::convolve
