#include "engine/exchange/export.h"

#include <algorithm>
#include <array>
#include <span>

#include "engine/core/closest_word.h"
#include "engine/exchange/onnx/onnx_export.h"
#include "engine/exchange/python/keras_code.h"
#include "engine/exchange/python/pytorch_code.h"
#include "engine/exchange/safetensors.h"
#include "engine/exchange/weights.h"

namespace convoscope {
namespace {

Result<std::vector<std::byte>> as_bytes(const Result<std::string>& code) {
    if (!code) {
        return code.error();
    }
    const auto bytes = std::as_bytes(std::span(*code));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

}  // namespace

Result<ExportFormat> parse_export_format(const std::string& name) {
    // In the order of the enumeration.
    static const std::array<std::string, 4> kNames = {"onnx", "pytorch", "keras", "safetensors"};
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
        return Error{"the format is \"" + name + "\"" + did_you_mean(name, kNames) +
                     "; expected onnx, pytorch, keras or safetensors"};
    }
    return static_cast<ExportFormat>(found - kNames.begin());
}

bool holds_weights(ExportFormat format) {
    return format == ExportFormat::onnx || format == ExportFormat::safetensors;
}

Result<std::vector<std::byte>> export_network(const Network& network, ExportFormat format) {
    switch (format) {
        case ExportFormat::onnx:
            return onnx_file(network);
        case ExportFormat::pytorch:
            return as_bytes(pytorch_code(network));
        case ExportFormat::keras:
            return as_bytes(keras_code(network));
        case ExportFormat::safetensors:
            return write_safetensors(network_tensors(network));
    }
    return Error{"unknown format"};
}

}  // namespace convoscope
