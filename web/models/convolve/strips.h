#pragma once

#include <span>

#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope::models::convolve {

/// A picture cut into strips of rows, one a lane: the engine's kernels compute a batch of images at
/// once, `[row][column][channel][lane]`, and take the strips for one. Each strip has the rows that
/// its windows read, so neighbours overlap.
class Strips {
  public:
    /// Of a grid that has its padding written out. Expects: windows without padding that fit.
    Strips(Index rows, Index columns, const Window& vertical, const Window& horizontal);

    /// Of one strip.
    [[nodiscard]] const Shape& input() const { return input_; }
    [[nodiscard]] const Shape& output() const { return output_; }
    /// Of the whole picture.
    [[nodiscard]] Index output_rows() const { return output_rows_; }
    [[nodiscard]] Index output_columns() const { return output_.width; }

    /// Row by row to strips; what lies below the last row is zero.
    void cut_input(std::span<const float> grid, std::span<float> lanes) const;
    /// And back.
    void join_output(std::span<const float> lanes, std::span<float> cells) const;

  private:
    Index rows_;
    Index stride_;
    Index output_rows_;
    Shape input_;
    Shape output_;
};

}  // namespace convoscope::models::convolve
