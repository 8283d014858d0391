#pragma once

#include <string_view>

#include "engine/core/result.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// Reads a network file (`"format": "convoscope/1"`). Checks the form alone: types, names,
/// attributes, ranges, who reads whom. Whether the shapes fit together is `Network::build`'s.
/// Returns error when: anything is missing, unknown or of the wrong kind; the message names the
/// layer's index and name, the attribute, the value given and what was expected.
[[nodiscard]] Result<NetworkSpec> parse_network_file(std::string_view text);

}  // namespace convoscope
