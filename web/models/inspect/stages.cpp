#include "web/models/inspect/stages.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <variant>

namespace convoscope::models::inspect {
namespace {

bool is_flatten(const LayerSpec& layer) {
    return std::holds_alternative<FlattenSpec>(layer.attributes);
}

/// Of the layers that pass each number on by itself.
bool follows(const LayerSpec& layer) {
    return std::visit(
        [](const auto& attributes) {
            using Spec = std::decay_t<decltype(attributes)>;
            return ActivationSpec<Spec> ||
                   kIsOneOf<Spec, BatchNorm2dSpec, DropoutSpec, FlattenSpec>;
        },
        layer.attributes);
}

Index readers_of(const NetworkSpec& spec, Index value) {
    Index count = 0;
    for (const LayerSpec& layer : spec.layers) {
        count += std::ranges::count(layer.inputs, value);
    }
    return count;
}

}  // namespace

std::vector<Stage> stages_of(const NetworkSpec& spec) {
    std::vector<Stage> stages;
    for (Index i = 0; i < std::ssize(spec.layers); ++i) {
        const LayerSpec& layer = spec.layers[at(i)];
        const Index read = layer.inputs.front();
        const auto before = std::ranges::find_if(stages, [&](const Stage& stage) {
            return stage.layers.back() + 1 == read && readers_of(spec, read) == 1;
        });
        if (!follows(layer) || before == stages.end()) {
            stages.push_back({{i}, i});
            continue;
        }
        before->layers.push_back(i);
        const bool flattened = std::ranges::any_of(
            before->layers, [&](Index l) { return is_flatten(spec.layers[at(l)]); });
        if (!flattened) {
            before->shown = i;
        }
    }
    return stages;
}

std::optional<Index> stage_with(const NetworkSpec& spec,
                                const std::vector<Stage>& stages,
                                std::string_view layer) {
    for (Index s = 0; s < std::ssize(stages); ++s) {
        for (const Index index : stages[at(s)].layers) {
            if (spec.layers[at(index)].name == layer) {
                return s;
            }
        }
    }
    return std::nullopt;
}

}  // namespace convoscope::models::inspect
