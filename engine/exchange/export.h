#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

enum class ExportFormat { onnx, pytorch, keras, safetensors };

/// Returns error when the name is none of "onnx", "pytorch", "keras" and "safetensors".
[[nodiscard]] Result<ExportFormat> parse_export_format(const std::string& name);

/// True when the format holds the weights; the others are code that is written without.
[[nodiscard]] bool holds_weights(ExportFormat format);

/// The network as a file of the format.
/// Returns error when: the format cannot say what a layer does; the layer is named.
/// Expects: the network was built from a file.
[[nodiscard]] Result<std::vector<std::byte>> export_network(const Network& network,
                                                            ExportFormat format);

}  // namespace convoscope
