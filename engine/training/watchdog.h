#pragma once

#include <span>
#include <string>

#include "engine/network/network.h"
#include "engine/network/workspace.h"

namespace convoscope {

/// What the watchdog looks at after a step that must not be applied.
struct BadStep {
    const Network& network;
    std::span<const float> gradient;  ///< of all parameters; empty: the step did not get so far
    /// All activations of a micro-batch, without gradients; null: there is none.
    const Workspace* activations = nullptr;
};

/// Which layer went wrong first, and how, in one sentence: a parameter out of bounds, else the
/// first output that is not finite, else, from the loss backwards, the first gradient that is not
/// finite or too large.
[[nodiscard]] std::string describe_bad_step(const BadStep& step);

}  // namespace convoscope
