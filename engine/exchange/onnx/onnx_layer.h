#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/exchange/network_description.h"
#include "engine/exchange/onnx/onnx_graph.h"
#include "engine/exchange/safetensors.h"

namespace convoscope {

/// What a layer has at hand while it is written as ONNX operators.
struct OnnxLayer {
    OnnxGraph& graph;
    const LayerDescription& layer;
    std::span<const Tensor> tensors;  ///< the network's, by name "conv1.weight"
    std::vector<std::string> inputs;
    std::string output;  ///< the value to make

    [[nodiscard]] const std::string& input() const { return inputs.front(); }

    /// An operator whose output is the layer's.
    void finish(std::string_view operator_type,
                const std::vector<std::string>& operands,
                const std::vector<OnnxAttribute>& attributes = {}) const;
    /// An operator on the way there; returns its value's name, "conv1.pad".
    std::string step(const std::string& part,
                     std::string_view operator_type,
                     const std::vector<std::string>& operands,
                     const std::vector<OnnxAttribute>& attributes = {}) const;

    [[nodiscard]] std::string scalar(const std::string& part, double value) const;
    [[nodiscard]] std::string integers(const std::string& part,
                                       const std::vector<std::int64_t>& values) const;
    [[nodiscard]] std::string floats(const std::string& part,
                                     const std::vector<std::int64_t>& shape,
                                     const std::vector<float>& values) const;
    /// The network's tensor `<layer>.<parameter>` as a constant; another shape of as many numbers
    /// if one is given. Empty when the layer has none of this name.
    [[nodiscard]] std::string parameter(const std::string& parameter,
                                        const std::vector<std::int64_t>& shape = {}) const;
};

/// The operators of one layer; inference, so that dropout is the identity and batch norm uses its
/// running statistics. Expects: a type of the network format.
void write_onnx_layer(const OnnxLayer& layer);

// Of layers with windows: onnx_window_layers.cpp.
void write_onnx_conv2d(const OnnxLayer& layer);
void write_onnx_conv_transpose2d(const OnnxLayer& layer);
void write_onnx_max_pool2d(const OnnxLayer& layer);
void write_onnx_avg_pool2d(const OnnxLayer& layer);
void write_onnx_adaptive_avg_pool2d(const OnnxLayer& layer);
void write_onnx_local_response_norm(const OnnxLayer& layer);

}  // namespace convoscope
