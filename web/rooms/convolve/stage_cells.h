#pragma once

#include <vector>

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/lit_cells.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// How every cell of input, kernel and output looks in this frame.
class StageCells {
  public:
    StageCells(const Context& context, const StageLayout& layout);

    [[nodiscard]] widgets::Cell input(int row, int column) const;
    [[nodiscard]] widgets::Cell kernel(int row, int column) const;
    [[nodiscard]] widgets::Cell output(int row, int column) const;

    [[nodiscard]] double greatest_input() const { return greatest_input_; }
    [[nodiscard]] double greatest_output() const { return greatest_output_; }

    /// The window stands still and shows the weights within it.
    [[nodiscard]] bool arrived() const { return arrived_; }

  private:
    void collect_window();

    const Context& context_;
    const StageLayout& layout_;
    double greatest_input_ = 1.0;
    double greatest_output_ = 1.0;
    bool arrived_ = true;
    bool landed_ = true;
    LitCells lit_;
    std::vector<const model::Term*> in_window_;  ///< by place of the padded input
    std::vector<bool> row_read_;
    std::vector<bool> column_read_;
};

}  // namespace convoscope::rooms::convolve
