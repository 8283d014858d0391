#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

struct EffectiveFieldOptions {
    Index images = 16;  ///< random ones, of normal numbers
    std::uint64_t seed = 1;
};

/// How much each input pixel moves one cell, in the network as it is, which is far less at the edge
/// of the receptive field than in its middle.
struct EffectiveField {
    Index height = 0;
    Index width = 0;
    std::vector<double>
        influence;  ///< `[height][width]`, mean over images of Σ_c |d cell / d pixel|
};

/// By gradient: the cell's channels are summed. `value` is i + 1 for the output of layer i; layers
/// that it does not depend on are not run.
/// Source: Luo, Li, Urtasun, Zemel, "Understanding the Effective Receptive Field in Deep
/// Convolutional Neural Networks", 2016.
/// Returns error when: the cell is outside the value, or there is no memory.
[[nodiscard]] Result<EffectiveField> effective_field(const Network& network,
                                                     Index value,
                                                     Index row,
                                                     Index column,
                                                     const EffectiveFieldOptions& options = {});

}  // namespace convoscope
