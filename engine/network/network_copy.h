#pragma once

#include <memory>

#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

/// Overwrites parameters and running statistics with those of the same names, and packs them.
/// Expects: `from` has every tensor of `to`, of the same shape.
void copy_state(const Network& from, Network& to);

/// The same network with numbers of its own, as they are at this moment.
/// Returns error when there is no memory.
[[nodiscard]] Result<std::unique_ptr<Network>> copy_of(const Network& network);

}  // namespace convoscope
