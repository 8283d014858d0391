#include "engine/exchange/onnx/onnx_export.h"

#include <algorithm>
#include <string>

#include "engine/exchange/network_description.h"
#include "engine/exchange/onnx/onnx_layer.h"
#include "engine/exchange/weights.h"

namespace convoscope {

std::vector<std::byte> onnx_file(const Network& network) {
    const NetworkDescription description = describe_network(network);
    const std::vector<Tensor> tensors = network_tensors(network);
    std::vector<std::string> values = {"input"};
    for (const LayerDescription& layer : description.layers) {
        values.push_back(layer.name);
    }
    if (std::ranges::find(values, "output") == values.end()) {
        values.back() = "output";
    }
    OnnxGraph graph;
    for (std::size_t i = 0; i < description.layers.size(); ++i) {
        const LayerDescription& layer = description.layers[i];
        OnnxLayer onnx{.graph = graph,
                       .layer = layer,
                       .tensors = tensors,
                       .inputs = {},
                       .output = values[i + 1]};
        for (const Index value : layer.inputs) {
            onnx.inputs.push_back(values[static_cast<std::size_t>(value)]);
        }
        write_onnx_layer(onnx);
    }
    return graph.file(description.name,
                      {values.front(), description.input},
                      {values.back(), network.output_shape()});
}

}  // namespace convoscope
