#include "web/models/inspect/neuron.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>
#include <variant>

#include "web/models/inspect/patches.h"
#include "web/models/name_table.h"

namespace convoscope::models::inspect {
namespace {

constexpr NameTable<6> kRules{"weighted_sum", "maximum", "mean", "addition", "copy", "own"};

std::string number_text(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3g", value);
    return text.data();
}

double first_at(const CapturedTensor* tensor, Index channel, double otherwise) {
    return tensor != nullptr && channel < std::ssize(tensor->values)
               ? static_cast<double>(tensor->values[at(channel)])
               : otherwise;
}

std::string norm_formula(const Values& values, const LayerSpec& layer, Index channel) {
    const auto figure = [&](const char* suffix, double otherwise) {
        return number_text(first_at(values.find(layer.name + suffix), channel, otherwise));
    };
    return "(z - " + figure(".running_mean", 0.0) + ") / sqrt(" + figure(".running_var", 1.0) +
           ") * " + figure(".weight", 1.0) + " + " + figure(".bias", 0.0);
}

std::string formula_of(const Values& values, const LayerSpec& layer, Index channel) {
    if (std::holds_alternative<BatchNorm2dSpec>(layer.attributes)) {
        return norm_formula(values, layer, channel);
    }
    if (std::holds_alternative<ReluSpec>(layer.attributes)) {
        return "max(0, z)";
    }
    if (std::holds_alternative<SigmoidSpec>(layer.attributes)) {
        return "1 / (1 + exp(-z))";
    }
    return layer.type + "(z)";
}

/// The base layer's number from its patches.
double put_together(Neuron& neuron) {
    switch (neuron.rule) {
        case Rule::weighted_sum:
            return neuron.sum + neuron.bias.value_or(0.0);
        case Rule::mean:
            return neuron.sum / static_cast<double>(neuron.divisor);
        case Rule::maximum: {
            const Patch& patch = neuron.patches.front();
            double greatest = -std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < patch.inputs.size(); ++i) {
                if (!patch.outside[i] && patch.inputs[i] > greatest) {
                    greatest = patch.inputs[i];
                    neuron.winner = static_cast<Index>(i);
                }
            }
            return greatest;
        }
        default:
            return neuron.sum;
    }
}

/// First place, and how many there are up to the last one.
std::pair<Index, Index> extent_of(std::span<const Index> places, Index count) {
    if (places.empty()) {
        return {0, count};
    }
    Index first = std::numeric_limits<Index>::max();
    Index last = kNoPlace;
    for (const Index place : places) {
        first = place == kNoPlace ? first : std::min(first, place);
        last = std::max(last, place);
    }
    return last == kNoPlace ? std::pair{Index{0}, Index{0}} : std::pair{first, last - first + 1};
}

}  // namespace

const char* name_of(Rule rule) {
    return name_in(kRules, rule);
}

Place Patch::place_of(Index i) const {
    const Index row = i / columns;
    const Index column = i % columns;
    return {channel,
            row_places.empty() ? row : row_places[at(row)],
            column_places.empty() ? column : column_places[at(column)]};
}

PatchWindow Patch::window() const {
    const auto [top, height] = extent_of(row_places, rows);
    const auto [left, width] = extent_of(column_places, columns);
    return {top, left, height, width};
}

const CapturedTensor* Values::find(const std::string& name) const {
    const auto found = std::ranges::find(tensors_, name, &CapturedTensor::name);
    return found == tensors_.end() ? nullptr : &*found;
}

std::string Values::name(Index value) const {
    return value == 0 ? "input" : "activation." + spec_->layers[at(value - 1)].name;
}

const CapturedTensor* Values::value(Index value) const {
    return find(name(value));
}

const CapturedTensor* Values::gradient(Index value) const {
    return find("gradient." + name(value));
}

Shape shape_of(const CapturedTensor& tensor) {
    const auto extent = [&](std::size_t axis) { return static_cast<Index>(tensor.shape[axis]); };
    if (tensor.shape.size() == 3) {
        return {.channels = extent(0), .height = extent(1), .width = extent(2)};
    }
    return flat_shape(static_cast<Index>(tensor.values.size()));
}

bool exists(const CapturedTensor& tensor, const Place& place) {
    const Shape shape = shape_of(tensor);
    return place.channel >= 0 && place.channel < shape.channels && place.row >= 0 &&
           place.row < shape.height && place.column >= 0 && place.column < shape.width;
}

Index element_at(const CapturedTensor& tensor, const Place& place) {
    const Shape shape = shape_of(tensor);
    return (place.channel * shape.height + place.row) * shape.width + place.column;
}

Place place_in(const Shape& shape, Index element) {
    const Index plane = shape.height * shape.width;
    return {element / plane, element % plane / shape.width, element % shape.width};
}

double number_at(const CapturedTensor& tensor, const Place& place) {
    return static_cast<double>(tensor.values[at(element_at(tensor, place))]);
}

std::optional<Neuron> open_neuron(const Values& values,
                                  std::span<const Stage> stages,
                                  Index stage,
                                  const Place& place) {
    if (stage < 0 || stage >= std::ssize(stages)) {
        return std::nullopt;
    }
    const Stage& opened = stages[at(stage)];
    const CapturedTensor* base = values.value(opened.base() + 1);
    if (base == nullptr || !exists(*base, place)) {
        return std::nullopt;
    }
    Neuron neuron{.stage = stage, .place = place};
    if (!collect_patches(values, opened.base(), neuron)) {
        return std::nullopt;
    }
    for (const Patch& patch : neuron.patches) {
        neuron.sum += patch.sum;
    }
    neuron.engine_base = number_at(*base, place);
    neuron.base = neuron.rule == Rule::own ? neuron.engine_base : put_together(neuron);
    neuron.value = neuron.engine_base;
    for (const Index index : std::span(opened.layers).subspan(1)) {
        const LayerSpec& layer = values.spec().layers[at(index)];
        const CapturedTensor* after = values.value(index + 1);
        if (index > opened.shown || after == nullptr) {
            break;
        }
        neuron.value = number_at(*after, place);
        neuron.steps.push_back(
            {layer.name, layer.type, formula_of(values, layer, place.channel), neuron.value});
    }
    return neuron;
}

}  // namespace convoscope::models::inspect
