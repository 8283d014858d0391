#include "engine/analysis/summary.h"

#include <nlohmann/json.hpp>

namespace convoscope {

NetworkSummary summarize(const Network& network) {
    NetworkSummary summary;
    const auto fields = receptive_fields(network.spec());
    for (Index layer = 0; layer < network.layer_count(); ++layer) {
        const auto index = static_cast<std::size_t>(layer);
        LayerSummary row{.name = network.spec().layers[index].name,
                         .type = network.spec().layers[index].type,
                         .output_shape = network.shape(layer + 1).dimensions(),
                         .multiply_accumulates = network.node(layer).layer->multiply_accumulates(),
                         .field = fields[index]};
        for (const NamedParameter& parameter : network.named_parameters()) {
            row.parameters += parameter.layer == layer ? parameter.count : 0;
        }
        summary.parameters += row.parameters;
        summary.multiply_accumulates += row.multiply_accumulates;
        summary.layers.push_back(std::move(row));
    }
    return summary;
}

std::string summary_json(const NetworkSummary& summary) {
    nlohmann::ordered_json layers = nlohmann::ordered_json::array();
    for (const LayerSummary& layer : summary.layers) {
        nlohmann::ordered_json row = {{"name", layer.name},
                                      {"type", layer.type},
                                      {"output_shape", layer.output_shape},
                                      {"params", layer.parameters},
                                      {"macs", layer.multiply_accumulates},
                                      {"receptive_field", nullptr},
                                      {"jump", nullptr},
                                      {"start", nullptr}};
        if (layer.field) {
            row["receptive_field"] = layer.field->size;
            row["jump"] = layer.field->jump;
            row["start"] = layer.field->start;
        }
        layers.push_back(std::move(row));
    }
    const nlohmann::ordered_json json = {{"layers", std::move(layers)},
                                         {"params", summary.parameters},
                                         {"macs", summary.multiply_accumulates}};
    return json.dump();
}

}  // namespace convoscope
