#include "engine/exchange/python/keras_code.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/exchange/network_description.h"
#include "engine/exchange/python/keras_layer.h"
#include "engine/exchange/python/python_text.h"

namespace convoscope {
namespace {

/// In Keras's order of axes, as its own `summary()` shows them.
std::string shape_comment(const LayerDescription& layer) {
    const Shape& shape = layer.output;
    return "  # " + (shape.flat ? std::to_string(shape.channels)
                                : std::to_string(shape.height) + "×" + std::to_string(shape.width) +
                                      "×" + std::to_string(shape.channels));
}

std::string input_shape(const Shape& shape) {
    return "(" + std::to_string(shape.height) + ", " + std::to_string(shape.width) + ", " +
           std::to_string(shape.channels) + ")";
}

std::string head(const NetworkDescription& network) {
    const std::string name = python_comment(network.name);
    return "\"\"\"" + (name.empty() ? "A network" : name) +
           ", made with Convoscope, for Keras 3.\n\n"
           "Keras keeps channels last: images come as a batch [n, " +
           std::to_string(network.input.height) + ", " + std::to_string(network.input.width) +
           ", " + std::to_string(network.input.channels) + "].\n\"\"\"\n\n" +
           "import keras\nfrom keras import layers\n\n";
}

Result<std::string> sequential_code(const NetworkDescription& network) {
    std::string lines = "    keras.Input(" + input_shape(network.input) + "),\n";
    for (const LayerDescription& layer : network.layers) {
        const Result<std::vector<std::string>> calls = keras_layers(layer);
        if (!calls) {
            return calls.error();
        }
        for (const std::string& call : *calls) {
            const bool last = &call == &calls->back();
            lines += "    " + call + "," + (last ? shape_comment(layer) : "") + "\n";
        }
    }
    return "model = keras.Sequential([\n" + lines + "])\n";
}

Result<std::string> functional_code(const NetworkDescription& network) {
    std::vector<std::string> names = {"image"};
    std::vector<bool> next_alone;
    for (const LayerDescription& layer : network.layers) {
        names.push_back(layer.name);
        const auto value = static_cast<Index>(next_alone.size());
        next_alone.push_back(value > 0 && network.readers(value) == 1 &&
                             std::ranges::find(layer.inputs, value) != layer.inputs.end());
    }
    next_alone.push_back(true);  // the model's output
    const std::array<std::string, 3> reserved = {"keras", "layers", "model"};
    const std::vector<std::string> variables = python_variables(names, next_alone, reserved);
    std::string lines = variables.front() + " = keras.Input(" + input_shape(network.input) + ")\n";
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerDescription& layer = network.layers[i];
        const Result<std::vector<std::string>> calls = keras_layers(layer);
        if (!calls) {
            return calls.error();
        }
        std::vector<std::string> inputs;
        inputs.reserve(layer.inputs.size());
        for (const Index value : layer.inputs) {
            inputs.push_back(variables[static_cast<std::size_t>(value)]);
        }
        std::string input = inputs.front();
        if (layer.type == "add" || layer.type == "concat") {
            input = "[" + joined(inputs) + "]";
        }
        for (const std::string& call : *calls) {
            const bool last = &call == &calls->back();
            const std::string& variable = variables[i + 1];
            lines += variable + " = " + call + "(" + input + ")" +
                     (last ? shape_comment(layer) : "") + "\n";
            input = variable;
        }
    }
    return lines + "\nmodel = keras.Model(" + variables.front() + ", " + variables.back() + ")\n";
}

}  // namespace

Result<std::string> keras_code(const Network& network) {
    const NetworkDescription description = describe_network(network);
    const Result<std::string> body =
        description.is_chain() ? sequential_code(description) : functional_code(description);
    return body ? Result<std::string>(head(description) + *body) : body;
}

}  // namespace convoscope
