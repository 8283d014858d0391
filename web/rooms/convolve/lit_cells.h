#pragma once

#include <optional>
#include <vector>

#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// Which cells are lit in this frame: those that meet in what is pointed at, each in the colour of
/// the weight that joins them; and the one that a click has pinned.
class LitCells {
  public:
    explicit LitCells(const Context& context);

    /// A place of the padded input.
    void mark_input(widgets::Cell& cell, int row, int column) const;
    void mark_kernel(widgets::Cell& cell, int row, int column) const;
    void mark_output(widgets::Cell& cell, int row, int column) const;

  private:
    /// By place: the weight that meets it in what is pointed at, if any.
    using Lights = std::vector<std::optional<model::CellPlace>>;

    void light(widgets::Cell& cell, const Lights& lights, Index place) const;
    [[nodiscard]] bool is_pinned(model::Target::Kind kind, int row, int column) const;

    const Context& context_;
    Lights input_;
    Lights kernel_;
    Lights output_;
};

}  // namespace convoscope::rooms::convolve
