#include "engine/exchange/network_description.h"

#include <algorithm>

#include "engine/core/check.h"

namespace convoscope {
namespace {

const std::pair<Index, Index> kNone(0, 0);
const std::pair<Index, Index> kOne(1, 1);

std::pair<Index, Index> pair_of(const nlohmann::json& value) {
    if (value.is_array()) {
        return {static_cast<Index>(value[0].get<double>()),
                static_cast<Index>(value[1].get<double>())};
    }
    const auto both = static_cast<Index>(value.get<double>());
    return {both, both};
}

}  // namespace

Index LayerDescription::integer(const char* key, Index fallback) const {
    return has(key) ? static_cast<Index>(attributes[key].get<double>()) : fallback;
}

double LayerDescription::number(const char* key, double fallback) const {
    return has(key) ? attributes[key].get<double>() : fallback;
}

bool LayerDescription::flag(const char* key, bool fallback) const {
    return has(key) ? attributes[key].get<bool>() : fallback;
}

std::string LayerDescription::text(const char* key, const std::string& fallback) const {
    return has(key) ? attributes[key].get<std::string>() : fallback;
}

std::pair<Index, Index> LayerDescription::spatial(const char* key,
                                                  std::pair<Index, Index> fallback) const {
    return has(key) ? pair_of(attributes[key]) : fallback;
}

bool NetworkDescription::is_chain() const {
    Index value = 0;
    return std::ranges::all_of(layers, [&value](const LayerDescription& layer) {
        return layer.inputs == std::vector<Index>{value++};
    });
}

Index NetworkDescription::readers(Index value) const {
    Index count = 0;
    for (const LayerDescription& layer : layers) {
        count += static_cast<Index>(std::ranges::count(layer.inputs, value));
    }
    return count;
}

NetworkDescription describe_network(const Network& network) {
    const NetworkSpec& spec = network.spec();
    const nlohmann::json file = nlohmann::json::parse(spec.source, nullptr, false);
    CONVOSCOPE_CHECK(file.is_object());
    NetworkDescription description{.name = spec.name, .input = spec.input, .layers = {}};
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const LayerSpec& layer = spec.layers[i];
        const auto index = static_cast<Index>(i);
        description.layers.push_back({.name = layer.name,
                                      .type = layer.type,
                                      .label = layer_label(index, layer.name),
                                      .inputs = layer.inputs,
                                      .input = network.shape(layer.inputs.front()),
                                      .output = network.shape(index + 1),
                                      .attributes = (*file.find("layers"))[i]});
    }
    return description;
}

Margins padding_of(const LayerDescription& layer) {
    const auto given = layer.attributes.find("padding");
    if (given == layer.attributes.end() || *given == "valid") {
        return {};
    }
    if (*given == "same") {
        const auto [KH, KW] = layer.spatial("kernel_size", kOne);
        const auto [dilation_height, dilation_width] = layer.spatial("dilation", kOne);
        const Index rows = dilation_height * (KH - 1);
        const Index columns = dilation_width * (KW - 1);
        // Of an odd sum the end takes the larger part, as `torch.nn.Conv2d` has it.
        return {.top = rows / 2,
                .bottom = rows - rows / 2,
                .left = columns / 2,
                .right = columns - columns / 2};
    }
    const auto [rows, columns] = layer.spatial("padding", kNone);
    return {.top = rows, .bottom = rows, .left = columns, .right = columns};
}

Margins ceil_padding_of(const LayerDescription& layer) {
    Margins margins = padding_of(layer);
    if (!layer.flag("ceil_mode", false)) {
        return margins;
    }
    const auto [KH, KW] = layer.spatial("kernel_size", kOne);
    const auto [stride_height, stride_width] = layer.spatial("stride", {KH, KW});
    const auto [dilation_height, dilation_width] = layer.spatial("dilation", kOne);
    const auto reach = [](Index outputs, Index stride, Index kernel, Index dilation) {
        return (outputs - 1) * stride + dilation * (kernel - 1) + 1;
    };
    const Index rows = reach(layer.output.height, stride_height, KH, dilation_height);
    const Index columns = reach(layer.output.width, stride_width, KW, dilation_width);
    margins.bottom = std::max(margins.bottom, rows - layer.input.height - margins.top);
    margins.right = std::max(margins.right, columns - layer.input.width - margins.left);
    return margins;
}

}  // namespace convoscope
