#include "engine/kernels/im2col.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/lanes.h"

namespace convoscope::kernels {

Conv2dGeometry im2col_product(const Conv2dGeometry& geometry) {
    CONVOSCOPE_CHECK(geometry.groups == 1);
    Conv2dGeometry product;
    product.output = geometry.output;
    product.input = geometry.output;
    product.input.channels = geometry.weights_per_output();
    return product;
}

void im2col(const Conv2dGeometry& geometry,
            std::span<const float> input,
            std::span<float> patches) {
    const Index block = geometry.input.channels * kLanes;  // of one cell; its neighbours follow it
    const Window& down = geometry.vertical;
    const Window& across = geometry.horizontal;
    auto target = patches.begin();
    for (Index row = 0; row < geometry.output.height; ++row) {
        for (Index column = 0; column < geometry.output.width; ++column) {
            for (Index tap_row = 0; tap_row < down.size; ++tap_row) {
                const Index y = row * down.stride + tap_row * down.dilation - down.padding_begin;
                for (Index tap_column = 0; tap_column < across.size; ++tap_column) {
                    const Index x = column * across.stride + tap_column * across.dilation -
                                    across.padding_begin;
                    const bool inside =
                        y >= 0 && y < geometry.input.height && x >= 0 && x < geometry.input.width;
                    target =
                        inside ? std::copy_n(input.begin() + (y * geometry.input.width + x) * block,
                                             block,
                                             target)
                               : std::fill_n(target, block, 0.0F);
                }
            }
        }
    }
}

}  // namespace convoscope::kernels
