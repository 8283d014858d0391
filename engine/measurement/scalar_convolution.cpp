#include "engine/measurement/scalar_convolution.h"

#include "engine/core/window.h"

namespace convoscope {

void scalar_convolution(const kernels::Conv2dGeometry& geometry,
                        std::span<const float> image,
                        std::span<const float> weights,
                        std::span<float> output) {
    const Shape& in = geometry.input;
    const Shape& out = geometry.output;
    const Window& down = geometry.vertical;
    const Window& across = geometry.horizontal;
    const float* const pixels = image.data();
    float* target = output.data();
    for (Index channel = 0; channel < out.channels; ++channel) {
        const float* const kernel = weights.data() + channel * geometry.weights_per_output();
        for (Index row = 0; row < out.height; ++row) {
            const IndexRange rows = taps_inside(down, row, in.height);
            for (Index column = 0; column < out.width; ++column) {
                const IndexRange columns = taps_inside(across, column, in.width);
                float sum = 0.0F;
                for (Index source = 0; source < in.channels; ++source) {
                    for (Index i = rows.begin; i < rows.end; ++i) {
                        const Index y = row * down.stride + i * down.dilation - down.padding_begin;
                        const Index x = column * across.stride - across.padding_begin;
                        const Index line = (source * in.height + y) * in.width + x;
                        const Index taps = (source * down.size + i) * across.size;
                        for (Index j = columns.begin; j < columns.end; ++j) {
                            sum += kernel[taps + j] * pixels[line + j * across.dilation];
                        }
                    }
                }
                *target++ = sum;
            }
        }
    }
}

}  // namespace convoscope
