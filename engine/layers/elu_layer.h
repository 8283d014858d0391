#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// x where x > 0, else alpha · (e^x - 1); `torch.nn.ELU`.
/// Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by
/// Exponential Linear Units (ELUs)", 2015.
struct EluSpec {
    float alpha = 1.0F;
};

[[nodiscard]] std::unique_ptr<Layer> make_elu_layer(const EluSpec& spec, const Shape& input);

}  // namespace convoscope
