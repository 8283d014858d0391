#include "web/models/weights_file.h"

#include <algorithm>
#include <map>

#include "engine/network/network_file.h"
#include "web/models/json_reading.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"

namespace convoscope::models {
namespace {

constexpr std::int64_t kAny = -1;  // follows from the layers before

using Shape = std::vector<std::int64_t>;
using ShapesByName = std::map<std::string, Shape>;

/// The tensors of one layer, under PyTorch's names.
ShapesByName tensors_of(const LayerSpec& layer) {
    ShapesByName tensors;
    const auto add = [&](const char* name, Shape shape) {
        tensors.emplace(layer.name + "." + name, std::move(shape));
    };
    if (const auto* convolution = std::get_if<Conv2dSpec>(&layer.attributes)) {
        add("weight",
            {convolution->out_channels,
             kAny,
             convolution->kernel_height,
             convolution->kernel_width});
        if (convolution->bias) {
            add("bias", {convolution->out_channels});
        }
    } else if (const auto* linear = std::get_if<LinearSpec>(&layer.attributes)) {
        add("weight", {linear->out_features, kAny});
        if (linear->bias) {
            add("bias", {linear->out_features});
        }
    } else if (std::holds_alternative<BatchNorm2dSpec>(layer.attributes)) {
        for (const char* name : {"weight", "bias", "running_mean", "running_var"}) {
            add(name, {kAny});
        }
    }
    return tensors;
}

ShapesByName tensors_of(std::string_view network_file) {
    ShapesByName all;
    const Result<NetworkSpec> spec = parse_network_file(network_file);
    for (std::size_t i = 0; spec && i < spec->layers.size(); ++i) {
        all.merge(tensors_of(spec->layers[i]));
    }
    return all;
}

bool fits(const Shape& wanted, const Shape& shape) {
    return std::ranges::equal(
        wanted, shape, [](std::int64_t a, std::int64_t b) { return a == kAny || a == b; });
}

/// What PyTorch counts beside batch norm's statistics, and nobody needs.
bool is_counter(const WeightsFile::Tensor& tensor) {
    return tensor.name.ends_with(".num_batches_tracked");
}

const WeightsFile::Tensor* find_in(const WeightsFile& file, const std::string& name) {
    const auto found = std::ranges::find(file.tensors, name, &WeightsFile::Tensor::name);
    return found == file.tensors.end() ? nullptr : &*found;
}

bool fits(const ShapesByName& wanted, const WeightsFile& file) {
    const auto counted = static_cast<std::size_t>(std::ranges::count_if(
        file.tensors, [](const WeightsFile::Tensor& tensor) { return !is_counter(tensor); }));
    return !wanted.empty() && wanted.size() == counted &&
           std::ranges::all_of(wanted, [&](const auto& each) {
               const WeightsFile::Tensor* tensor = find_in(file, each.first);
               return tensor != nullptr && fits(each.second, tensor->shape);
           });
}

std::string shape_text(const Shape& shape) {
    std::string text;
    for (const std::int64_t extent : shape) {
        text += (text.empty() ? "" : " × ") + (extent == kAny ? "any" : std::to_string(extent));
    }
    return text.empty() ? "one number" : text;
}

}  // namespace

std::optional<WeightsFile> read_weights_file(std::string_view json) {
    const Json event = Json::parse(json, nullptr, false);
    if (!event.is_object() || text_of(event, "event") != "weights_file") {
        return std::nullopt;
    }
    WeightsFile file{.name = text_of(event, "name"), .tensors = {}};
    for (const Json& tensor : member_of(event, "tensors")) {
        if (tensor.is_object()) {
            file.tensors.push_back({.name = text_of(tensor, "name"),
                                    .shape = numbers_of<std::int64_t>(tensor, "shape")});
        }
    }
    return file;
}

std::optional<RunSettings> settings_for(const TrainModel& train, const WeightsFile& file) {
    RunSettings settings = train.settings;
    if (fits(tensors_of(train.network_file), file)) {
        return settings;
    }
    if (settings.data == own::kOwnData) {
        own::leave(settings);
    }
    const auto fits_here = [&](const NetworkChoice& network, std::string_view data) {
        settings.network = network.id;
        settings.data = data;
        return fits(tensors_of(network_for_data(network.id, data)), file);
    };
    for (const NetworkChoice& network : network_choices()) {
        if (fits_here(network, network.data)) {
            return settings;
        }
    }
    for (const DataChoice& data : data_choices()) {
        for (const NetworkChoice& network : network_choices()) {
            if (data.is_made() && network.data == data.like && fits_here(network, data.id)) {
                return settings;
            }
        }
    }
    return std::nullopt;
}

std::string misfit_text(const TrainModel& train, const WeightsFile& file) {
    const std::string start = file.name + " fits none of the networks here. " + train.network.name;
    const std::string end = " Nothing has changed.";
    const ShapesByName all = tensors_of(train.network_file);
    for (const auto& [name, shape] : all) {
        const WeightsFile::Tensor* tensor = find_in(file, name);
        if (tensor == nullptr || !fits(shape, tensor->shape)) {
            const std::string has =
                tensor == nullptr ? "has none of that name" : "has " + shape_text(tensor->shape);
            return start + " wants " + name + " with " + shape_text(shape) + " numbers; the file " +
                   has + "." + end;
        }
    }
    for (const WeightsFile::Tensor& tensor : file.tensors) {
        if (!is_counter(tensor) && !all.contains(tensor.name)) {
            return start + " has no " + tensor.name + ", which is in the file." + end;
        }
    }
    return start + " is not built yet." + end;
}

std::string network_for_data(std::string_view network, std::string_view data) {
    const DataChoice* choice = find_data(data);
    const std::string_view file = network_file(network);
    return choice != nullptr && choice->is_made()
               ? own::network_with_outputs(file, static_cast<std::size_t>(choice->classes))
               : std::string(file);
}

Building building_of(std::string_view json, std::string_view network_name) {
    const Json event = Json::parse(json, nullptr, false);
    if (!event.is_object()) {
        return Building::other_event;
    }
    const std::string name = text_of(event, "event");
    if (name == "error" && text_of(event, "command") == "configure") {
        return Building::refused;
    }
    const bool built =
        name == "configured" && text_of(member_of(event, "network"), "name") == network_name;
    return built ? Building::built : Building::other_event;
}

}  // namespace convoscope::models
