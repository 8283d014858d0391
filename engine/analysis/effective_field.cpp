#include "engine/analysis/effective_field.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "engine/core/random.h"
#include "engine/network/network_copy.h"
#include "engine/network/single_run.h"

namespace convoscope {
namespace {

/// The layers that a value depends on, with that value as the output.
NetworkSpec ancestors_of(const NetworkSpec& spec, Index value) {
    std::vector<bool> wanted(at(value + 1), false);
    wanted[at(value)] = true;
    for (Index layer = value - 1; layer >= 0; --layer) {
        for (const Index input : spec.layers[at(layer)].inputs) {
            wanted[at(input)] = wanted[at(input)] || wanted[at(layer + 1)];
        }
    }
    NetworkSpec part{.name = spec.name, .input = spec.input, .layers = {}};
    std::vector<Index> place(at(value + 1), 0);
    for (Index layer = 0; layer < value; ++layer) {
        if (wanted[at(layer + 1)]) {
            LayerSpec copy = spec.layers[at(layer)];
            for (Index& input : copy.inputs) {
                input = place[at(input)];
            }
            part.layers.push_back(std::move(copy));
            place[at(layer + 1)] = static_cast<Index>(part.layers.size());
        }
    }
    return part;
}

}  // namespace

Result<EffectiveField> effective_field(const Network& network,
                                       Index value,
                                       Index row,
                                       Index column,
                                       const EffectiveFieldOptions& options) {
    if (value < 1 || value > network.layer_count() || options.images < 1) {
        return Error{"effective field: value " + std::to_string(value) + "; expected 1 to " +
                     std::to_string(network.layer_count()) + ", and at least one image"};
    }
    const Shape& cells = network.shape(value);
    if (row < 0 || row >= cells.height || column < 0 || column >= cells.width) {
        return Error{"effective field: cell [" + std::to_string(row) + ", " +
                     std::to_string(column) + "]; expected one of " + cells.text()};
    }
    Result<std::unique_ptr<Network>> part = Network::build(ancestors_of(network.spec(), value));
    if (!part) {
        return part.error();
    }
    copy_state(network, **part);

    const Shape& input = network.shape(0);
    Random random(options.seed, "effective field");
    std::vector<float> images(at(options.images * input.element_count()));
    for (float& pixel : images) {
        pixel = static_cast<float>(random.normal());
    }
    std::vector<float> d_output(at(options.images * cells.element_count()), 0.0F);
    for (Index channel = 0; channel < options.images * cells.channels; ++channel) {
        d_output[at((channel * cells.height + row) * cells.width + column)] = 1.0F;
    }
    SingleRunRequest request;
    request.input = images;
    request.count = options.images;
    request.d_output = d_output;
    request.gradients = true;
    const Result<SingleRunResult> run = single_run(**part, request);
    if (!run) {
        return run.error();
    }
    EffectiveField field{.height = input.height,
                         .width = input.width,
                         .influence = std::vector<double>(at(input.height * input.width), 0.0)};
    for (std::size_t element = 0; element < run->d_input.size(); ++element) {
        field.influence[element % field.influence.size()] +=
            static_cast<double>(std::abs(run->d_input[element])) /
            static_cast<double>(options.images);
    }
    return field;
}

}  // namespace convoscope
