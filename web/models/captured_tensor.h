#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace convoscope::models {

/// A tensor of the engine at one step, under its name in `snapshot` (docs/protocol.md).
struct CapturedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

}  // namespace convoscope::models
