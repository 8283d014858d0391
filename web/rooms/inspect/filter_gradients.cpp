#include "web/rooms/inspect/filter_gradients.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/models/inspect/patches.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/widgets/cell_cursor.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kSmallKernel = 36;
constexpr float kLargestCell = 26;

/// The weights that made a neuron: a range of the layer's, in kernels of rows and columns.
struct Filter {
    const models::CapturedTensor* gradients = nullptr;
    Index first = 0;
    Index kernels = 1;
    Index rows = 1;
    Index columns = 1;

    [[nodiscard]] Index count() const { return kernels * rows * columns; }
    [[nodiscard]] float value(Index i) const { return gradients->values[at(first + i)]; }
};

Filter filter_of(const Context& context) {
    const Index stage = context.neuron->stage;
    const model::Values values(context.room().network, context.train().snapshot);
    Filter filter;
    filter.gradients = values.find("gradient." + context.stage_name(stage) + ".weight");
    if (filter.gradients == nullptr || filter.gradients->shape.size() < 2) {
        return {};
    }
    const auto& shape = filter.gradients->shape;
    const auto extent = [&](std::size_t axis) { return static_cast<Index>(shape[axis]); };
    if (shape.size() == 4) {
        filter.kernels = extent(1);
        filter.rows = extent(2);
        filter.columns = extent(3);
    } else {
        const model::Patch row = model::folded(
            0, std::span(filter.gradients->values).first(static_cast<std::size_t>(extent(1))));
        filter.rows = row.rows;
        filter.columns = row.columns;
    }
    const Index size = std::ssize(filter.gradients->values) / std::max(extent(0), Index{1});
    const Index unit = std::min(context.neuron->place.channel, extent(0) - 1);
    filter.first = unit * size;
    return filter;
}

Color colour_at(const Context& context, const Filter& filter, Index i, float greatest) {
    return diverging(context.theme(), filter.value(i), greatest);
}

float greatest_of(const Filter& filter) {
    return static_cast<float>(greatest_magnitude(
        std::span(filter.gradients->values)
            .subspan(at(filter.first))
            .first(at(
                std::min(filter.count(), std::ssize(filter.gradients->values) - filter.first)))));
}

bool is_there(const Filter& filter, Index i) {
    return filter.first + i < std::ssize(filter.gradients->values);
}

/// The kernels of the other input channels, small; a click opens the same place in another.
float draw_kernels(Context& context, const Filter& filter, Index opened, Rect where) {
    const float pitch = kSmallKernel + space::k4;
    const auto across = std::max(Index{1}, static_cast<Index>((where.w + space::k4) / pitch));
    const Index shown = std::min(filter.kernels, 2 * across);
    const Index size = filter.rows * filter.columns;
    const float greatest = greatest_of(filter);
    Canvas canvas = context.ui.canvas();
    for (Index k = 0; k < shown; ++k) {
        const Rect tile{where.x + static_cast<float>(k % across) * pitch,
                        where.y + static_cast<float>(k / across) * pitch,
                        kSmallKernel,
                        kSmallKernel};
        const Interaction act = interact(context.ui,
                                         {.id = "inspect.kernel." + std::to_string(k),
                                          .label = "Kernel of input channel " + std::to_string(k),
                                          .role = Role::kRadio,
                                          .selected = k == opened / size},
                                         tile);
        const float cell = kSmallKernel / static_cast<float>(std::max(filter.rows, filter.columns));
        for (Index i = 0; i < size; ++i) {
            canvas.fill({tile.x + static_cast<float>(i % filter.columns) * cell,
                         tile.y + static_cast<float>(i / filter.columns) * cell,
                         cell,
                         cell},
                        colour_at(context, filter, k * size + i, greatest));
        }
        if (act.hovered || k == opened / size) {
            canvas.outline(tile.inset(-2), context.theme().t1, radius::kTile, stroke::kSelect);
        }
        if (act.focused) {
            canvas.focus_ring(tile, radius::kTile);
        }
        if (act.clicked) {
            context.commands.push(model::commands::with(
                "inspect_weight", "element", filter.first + k * size + opened % size));
        }
    }
    return static_cast<float>((shown + across - 1) / across) * pitch + space::k8;
}

/// One kernel, or all weights of a dense neuron, to choose from.
float draw_cells(Context& context, const Filter& filter, Index opened, Rect where) {
    const Index size = filter.rows * filter.columns;
    const Index kernel = opened / size;
    const float pitch = std::min(kLargestCell, where.w / static_cast<float>(filter.columns));
    const Rect whole{where.x,
                     where.y,
                     pitch * static_cast<float>(filter.columns),
                     pitch * static_cast<float>(filter.rows)};
    const Interaction act =
        interact(context.ui,
                 {.id = "inspect.weights",
                  .label = "Gradients of the weights",
                  .role = Role::kGrid,
                  .value = significant_text(static_cast<double>(filter.value(opened)), 4)},
                 whole,
                 {{"Click a weight to open the sum of its gradient.",
                   FontStyle::kBody,
                   context.theme().t2}});
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const CellCursor cursor =
        act.focused ? cell_cursor(static_cast<int>(filter.rows), static_cast<int>(filter.columns))
                    : CellCursor{-1, -1};
    const float greatest = greatest_of(filter);
    Canvas canvas = context.ui.canvas();
    for (Index i = 0; i < size && is_there(filter, kernel * size + i); ++i) {
        const Rect cell{whole.x + static_cast<float>(i % filter.columns) * pitch,
                        whole.y + static_cast<float>(i / filter.columns) * pitch,
                        pitch,
                        pitch};
        const Index element = kernel * size + i;
        canvas.fill({cell.x,
                     cell.y,
                     pitch - (pitch >= 6 ? 1.0F : 0.0F),
                     pitch - (pitch >= 6 ? 1.0F : 0.0F)},
                    colour_at(context, filter, element, greatest));
        const bool pointed = act.hovered ? cell.contains({mouse.x, mouse.y})
                                         : cursor.row * filter.columns + cursor.column == i;
        if (element == opened || pointed) {
            canvas.outline(cell.inset(-1), context.theme().t1, radius::kTick, 2);
        }
        if (pointed) {
            context.ui.explanation = {
                {significant_text(static_cast<double>(filter.value(element)), 4),
                 FontStyle::kM12,
                 context.theme().t1},
                {"  a weight's gradient: click to open its sum",
                 FontStyle::kBody,
                 context.theme().t2}};
        }
        if (pointed && act.clicked) {
            context.commands.push(
                model::commands::with("inspect_weight", "element", filter.first + element));
        }
    }
    if (act.focused) {
        canvas.focus_ring(whole, radius::kTile);
    }
    return whole.h + space::k16;
}

}  // namespace

Index strongest_weight(const Context& context) {
    const Filter filter = filter_of(context);
    if (filter.gradients == nullptr) {
        return -1;
    }
    Index best = 0;
    for (Index i = 0; i < filter.count() && is_there(filter, i); ++i) {
        best = std::abs(filter.value(i)) > std::abs(filter.value(best)) ? i : best;
    }
    return filter.first + best;
}

float draw_filter_gradients(Context& context, Rect where) {
    const Filter filter = filter_of(context);
    const Index opened = context.room().weight - filter.first;
    if (filter.gradients == nullptr || opened < 0 || opened >= filter.count()) {
        return 0;
    }
    const float top = where.y;
    section_head(context.ui,
                 where.x,
                 where.y + space::k8,
                 where.w,
                 "The weights' gradients",
                 filter.kernels > 1 ? "by input channel" : "");
    where.y += space::k24;
    if (filter.kernels > 1) {
        where.y += draw_kernels(context, filter, opened, where);
    }
    where.y += draw_cells(context, filter, opened, where);
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
