#pragma once

#include <span>
#include <vector>

#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/gather.h"
#include "web/models/convolve/strips.h"

namespace convoscope::models::convolve {

/// One kernel over one plane, by the engine's vectorised kernels.
class StripedConvolution {
  public:
    /// Of a grid that has its padding written out. Expects: windows without padding that fit.
    StripedConvolution(Index rows, Index columns, const Window& vertical, const Window& horizontal);

    [[nodiscard]] Index output_rows() const { return strips_.output_rows(); }
    [[nodiscard]] Index output_columns() const { return strips_.output_columns(); }
    [[nodiscard]] Index output_cells() const { return output_rows() * output_columns(); }

    /// The picture, row by row; it stays for what follows.
    void take(std::span<const float> grid);
    /// `torch.nn.functional.conv2d` of one channel and one filter. Overwrites `output`.
    void forward(std::span<const float> weights, float bias, std::span<float> output);

  private:
    Strips strips_;
    kernels::Conv2dGeometry geometry_;
    kernels::GatherPlan plan_;
    std::vector<float> panels_;
    std::vector<float> input_;
    std::vector<float> output_;
};

}  // namespace convoscope::models::convolve
