#include "web/rooms/convolve/backward_stage.h"

#include <optional>
#include <string>

#include "web/rooms/convolve/backward_cells.h"
#include "web/rooms/convolve/beam.h"
#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/kernel_card.h"
#include "web/rooms/convolve/stage_frame.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_parts.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Target;

namespace {

std::string of_plane(const char* kind, Index plane, Index planes) {
    return planes == 1 ? std::string() : ", " + std::string(kind) + " " + std::to_string(plane);
}

std::string error_caption(const Context& context) {
    const model::Model& room = context.room();
    const std::string which = of_plane(is_pooling(context.setup().operation) ? "channel" : "filter",
                                       room.filter(),
                                       context.setup().output_planes());
    switch (room.error_choice()) {
        case model::ErrorChoice::ones:
            return "1 each: L is their sum" + which;
        case model::ErrorChoice::one:
            return "1 at " + place_text(room.error_place()) + which;
        case model::ErrorChoice::painted:
            return "painted" + which;
    }
    return {};
}

/// A place of the input and the outputs that it fed, as they are framed.
struct Link {
    Rect cell;
    Rect window;
};

class Framing {
  public:
    Framing(const Context& context, const StageLayout& layout, const StageGrids& grids)
        : context_(context), layout_(layout), grids_(grids) {}

    /// None: no output reads the place.
    [[nodiscard]] std::optional<Link> link_of(CellPlace place) const {
        const model::OutputSpan rows = outputs_fed(context_.arithmetic().rows, place.row);
        const model::OutputSpan columns = outputs_fed(context_.arithmetic().columns, place.column);
        if (rows.count() == 0 || columns.count() == 0) {
            return std::nullopt;
        }
        const Point input = point_of(place.row, place.column);
        return Link{cells_between(grids_.input, layout_.input, input, input),
                    cells_between(grids_.output,
                                  layout_.output,
                                  point_of(rows.first, columns.first),
                                  point_of(rows.last, columns.last))};
    }

    /// Of what the terms add up to: on its way there while playback glides. None for a weight.
    [[nodiscard]] std::optional<Link> current() const {
        const model::Model& room = context_.room();
        const Target summed = room.summed();
        if (summed.kind != Target::Kind::grid) {
            return std::nullopt;
        }
        const std::optional<Link> to = link_of(summed.place);
        const auto eased = motion::move(static_cast<float>(room.playback.glide()));
        const auto before =
            place_of_pixel(context_.arithmetic(), room.cell_at(room.playback.came_from));
        const bool told = room.told_target().kind == Target::Kind::grid;
        if (!to || !before || told || eased >= 1) {
            return to;
        }
        const std::optional<Link> from = link_of(*before);
        return from ? Link{between(from->cell, to->cell, eased),
                           between(from->window, to->window, eased)}
                    : to;
    }

  private:
    static Point point_of(Index row, Index column) {
        return {static_cast<float>(column), static_cast<float>(row)};
    }
    static Rect between(Rect a, Rect b, float t) {
        const auto mixed = [t](float x, float y) { return x + (y - x) * t; };
        return {mixed(a.x, b.x), mixed(a.y, b.y), mixed(a.w, b.w), mixed(a.h, b.h)};
    }

    const Context& context_;
    const StageLayout& layout_;
    const StageGrids& grids_;
};

StageGrids backward_grids(const Context& context,
                          const StageLayout& layout,
                          const BackwardCells& cells) {
    StageGrids grids = stage_grids(context, layout);
    grids.input.label = "Gradient of the input";
    grids.input.value = size_text(context.setup().height.input, context.setup().width.input);
    grids.input.quantity = Quantity::kGradient;
    grids.input_cell = [&cells](int row, int column) { return cells.input(row, column); };
    grids.output.label = "Error of the output";
    grids.output.value = error_caption(context);
    grids.output.quantity = Quantity::kGradient;
    grids.output_cell = [&cells](int row, int column) { return cells.output(row, column); };
    return grids;
}

void draw_labels(Context& context, const StageLayout& layout, const BackwardCells& cells) {
    const model::Setup& setup = context.setup();
    const bool pooling = is_pooling(setup.operation);
    draw_stage_words(
        context,
        layout,
        {Quantity::kGradient,
         "Input's gradient",
         "dL/dx" + of_plane("channel", context.room().channel(), setup.input_channels),
         cells.greatest_input()},
        {Quantity::kKernel,
         pooling ? "Window" : "Kernel's gradient",
         pooling ? size_text(setup.height.kernel, setup.width.kernel) : "dL/dw"},
        {Quantity::kGradient, "Error", error_caption(context), cells.greatest_error()});
}

/// The pixel whose sum is told and the outputs that it fed; for a weight none.
ActivePlaces active_places(const Context& context) {
    const Target summed = context.room().summed();
    if (summed.kind != Target::Kind::grid) {
        return {};
    }
    const model::Arithmetic& arithmetic = context.arithmetic();
    return {.input_rows = {summed.place.row},
            .input_columns = {summed.place.column},
            .output_rows = outputs_fed(arithmetic.rows, summed.place.row),
            .output_columns = outputs_fed(arithmetic.columns, summed.place.column)};
}

}  // namespace

void draw_backward_stage(Context& context, Rect area) {
    const StageLayout layout = lay_out_stage(context, area);
    const BackwardCells cells(context, layout);
    const StageGrids grids = backward_grids(context, layout, cells);
    const OnGrids on = draw_stage_fills(context, layout, grids);
    if (!layout.phone) {
        draw_labels(context, layout, cells);
        draw_stage_indices(context, layout, grids, active_places(context));
    }
    const std::optional<Link> link = Framing(context, layout, grids).current();
    if (link) {
        draw_beam(context, layout, link->cell, link->window);
    }
    draw_stage_numbers(context, layout, grids, on);
    if (link) {
        grid_window(context.ui, link->window);
    }
    const GridResult on_kernel = draw_kernel_card(
        context, layout, [&cells](int row, int column) { return cells.kernel(row, column); });
    paint_error(context, on.output, layout.output, layout.output_pitch);
    take_pointer(context, on.input, on_kernel, on.output);
}

}  // namespace convoscope::rooms::convolve
