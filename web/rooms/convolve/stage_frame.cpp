#include "web/rooms/convolve/stage_frame.h"

#include "web/rooms/convolve/plane_strip.h"
#include "web/rooms/convolve/stage_legend.h"
#include "web/rooms/convolve/stage_parts.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kLegendWidth = 150;

/// The planes behind the one that a grid shows.
void draw_behind(Context& context, const ValueGridSpec& spec, Point at, Index planes) {
    const Point last{static_cast<float>(spec.columns - 1), static_cast<float>(spec.rows - 1)};
    draw_planes_behind(
        context, spec.quantity, planes, cells_between(spec, at, {0, 0}, last), radius::kCell);
}

void draw_words(
    Context& context, Point grid, Index planes, const StageWords& words, float right = kUnlimited) {
    draw_stage_label(context,
                     {grid.x, grid.y - label_distance(planes)},
                     words.quantity,
                     words.name,
                     words.caption,
                     right);
}

}  // namespace

Rect cells_between(const ValueGridSpec& spec, Point at, Point first, Point last) {
    const Rect from = grid_cell(spec, at, first.y, first.x);
    const Rect to = grid_cell(spec, at, last.y, last.x);
    return {from.x, from.y, to.right() - from.x, to.bottom() - from.y};
}

StageGrids stage_grids(const Context& context, const StageLayout& layout) {
    const model::Arithmetic& arithmetic = context.arithmetic();
    const bool hide = context.room().view == model::CellView::heat;
    StageGrids grids;
    grids.input.id = "convolve.grid.input";
    grids.input.rows = static_cast<int>(arithmetic.rows.count());
    grids.input.columns = static_cast<int>(arithmetic.columns.count());
    grids.input.pitch = layout.input_pitch;
    grids.input.hide_numbers = hide;
    grids.output.id = "convolve.grid.output";
    grids.output.rows = static_cast<int>(arithmetic.output.rows);
    grids.output.columns = static_cast<int>(arithmetic.output.columns);
    grids.output.pitch = layout.output_pitch;
    grids.output.hide_numbers = hide;
    return grids;
}

OnGrids draw_stage_fills(Context& context, const StageLayout& layout, const StageGrids& grids) {
    const model::Setup& setup = context.setup();
    draw_plane_strip(context, Volume::input, layout.input_strip);
    draw_plane_strip(context, Volume::output, layout.output_strip);
    draw_behind(context, grids.input, layout.input, setup.input_channels);
    draw_behind(context, grids.output, layout.output, setup.output_planes());
    OnGrids on;
    on.input = grid_fills(context.ui, grids.input, layout.input, grids.input_cell);
    on.output = grid_fills(context.ui, grids.output, layout.output, grids.output_cell);
    return on;
}

void draw_stage_numbers(Context& context,
                        const StageLayout& layout,
                        const StageGrids& grids,
                        const OnGrids& on) {
    grid_numbers(context.ui, grids.output, layout.output, grids.output_cell, on.output);
    grid_numbers(context.ui, grids.input, layout.input, grids.input_cell, on.input);
}

void draw_stage_words(Context& context,
                      const StageLayout& layout,
                      const StageWords& input,
                      const StageWords& kernel,
                      const StageWords& output) {
    const model::Setup& setup = context.setup();
    const Rect card = layout.kernel_card(setup);
    draw_stage_legend(context,
                      "convolve.legend.input",
                      input.quantity,
                      input.greatest,
                      {layout.input.x, layout.legend_y, kLegendWidth, 0});
    draw_stage_legend(context,
                      "convolve.legend.output",
                      output.quantity,
                      output.greatest,
                      {layout.output.x, layout.legend_y, kLegendWidth, 0});
    draw_words(context, layout.input, setup.input_channels, input);
    draw_words(context,
               layout.output,
               setup.output_planes(),
               output,
               setup.output_planes() > 1 ? layout.output_strip.x - space::k8 : kUnlimited);
    draw_words(context, {card.x, card.y + 4}, setup.slices(), kernel);
}

void draw_stage_indices(Context& context,
                        const StageLayout& layout,
                        const StageGrids& grids,
                        const ActivePlaces& active) {
    const model::Arithmetic& arithmetic = context.arithmetic();
    grid_indices(context.ui,
                 grids.input,
                 layout.input,
                 pixel_indices(arithmetic.rows, active.input_rows, layout.input_pitch),
                 pixel_indices(arithmetic.columns, active.input_columns, layout.input_pitch));
    const auto outputs = [&layout](Index count, model::OutputSpan span) {
        return output_indices(count, span.first, span.last, layout.output_pitch);
    };
    grid_indices(context.ui,
                 grids.output,
                 layout.output,
                 outputs(arithmetic.output.rows, active.output_rows),
                 outputs(arithmetic.output.columns, active.output_columns));
}

}  // namespace convoscope::rooms::convolve
