#pragma once

#include <optional>
#include <vector>

#include "web/models/inspect/neuron.h"

namespace convoscope::models::inspect {

/// What one map that a layer reads gives to one that it makes.
struct MapPart {
    Index value = 0;  ///< that it is read of: 0 the network's input, i + 1 the output of layer i
    Index channel = 0;
    Index rows = 1;  ///< of the filter's slice for this channel
    Index columns = 1;
    std::vector<double> weights = {};  ///< the slice; empty: taken as it is
    Index first_weight = -1;           ///< where the slice begins in the layer's weights
    std::vector<float> map = {};  ///< [row][column] of the output; empty where nothing is added up
};

/// A whole map of a layer, taken apart into partial maps: output = sum of the parts + bias.
struct MapSum {
    Index stage = 0;
    Index channel = 0;
    Rule rule = Rule::own;
    Index height = 1;
    Index width = 1;
    std::vector<MapPart> parts;
    std::optional<double> bias = std::nullopt;
    std::vector<float> total = {};  ///< by this sum; empty where nothing is added up
    double difference = 0.0;        ///< of any of its numbers from the engine's, at most
};

/// Expects: a stage of the network. Nothing when the layer makes no maps, has no such channel, or a
/// tensor that it needs is not there.
[[nodiscard]] std::optional<MapSum> sum_of_map(const Values& values,
                                               std::span<const Stage> stages,
                                               Index stage,
                                               Index channel);

}  // namespace convoscope::models::inspect
