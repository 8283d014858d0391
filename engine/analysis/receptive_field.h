#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/core/index.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// What one output position of a layer sees of the input, along `[height, width]`.
/// Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks",
/// Distill 2019.
struct ReceptiveField {
    std::array<Index, 2> size = {1, 1};
    std::array<Index, 2> jump = {1, 1};        ///< input pixels between neighbouring outputs
    std::array<double, 2> start = {0.5, 0.5};  ///< centre of the first one; pixel 0's is at 0.5
};

/// One a layer; nothing from the first layer on that sees the whole input (`flatten`, `linear`).
[[nodiscard]] std::vector<std::optional<ReceptiveField>> receptive_fields(const NetworkSpec& spec);

}  // namespace convoscope
