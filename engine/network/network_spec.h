#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/shape.h"
#include "engine/layers/conv2d_layer.h"
#include "engine/layers/linear_layer.h"
#include "engine/layers/max_pool2d_layer.h"

namespace convoscope {

struct ReluSpec {};
struct FlattenSpec {};

using LayerAttributes = std::variant<Conv2dSpec, ReluSpec, MaxPool2dSpec, LinearSpec, FlattenSpec>;

/// One layer as the network file describes it.
struct LayerSpec {
    std::string name;  ///< given, or the layer's position in `layers`
    std::string type;  ///< as in the file: "conv2d"
    /// Values read: 0 is the network's input, i + 1 the output of layer i.
    std::vector<Index> inputs;
    LayerAttributes attributes;
};

/// A network file after parsing: plain data, in topological order, the last layer the output.
struct NetworkSpec {
    std::string name;
    Shape input;
    std::vector<LayerSpec> layers;
    std::string source = {};  ///< the file's text, in which changes are tried; empty: none are
};

/// `layer 3 ("conv2")`, the beginning of every message about a layer.
[[nodiscard]] inline std::string layer_label(Index index, const std::string& name) {
    return "layer " + std::to_string(index) + " (\"" + name + "\")";
}

}  // namespace convoscope
