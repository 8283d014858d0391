#include "engine/data/augmentation/resample.h"

#include <algorithm>

namespace convoscope {
namespace {

/// Copies a channel into a frame of background, one pixel wide before and two after, so that
/// no place within it needs a test.
void frame_channel(const AugmentationPass& pass, Index channel, std::span<float> framed) {
    const Index height = pass.shape.height;
    const Index width = pass.shape.width;
    std::ranges::fill(framed, pass.background[at(channel)]);
    for (Index row = 0; row < height; ++row) {
        std::ranges::copy(pass.input.subspan(at((channel * height + row) * width), at(width)),
                          framed.begin() + (row + 1) * (width + 3) + 1);
    }
}

}  // namespace

Index resample_scratch_floats(const Shape& shape) {
    return 2 * shape.height * shape.width + (shape.height + 3) * (shape.width + 3);
}

ResampleField resample_field(const AugmentationPass& pass) {
    const std::size_t positions = at(pass.shape.height * pass.shape.width);
    return {.rows = pass.scratch.first(positions),
            .columns = pass.scratch.subspan(positions, positions)};
}

void resample(const AugmentationPass& pass) {
    const Index channels = pass.shape.channels;
    const Index height = pass.shape.height;
    const Index width = pass.shape.width;
    const Index positions = height * width;
    const ResampleField field = resample_field(pass);
    const Index stride = width + 3;
    const auto framed = pass.scratch.subspan(at(2 * positions), at((height + 3) * stride));
    const auto last_row = static_cast<float>(height + 1);
    const auto last_column = static_cast<float>(width + 1);
    for (Index channel = 0; channel < channels; ++channel) {
        frame_channel(pass, channel, framed);
        float* output = pass.output.data() + channel * positions;
        for (Index i = 0; i < positions; ++i) {
            // Coordinates of the frame: 1 more than the image's, and never negative.
            const float row = std::clamp(field.rows[at(i)] + 1.0F, 0.0F, last_row);
            const float column = std::clamp(field.columns[at(i)] + 1.0F, 0.0F, last_column);
            const auto top = static_cast<int>(row);
            const auto left = static_cast<int>(column);
            const float down = row - static_cast<float>(top);
            const float right = column - static_cast<float>(left);
            const float* corner = framed.data() + top * stride + left;
            const float upper = corner[0] + right * (corner[1] - corner[0]);
            const float lower = corner[stride] + right * (corner[stride + 1] - corner[stride]);
            output[i] = upper + down * (lower - upper);
        }
    }
}

}  // namespace convoscope
