#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "web/models/json.h"

namespace convoscope::models {

/// A tensor of the engine at one step, under its name in `snapshot` (docs/protocol.md).
struct CapturedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// The tensors of an event whose payload has them; those that do not fit it are left out.
[[nodiscard]] std::vector<CapturedTensor> tensors_of(const Json& event,
                                                     std::span<const std::byte> payload);

}  // namespace convoscope::models
