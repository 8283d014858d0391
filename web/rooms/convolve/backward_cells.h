#pragma once

#include <vector>

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/lit_cells.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// How every cell looks on the way back: the input's and the kernel's show their gradients, the
/// output's the error.
class BackwardCells {
  public:
    BackwardCells(const Context& context, const StageLayout& layout);

    [[nodiscard]] widgets::Cell input(int row, int column) const;
    [[nodiscard]] widgets::Cell kernel(int row, int column) const;
    [[nodiscard]] widgets::Cell output(int row, int column) const;

    [[nodiscard]] double greatest_input() const { return greatest_input_; }
    [[nodiscard]] double greatest_error() const { return greatest_error_; }

  private:
    [[nodiscard]] widgets::Color fill_of_value(double value, double greatest) const;

    const Context& context_;
    const StageLayout& layout_;
    double greatest_input_ = 1.0;
    double greatest_error_ = 1.0;
    LitCells lit_;
    std::vector<const model::Term*> fed_;  ///< by output: its term in the sum of a pixel
};

}  // namespace convoscope::rooms::convolve
