#include "engine/analysis/summary.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/network/shape_inference.h"
#include "engine/network/shape_suggestions.h"

namespace convoscope {
namespace {

using Json = nlohmann::ordered_json;

/// Whole numbers without a point, as most are.
Json number(double value) {
    constexpr double kExact = 1LL << 53;
    if (value == std::floor(value) && std::abs(value) < kExact) {
        return static_cast<std::int64_t>(value);
    }
    return value;
}

Json pair(const std::array<double, 2>& values) {
    return {number(values[0]), number(values[1])};
}

Json row_of(const LayerSummary& layer) {
    Json row = {{"name", layer.name},
                {"type", layer.type},
                {"output_shape", layer.output.dimensions()},
                {"params", layer.cost.parameters},
                {"macs", layer.cost.multiply_accumulates},
                {"receptive_field", nullptr},
                {"jump", nullptr},
                {"start", nullptr}};
    if (layer.field) {
        row["receptive_field"] = layer.field->size;
        row["jump"] = pair(layer.field->jump);
        row["start"] = pair(layer.field->start);
        if (!layer.field->aligned) {
            row["aligned"] = false;
        }
    }
    return row;
}

}  // namespace

Result<NetworkSummary> summarize(const NetworkSpec& spec) {
    const InferredNetwork network = infer_network(spec, kDescribableSize);
    if (network.misfit) {
        return misfit_error(spec, network.fitting_layers(), *network.misfit);
    }
    const auto fields = receptive_fields(spec);
    NetworkSummary summary;
    for (std::size_t index = 0; index < spec.layers.size(); ++index) {
        const LayerSpec& layer = spec.layers[index];
        const Shape& input = network.shapes[static_cast<std::size_t>(layer.inputs.front())];
        const Shape& output = network.shapes[index + 1];
        LayerCost cost = cost_of(layer.attributes, network.parameters[index], input, output);
        summary.parameters += cost.parameters;
        summary.multiply_accumulates += cost.multiply_accumulates;
        summary.flops += cost.flops;
        summary.activations += cost.activations;
        summary.layers.push_back({.name = layer.name,
                                  .type = layer.type,
                                  .output = output,
                                  .cost = std::move(cost),
                                  .field = fields[index]});
    }
    return summary;
}

std::string summary_json(const NetworkSummary& summary) {
    Json layers = Json::array();
    for (const LayerSummary& layer : summary.layers) {
        layers.push_back(row_of(layer));
    }
    const Json json = {{"layers", std::move(layers)},
                       {"params", summary.parameters},
                       {"macs", summary.multiply_accumulates}};
    return json.dump();
}

}  // namespace convoscope
