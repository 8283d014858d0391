#include "web/models/convolve/strips.h"

#include "engine/core/check.h"
#include "engine/core/index.h"
#include "engine/core/lanes.h"

namespace convoscope::models::convolve {
namespace {

Index outputs(Index size, const Window& window) {
    return (size - window.extent()) / window.stride + 1;
}

/// Strip l begins at row l · step.
void cut(std::span<const float> cells, Index rows, Index step, const Shape& strip, float* lanes) {
    for (Index row = 0; row < strip.height; ++row) {
        for (Index lane = 0; lane < kLanes; ++lane) {
            const Index from = lane * step + row;
            float* to = lanes + row * strip.width * kLanes + lane;
            for (Index column = 0; column < strip.width; ++column) {
                to[column * kLanes] = from < rows ? cells[at(from * strip.width + column)] : 0.0F;
            }
        }
    }
}

}  // namespace

Strips::Strips(Index rows, Index columns, const Window& vertical, const Window& horizontal)
    : rows_(rows), stride_(vertical.stride), output_rows_(outputs(rows, vertical)) {
    const Index strip_rows = (output_rows_ + kLanes - 1) / kLanes;
    output_ = {.channels = 1, .height = strip_rows, .width = outputs(columns, horizontal)};
    input_ = {.channels = 1,
              .height = (strip_rows - 1) * vertical.stride + vertical.extent(),
              .width = columns};
}

void Strips::cut_input(std::span<const float> grid, std::span<float> lanes) const {
    CONVOSCOPE_CHECK(std::ssize(grid) == rows_ * input_.width);
    CONVOSCOPE_CHECK(std::ssize(lanes) == input_.element_count() * kLanes);
    cut(grid, rows_, output_.height * stride_, input_, lanes.data());
}

void Strips::join_output(std::span<const float> lanes, std::span<float> cells) const {
    CONVOSCOPE_CHECK(std::ssize(lanes) == output_.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(cells) == output_rows_ * output_.width);
    for (Index row = 0; row < output_rows_; ++row) {
        const Index lane = row / output_.height;
        const float* from = lanes.data() + (row % output_.height) * output_.width * kLanes + lane;
        for (Index column = 0; column < output_.width; ++column) {
            cells[at(row * output_.width + column)] = from[column * kLanes];
        }
    }
}

}  // namespace convoscope::models::convolve
