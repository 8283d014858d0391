#include "engine/exchange/python/keras_layer.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "engine/core/check.h"
#include "engine/exchange/python/python_text.h"

namespace convoscope {
namespace {

using Layers = Result<std::vector<std::string>>;
using Writer = Layers (*)(const LayerDescription&);

Layers one(const LayerDescription& layer,
           const std::string& constructor,
           std::vector<std::string> arguments = {}) {
    return std::vector<std::string>{keras_call(layer, constructor, std::move(arguments))};
}

Layers activation(const LayerDescription& layer) {
    return one(layer, "layers.Activation", {python_quoted(layer.type)});
}

std::string argument(const LayerDescription& layer,
                     const std::string& name,
                     const char* key,
                     double fallback) {
    return name + "=" + python_literal(layer.number(key, fallback));
}

Layers linear(const LayerDescription& layer) {
    std::vector<std::string> arguments = {std::to_string(layer.output.channels)};
    if (!layer.flag("bias", true)) {
        arguments.emplace_back("use_bias=False");
    }
    return one(layer, "layers.Dense", arguments);
}

/// Channels go to the front first, so that the features stand in the order of our weights.
Layers flatten(const LayerDescription& layer) {
    std::vector<std::string> calls;
    if (!layer.input.flat && layer.input.channels > 1 &&
        layer.input.height * layer.input.width > 1) {
        calls.emplace_back("layers.Permute((3, 1, 2))");
    }
    calls.push_back(keras_call(layer, "layers.Flatten", {}));
    return calls;
}

/// Keras's momentum is what stays of the old figure, PyTorch's what comes of the new one.
Layers batch_norm2d(const LayerDescription& layer) {
    std::vector<std::string> arguments = {
        "momentum=" + python_literal(1.0 - layer.number("momentum", 0.1)),
        argument(layer, "epsilon", "eps", 1e-5)};
    if (!layer.flag("affine", true)) {
        arguments.emplace_back("center=False, scale=False");
    }
    return one(layer, "layers.BatchNormalization", arguments);
}

Layers local_response_norm(const LayerDescription& layer) {
    return Error{layer.label +
                 ": type is \"local_response_norm\"; Keras has no such layer, so that the network "
                 "cannot be written for it"};
}

Layers gelu(const LayerDescription& layer) {
    if (layer.text("approximate", "none") == "tanh") {
        return one(
            layer, "layers.Lambda", {"lambda x: keras.activations.gelu(x, approximate=True)"});
    }
    return activation(layer);
}

Layers softplus(const LayerDescription& layer) {
    const double beta = layer.number("beta", 1.0);
    if (beta == 1.0) {
        return activation(layer);
    }
    const std::string factor = python_literal(beta);
    return one(layer,
               "layers.Lambda",
               {"lambda x: keras.activations.softplus(x * " + factor + ") / " + factor});
}

/// Keras has a slope for each number unless axes share it.
Layers prelu(const LayerDescription& layer) {
    const bool one_slope = layer.integer("num_parameters", 1) == 1;
    std::vector<std::string> arguments = {"alpha_initializer=keras.initializers.Constant(" +
                                          python_literal(layer.number("init", 0.25)) + ")"};
    if (!layer.input.flat) {
        arguments.emplace_back(one_slope ? "shared_axes=[1, 2, 3]" : "shared_axes=[1, 2]");
    } else if (one_slope) {
        arguments.emplace_back("shared_axes=[1]");
    }
    return one(layer, "layers.PReLU", arguments);
}

const std::unordered_map<std::string, Writer>& writers() {
    static const std::unordered_map<std::string, Writer> kWriters = {
        {"conv2d", keras_conv2d},
        {"conv_transpose2d", keras_conv_transpose2d},
        {"max_pool2d", keras_max_pool2d},
        {"avg_pool2d", keras_avg_pool2d},
        {"adaptive_avg_pool2d", keras_adaptive_avg_pool2d},
        {"linear", linear},
        {"flatten", flatten},
        {"batch_norm2d", batch_norm2d},
        {"local_response_norm", local_response_norm},
        {"dropout",
         [](const LayerDescription& layer) {
             return one(layer, "layers.Dropout", {python_literal(layer.number("p", 0.5))});
         }},
        {"relu", [](const LayerDescription& layer) { return one(layer, "layers.ReLU"); }},
        {"sigmoid", activation},
        {"tanh", activation},
        {"silu", activation},
        {"identity", [](const LayerDescription& layer) { return one(layer, "layers.Identity"); }},
        {"gelu", gelu},
        {"leaky_relu",
         [](const LayerDescription& layer) {
             return one(layer,
                        "layers.LeakyReLU",
                        {argument(layer, "negative_slope", "negative_slope", 0.01)});
         }},
        {"elu",
         [](const LayerDescription& layer) {
             return one(layer, "layers.ELU", {argument(layer, "alpha", "alpha", 1.0)});
         }},
        {"softplus", softplus},
        {"prelu", prelu},
        {"softmax",
         [](const LayerDescription& layer) { return one(layer, "layers.Softmax", {"axis=-1"}); }},
        {"add", [](const LayerDescription& layer) { return one(layer, "layers.Add"); }},
        {"concat", [](const LayerDescription& layer) {
             return one(layer, "layers.Concatenate", {"axis=-1"});
         }}};
    return kWriters;
}

}  // namespace

std::string keras_call(const LayerDescription& layer,
                       const std::string& constructor,
                       std::vector<std::string> arguments) {
    if (layer.has("name")) {
        arguments.push_back("name=" + python_quoted(layer.name));
    }
    return constructor + "(" + joined(arguments) + ")";
}

Error keras_refusal(const LayerDescription& layer, const char* key, const std::string& why) {
    const std::string value = layer.has(key) ? layer.attributes[key].dump() : "not given";
    return Error{layer.label + ": " + key + " is " + value + "; " + why +
                 ", so that the network cannot be written for it"};
}

Result<std::vector<std::string>> keras_layers(const LayerDescription& layer) {
    const auto writer = writers().find(layer.type);
    CONVOSCOPE_CHECK(writer != writers().end());
    return writer->second(layer);
}

}  // namespace convoscope
