#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// Whether the shapes that an `add` or `concat` reads fit together; any other layer is fine.
/// Returns error when: they do not; both inputs are named, without the layer's own name.
[[nodiscard]] Status check_join(const NetworkSpec& spec,
                                Index layer,
                                std::span<const Shape> inputs);

}  // namespace convoscope
