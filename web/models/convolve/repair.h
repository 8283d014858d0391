#pragma once

#include <string>
#include <vector>

#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// One change that makes an impossible combination possible.
struct Repair {
    std::string label;    ///< "padding 2"
    std::string outcome;  ///< "output 1 × 1"
    Setup setup;          ///< changed
};

/// At most three, the smallest changes first. Expects: `setup` is impossible.
[[nodiscard]] std::vector<Repair> repairs_of(const Setup& setup);

}  // namespace convoscope::models::convolve
