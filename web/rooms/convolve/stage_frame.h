#pragma once

#include <set>
#include <string>

#include "web/models/convolve/gradient.h"
#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/widgets/value_grid.h"

// What a stage shows in both directions: input and output with their strips, labels and edges.

namespace convoscope::rooms::convolve {

/// The grids of input and output, and what each of their cells looks like.
struct StageGrids {
    widgets::ValueGridSpec input;
    widgets::ValueGridSpec output;
    widgets::CellOf input_cell;
    widgets::CellOf output_cell;
};

/// Grids of the set-up's sizes; labels, quantities and cells are the direction's.
[[nodiscard]] StageGrids stage_grids(const Context& context, const StageLayout& layout);

struct OnGrids {
    widgets::GridResult input;
    widgets::GridResult output;
};

/// Strips of the planes, the planes behind, and the cells' fills.
OnGrids draw_stage_fills(Context& context, const StageLayout& layout, const StageGrids& grids);

/// The numbers of both grids: over the beam, which lies over the fills.
void draw_stage_numbers(Context& context,
                        const StageLayout& layout,
                        const StageGrids& grids,
                        const OnGrids& on);

/// The words over a grid, and the end of its scale.
struct StageWords {
    widgets::Quantity quantity;
    std::string name;
    std::string caption;
    double greatest = 1.0;
};

/// Labels over input, kernel and output, and the legends of both grids.
void draw_stage_words(Context& context,
                      const StageLayout& layout,
                      const StageWords& input,
                      const StageWords& kernel,
                      const StageWords& output);

/// What is numbered in colour along the edges: places of the padded input, and outputs.
struct ActivePlaces {
    std::set<Index> input_rows;
    std::set<Index> input_columns;
    model::OutputSpan output_rows;
    model::OutputSpan output_columns;
};

void draw_stage_indices(Context& context,
                        const StageLayout& layout,
                        const StageGrids& grids,
                        const ActivePlaces& active);

/// The cells from `first` to `last`, which need not be whole numbers.
[[nodiscard]] widgets::Rect cells_between(const widgets::ValueGridSpec& spec,
                                          widgets::Point at,
                                          widgets::Point first,
                                          widgets::Point last);

}  // namespace convoscope::rooms::convolve
