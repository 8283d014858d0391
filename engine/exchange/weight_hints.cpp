#include "engine/exchange/weight_hints.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/network/shape_suggestions.h"

namespace convoscope {
namespace {

using ShapesByName = std::map<std::string, std::vector<Index>>;

ShapesByName shapes_of(std::span<const Tensor> tensors) {
    ShapesByName shapes;
    for (const Tensor& tensor : tensors) {
        shapes.emplace(tensor.name, tensor.shape);
    }
    return shapes;
}

/// Whether the trainable tensors of a layer have the shapes of the file's.
bool layer_matches(const LayerSpec& layer,
                   std::span<const ParameterInfo> parameters,
                   const ShapesByName& file) {
    return std::ranges::all_of(parameters, [&](const ParameterInfo& parameter) {
        const auto found = file.find(layer.name + "." + parameter.name);
        return found != file.end() && found->second == parameter.shape;
    });
}

/// Goals from the best to the next best: the whole file fits, or at least this layer.
std::string suggestions_for(const Network& network, Index layer, const ShapesByName& file) {
    const NetworkSpec& spec = network.spec();
    ShapeGoal goal{.layer = layer, .reached = {}, .counts = {}};
    for (const ParameterInfo& parameter : network.node(layer).layer->parameters()) {
        const auto found =
            file.find(spec.layers[static_cast<std::size_t>(layer)].name + "." + parameter.name);
        if (found != file.end()) {
            goal.counts.insert(goal.counts.end(), found->second.begin(), found->second.end());
        }
    }
    const auto matches = [&](const InferredNetwork& changed, std::size_t i) {
        return layer_matches(spec.layers[i], changed.parameters[i], file);
    };
    for (const bool whole : {true, false}) {
        goal.reached = [&](const InferredNetwork& changed) {
            if (changed.layer_count != network.layer_count() || changed.remaining_layers() > 0) {
                return false;
            }
            for (std::size_t i = 0; whole && i < changed.parameters.size(); ++i) {
                if (!matches(changed, i)) {
                    return false;
                }
            }
            return matches(changed, static_cast<std::size_t>(layer));
        };
        const std::string text = suggestions_text(suggest_changes(spec.source, goal));
        if (!text.empty()) {
            return text;
        }
    }
    return "";
}

/// `, as its 400 inputs are the 16×5×5 of layer 5 ("pool2")` for a linear layer behind a flatten.
std::string origin_of_inputs(const Network& network, Index layer) {
    const auto& layers = network.spec().layers;
    const auto at = [](Index index) { return static_cast<std::size_t>(index); };
    if (layers[at(layer)].type != "linear") {
        return "";
    }
    Index value = layers[at(layer)].inputs.front();
    const Index count = network.shape(value).element_count();
    while (value > 0 && network.shape(value).flat && layers[at(value - 1)].inputs.size() == 1) {
        value = layers[at(value - 1)].inputs.front();
        if (network.shape(value).element_count() != count) {
            return "";
        }
    }
    if (network.shape(value).flat) {
        return "";
    }
    const std::string origin =
        value == 0 ? "the network's input" : layer_label(value - 1, layers[at(value - 1)].name);
    return ", as its " + std::to_string(count) + " inputs are the " + network.shape(value).text() +
           " of " + origin;
}

/// A tensor of the file that the network does not know and that has the shape wanted.
std::string same_shape_elsewhere(std::span<const Tensor> tensors,
                                 const NamedParameter& missing,
                                 const Network& network) {
    const auto found = std::ranges::find_if(tensors, [&](const Tensor& tensor) {
        return tensor.shape == missing.shape && network.find_parameter(tensor.name) == nullptr;
    });
    return found == tensors.end() ? ""
                                  : "; the file has \"" + found->name +
                                        "\" of this shape, which the network does not know";
}

}  // namespace

std::string weight_hint(std::span<const Tensor> tensors, const Network& network) {
    const ShapesByName file = shapes_of(tensors);
    for (const NamedParameter& parameter : network.named_parameters()) {
        const auto found = file.find(parameter.name);
        if (found == file.end()) {
            return same_shape_elsewhere(tensors, parameter, network);
        }
        if (found->second != parameter.shape) {
            return origin_of_inputs(network, parameter.layer) +
                   suggestions_for(network, parameter.layer, file);
        }
    }
    return "";
}

}  // namespace convoscope
