#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/models/convolve/convolve_model.h"

// The part of the room's link that is of the filter that learns, and of the look at the volumes.

namespace convoscope::models::convolve {

/// Where the filter learns: from what, and how fast.
void add_learning(std::vector<std::pair<std::string, std::string>>& pairs, const Model& model);

/// Where the volumes are shown, and not seen as they usually are.
void add_outlook(std::vector<std::pair<std::string, std::string>>& pairs, const Model& model);

[[nodiscard]] bool is_learning_pair(std::string_view name);

/// False, and no change, when the value is not readable, or nothing learns.
bool apply_learning_pair(Model& model, std::string_view name, const std::string& value);

}  // namespace convoscope::models::convolve
