#include "web/models/inspect/inspect_model.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <span>
#include <utility>
#include <variant>

#include "engine/network/network_file.h"
#include "web/models/name_table.h"

namespace convoscope::models::inspect {
namespace {

constexpr NameTable<3> kScales{"layer", "map", "network"};
constexpr NameTable<3> kScenes{"layers", "space", "why"};
constexpr NameTable<4> kSources{"picture", "drawing", "own", "camera"};
constexpr NameTable<3> kOffers{"first", "class", "mistakes"};
constexpr NameTable<2> kProjections{"pca", "tsne"};

/// The place of the greatest strength, of one channel where it is chosen. Expects: there is one.
template <class Strength>
Place strongest(const Shape& shape, std::optional<Index> channel, Strength strength) {
    const Index plane = shape.height * shape.width;
    const Index first = channel ? std::min(*channel, shape.channels - 1) * plane : 0;
    const Index count = channel ? plane : shape.element_count();
    Index best = first;
    for (Index i = first; i < first + count; ++i) {
        best = strength(at(i)) > strength(at(best)) ? i : best;
    }
    return place_in(shape, best);
}

}  // namespace

const char* name_of(ScaleOf scale) {
    return name_in(kScales, scale);
}
bool read_name(std::string_view name, ScaleOf& scale) {
    return read_name_in(kScales, name, scale);
}

const char* name_of(Source source) {
    return name_in(kSources, source);
}

const char* name_of(Offer offer) {
    return name_in(kOffers, offer);
}
bool read_name(std::string_view name, Offer& offer) {
    return read_name_in(kOffers, name, offer);
}

const char* name_of(Scene scene) {
    return name_in(kScenes, scene);
}
bool read_name(std::string_view name, Scene& scene) {
    return read_name_in(kScenes, name, scene);
}

const char* name_of(Projection projection) {
    return name_in(kProjections, projection);
}
bool read_name(std::string_view name, Projection& projection) {
    return read_name_in(kProjections, name, projection);
}

void Model::open(const std::string& network_file) {
    if (network_file == file_) {
        return;
    }
    Result<NetworkSpec> read = parse_network_file(network_file);
    if (!read) {
        return;
    }
    file_ = network_file;
    network = std::move(*read);
    stages = stages_of(network);
    ++network_revision;
    target = -1;
    weight = -1;
    checked.reset();
    explanations.forget();
    if (source != Source::drawing || !takes_drawings()) {
        source = Source::picture;
    }
}

bool Model::takes_drawings() const {
    return network.input == Shape{.channels = 1, .height = 28, .width = 28};
}

std::string Model::take(const convolve::PhotoPixels& photo, Source from) {
    if (std::string refusal = refusal_of_photos(network.input); !refusal.empty()) {
        return refusal;
    }
    take_photo(own, photo, network.input);
    source = from;
    return {};
}

std::vector<float> Model::own_image() const {
    switch (source) {
        case Source::drawing:
            return as_digit(pad.picture());
        case Source::own:
        case Source::camera:
            return own.values;
        case Source::picture:
            break;
    }
    return {};
}

std::string Model::image_key() const {
    std::int64_t which = own.revision;
    if (source == Source::picture) {
        which = picture;
    } else if (source == Source::drawing) {
        which = pad.revision();
    }
    const bool of_training = source == Source::picture && split != "test";
    return std::string(name_of(source)) + (of_training ? " of training " : " ") +
           std::to_string(which);
}

std::optional<Index> Model::opened_stage() const {
    return opened ? stage_with(network, stages, opened->name) : std::nullopt;
}

void Model::pin(const Selection& selection) {
    pinned = selection;
    if (!opened) {
        return;
    }
    if (const auto stage = stage_with(network, stages, selection.layer)) {
        opened = {network.layers[at(stages[at(*stage)].base())].name, selection.place.channel};
    } else {
        opened.reset();
    }
}

void Model::step_back() {
    channel = -1;
    weight = -1;
    if (pinned) {
        pinned.reset();
    } else {
        opened.reset();
    }
}

std::optional<MapSum> Model::opened_map(const std::vector<CapturedTensor>& snapshot) const {
    const auto stage = opened_stage();
    const Values values(network, snapshot);
    const CapturedTensor* made = stage ? values.value(stages[at(*stage)].base() + 1) : nullptr;
    if (made == nullptr) {
        return std::nullopt;
    }
    const Index last = shape_of(*made).channels - 1;
    return sum_of_map(values, stages, *stage, std::min(opened->channel, last));
}

std::optional<Index> Model::last_convolution() const {
    for (Index i = std::ssize(stages) - 1; i >= 0; --i) {
        if (std::holds_alternative<Conv2dSpec>(
                network.layers[at(stages[at(i)].base())].attributes)) {
            return i;
        }
    }
    return stages.empty() ? std::nullopt : std::optional<Index>(0);
}

std::optional<Neuron> Model::neuron(const std::vector<CapturedTensor>& snapshot) const {
    const Values values(network, snapshot);
    const auto stage = pinned ? stage_with(network, stages, pinned->layer) : std::nullopt;
    const auto layer = opened_stage();
    const bool shown = !layer || (stage == layer && pinned->place.channel == opened->channel);
    if (stage && shown) {
        if (auto neuron = open_neuron(values, stages, *stage, pinned->place)) {
            return neuron;
        }
    }
    return example(values);
}

std::optional<Neuron> Model::example(const Values& values) const {
    const auto layer = opened_stage();
    const auto stage = layer ? layer : last_convolution();
    if (!stage) {
        return std::nullopt;
    }
    const Index value = stages[at(*stage)].shown + 1;
    const CapturedTensor* shown = values.value(value);
    const CapturedTensor* gradient = backward() ? values.gradient(value) : nullptr;
    if (shown == nullptr || shown->values.empty()) {
        return std::nullopt;
    }
    const auto of = layer ? std::optional(opened->channel) : std::nullopt;
    const auto strength = [&](std::size_t i) {
        if (gradient == nullptr) {
            return shown->values[i];
        }
        // What a rectifier holds at 0 passes no gradient on.
        return shown->values[i] != 0.0F ? std::abs(gradient->values[i]) : 0.0F;
    };
    return open_neuron(values, stages, *stage, strongest(shape_of(*shown), of, strength));
}

std::optional<GradientSum> Model::gradient(const std::vector<CapturedTensor>& snapshot,
                                           int type) const {
    const Values values(network, snapshot);
    if (pinned && pinned->layer == kInputName) {
        return open_gradient(values, stages, -1, pinned->place, question, type);
    }
    const auto found = neuron(snapshot);
    if (!found) {
        return std::nullopt;
    }
    if (weight >= 0) {
        const std::string weights =
            network.layers[at(stages[at(found->stage)].base())].name + ".weight";
        if (auto sum = open_parameter(
                values, stages, found->stage, parameter.empty() ? weights : parameter, weight)) {
            return sum;
        }
    }
    return open_gradient(values, stages, found->stage, found->place, question, type);
}

std::optional<Softmax> Model::softmax(const Neuron& neuron,
                                      const std::vector<CapturedTensor>& snapshot) const {
    const Index last = std::ssize(network.layers);
    const CapturedTensor* scores = Values(network, snapshot).value(last);
    if (stages[at(neuron.stage)].shown + 1 != last || scores == nullptr) {
        return std::nullopt;
    }
    return open_softmax(scores->values, element_at(*scores, neuron.place));
}

Index Model::opened_patch(std::span<const Patch> patches) const {
    if (channel >= 0 && channel < std::ssize(patches)) {
        return channel;
    }
    const auto greatest = std::ranges::max_element(
        patches, {}, [](const Patch& patch) { return std::abs(patch.sum); });
    return greatest - patches.begin();
}

std::optional<InputBox> Model::field(const Neuron& neuron) const {
    return input_box(
        network, stages[at(neuron.stage)].base() + 1, neuron.place.row, neuron.place.column);
}

InputBox Model::on_input(const InputBox& field) const {
    return clipped(field, network.input);
}

std::vector<std::int64_t> Model::field_widths() const {
    std::vector<std::int64_t> widths;
    const auto fields = receptive_fields(network);
    for (const Stage& stage : stages) {
        const auto& field = fields[at(stage.base())];
        if (!field) {
            break;
        }
        widths.push_back(field->size[1]);
    }
    return widths;
}

std::vector<std::string> Model::layer_names() const {
    std::vector<std::string> names;
    names.reserve(network.layers.size());
    for (const LayerSpec& layer : network.layers) {
        names.push_back(layer.name);
    }
    return names;
}

std::vector<std::string> Model::parameter_names() const {
    std::vector<std::string> names;
    const auto add = [&](const LayerSpec& layer, std::initializer_list<const char*> suffixes) {
        for (const char* suffix : suffixes) {
            names.push_back(layer.name + suffix);
        }
    };
    const auto add_weights = [&](const LayerSpec& layer, bool bias) {
        add(layer, {".weight"});
        if (bias) {
            add(layer, {".bias"});
        }
    };
    for (const LayerSpec& layer : network.layers) {
        if (const auto* conv = std::get_if<Conv2dSpec>(&layer.attributes)) {
            add_weights(layer, conv->bias);
        } else if (const auto* stretched = std::get_if<ConvTranspose2dSpec>(&layer.attributes)) {
            add_weights(layer, stretched->bias);
        } else if (const auto* linear = std::get_if<LinearSpec>(&layer.attributes)) {
            add_weights(layer, linear->bias);
        } else if (const auto* norm = std::get_if<BatchNorm2dSpec>(&layer.attributes)) {
            add(layer, {".running_mean", ".running_var"});
            if (norm->affine) {
                add(layer, {".weight", ".bias"});
            }
        }
    }
    return names;
}

}  // namespace convoscope::models::inspect
