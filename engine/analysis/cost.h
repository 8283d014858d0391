#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// What one layer costs for one image. 64 bits everywhere, as the large networks that a page
/// describes, but cannot train, do not fit 32.
struct LayerCost {
    std::int64_t parameters = 0;  ///< biases and batch norm's affine ones counted, statistics not
    std::string parameter_text;   ///< "16·8·5·5 + 16 = 3216"; empty when there are none
    /// Multiplications of `conv2d`, `conv_transpose2d` and `linear`, those with padding's zeros
    /// counted and biases not.
    std::int64_t multiply_accumulates = 0;
    /// As TensorFlow's profiler counts: 2 a multiply-accumulate, 1 a bias added, a window's cells
    /// an output of pooling, other layers none. Papers that say FLOPs often mean the line above.
    std::int64_t flops = 0;
    std::int64_t activations = 0;  ///< numbers of the output

    /// Bytes of the output as 32-bit floats.
    [[nodiscard]] std::int64_t activation_bytes() const { return activations * 4; }
};

/// Expects: shapes and parameters as inferred (`InferredNetwork`).
[[nodiscard]] LayerCost cost_of(const LayerAttributes& attributes,
                                std::span<const ParameterInfo> parameters,
                                const Shape& input,
                                const Shape& output);

}  // namespace convoscope
