#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/network/attribute_reader.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// Reads the attributes of one layer of a type.
using ReadAttributes = LayerAttributes (*)(AttributeReader& reader);

/// The reader of a layer type by its name in the network file ("conv2d"); null when there is no
/// such type. Private to `network/`.
[[nodiscard]] ReadAttributes find_layer_type(std::string_view type);

[[nodiscard]] std::vector<std::string> layer_type_names();

/// All types for a message: "conv2d, …, identity or flatten".
[[nodiscard]] std::string layer_type_list();

}  // namespace convoscope
