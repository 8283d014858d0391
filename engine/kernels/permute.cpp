#include "engine/kernels/permute.h"

#include "engine/core/check.h"
#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

/// [rows][columns][lane] to [columns][rows][lane].
void transpose_blocks(Index rows,
                      Index columns,
                      std::span<const float> input,
                      std::span<float> output) {
    CONVOSCOPE_CHECK(std::ssize(input) == rows * columns * kLanes);
    CONVOSCOPE_CHECK(std::ssize(output) == rows * columns * kLanes);
    float* target = output.data();
    for (Index column = 0; column < columns; ++column) {
        const float* source = input.data() + column * kLanes;
        for (Index row = 0; row < rows; ++row) {
            for (Index v = 0; v < simd::kVectors; ++v) {
                simd::store(target + v * simd::kVectorSize,
                            simd::load(source + v * simd::kVectorSize));
            }
            target += kLanes;
            source += columns * kLanes;
        }
    }
}

}  // namespace

void channels_first(const Shape& shape, std::span<const float> input, std::span<float> output) {
    transpose_blocks(shape.height * shape.width, shape.channels, input, output);
}

void channels_last(const Shape& shape, std::span<const float> input, std::span<float> output) {
    transpose_blocks(shape.channels, shape.height * shape.width, input, output);
}

}  // namespace convoscope::kernels
