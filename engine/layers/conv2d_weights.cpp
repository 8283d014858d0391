#include "engine/layers/conv2d_weights.h"

#include <cstddef>

#include "engine/core/check.h"

namespace convoscope {
namespace {

/// Calls visit(place in the engine's order, place in PyTorch's) for every weight.
template <class Visit>
void for_each_weight(const kernels::Conv2dGeometry& geometry, const Visit& visit) {
    const Index cells = geometry.kernel_cells();
    const Index channels = geometry.group_in_channels();
    std::size_t engine = 0;
    for (Index out = 0; out < geometry.output.channels; ++out) {
        for (Index cell = 0; cell < cells; ++cell) {
            for (Index in = 0; in < channels; ++in) {
                visit(engine++, static_cast<std::size_t>((out * channels + in) * cells + cell));
            }
        }
    }
}

}  // namespace

void conv2d_weights_to_pytorch(const kernels::Conv2dGeometry& geometry,
                               std::span<const float> engine,
                               std::span<float> pytorch) {
    CONVOSCOPE_CHECK(std::ssize(pytorch) == geometry.weight_count());
    for_each_weight(geometry,
                    [&](std::size_t from, std::size_t to) { pytorch[to] = engine[from]; });
}

void conv2d_weights_from_pytorch(const kernels::Conv2dGeometry& geometry,
                                 std::span<const float> pytorch,
                                 std::span<float> engine) {
    CONVOSCOPE_CHECK(std::ssize(pytorch) == geometry.weight_count());
    for_each_weight(geometry,
                    [&](std::size_t to, std::size_t from) { engine[to] = pytorch[from]; });
}

}  // namespace convoscope
