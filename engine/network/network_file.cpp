#include "engine/network/network_file.h"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/core/closest_word.h"
#include "engine/json/strict_json.h"
#include "engine/network/attribute_reader.h"
#include "engine/network/layer_types.h"
#include "engine/network/value_names.h"

namespace convoscope {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFileBytes = 1 << 20;
constexpr std::size_t kMostLayers = 1000;

void read_attributes(AttributeReader& reader, LayerSpec& layer) {
    if (const ReadAttributes read = find_layer_type(layer.type); read != nullptr) {
        layer.attributes = read(reader);
    } else {
        reader.fail("type is " + quoted_json(layer.type) +
                    did_you_mean(layer.type, layer_type_names()) + "; expected " +
                    layer_type_list());
    }
}

/// A name is a path in a state_dict: no dots; a number only where it is the layer's own position.
Status check_name(const std::string& name, Index index) {
    const std::string label = layer_label(index, name);
    if (name.empty() || name.size() > 64) {
        return Error{label + ": name has " + std::to_string(name.size()) +
                     " bytes; expected 1 to 64"};
    }
    if (name.find('.') != std::string::npos) {
        return Error{label + ": name contains a \".\"; expected a name without"};
    }
    const bool number = std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
    if (number && name != std::to_string(index)) {
        return Error{label + ": name is a number; expected a name, or the layer's own position \"" +
                     std::to_string(index) + "\""};
    }
    if (name == "input") {
        return Error{label + ": name \"input\" means the network's own input; expected another"};
    }
    return success();
}

void read_inputs(AttributeReader& reader, const ValueNames& values, Index index, LayerSpec& layer) {
    const json& inputs = reader.raw("inputs");
    const bool join = is_join(layer.attributes);
    if (!reader.has("inputs") && !join) {
        layer.inputs = {index};
        return;
    }
    if (!inputs.is_array() || (join ? inputs.size() < 2 : inputs.size() != 1)) {
        reader.refuse("inputs",
                      join ? "a list of two or more names"
                           : "a list of one name, as " + layer.type + " has one input");
        return;
    }
    for (const json& input : inputs) {
        if (!input.is_string()) {
            reader.refuse("inputs", "names of layers before this one, or \"input\"");
            return;
        }
        const Result<Index> value = values.find(input.get<std::string>(), index);
        if (!value) {
            reader.fail("inputs is " + quoted_json(inputs) + ", but " + value.error().message);
            return;
        }
        layer.inputs.push_back(*value);
    }
}

Result<LayerSpec> read_layer(const json& object, Index index, const ValueNames& values) {
    if (!object.is_object()) {
        return Error{"layer " + std::to_string(index) + ": expected an object with a \"type\""};
    }
    LayerSpec layer;
    layer.name = values.name(index);
    if (const auto given = object.find("name"); given != object.end() && !given->is_string()) {
        return Error{layer_label(index, layer.name) + ": name is " + quoted_json(*given) +
                     "; expected a text"};
    }
    if (const Status named = check_name(layer.name, index); !named) {
        return named.error();
    }
    if (const Index first = values.first_layer(layer.name); first != index) {
        return Error{layer_label(index, layer.name) + ": name is that of layer " +
                     std::to_string(first) + " already; expected a unique name"};
    }
    AttributeReader reader(object, layer_label(index, layer.name));
    reader.raw("name");
    layer.type = reader.text("type", "");
    if (!reader.has("type")) {
        reader.refuse("type", layer_type_list());
    }
    read_attributes(reader, layer);
    read_inputs(reader, values, index, layer);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    return layer;
}

Result<Shape> read_input(const json& file) {
    const auto input = file.find("input");
    const std::string expected = "; expected [channels, height, width], each from 1 to 4096";
    if (input == file.end() || !input->is_array() || input->size() != 3) {
        return Error{"network: input is " +
                     (input == file.end() ? "missing" : quoted_json(*input)) + expected};
    }
    Index extents[3] = {};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const json& extent = (*input)[axis];
        if (!extent.is_number_integer() || extent.get<std::int64_t>() < 1 ||
            extent.get<std::int64_t>() > 4096) {
            return Error{"network: input is " + quoted_json(*input) + expected};
        }
        extents[axis] = static_cast<Index>(extent.get<std::int64_t>());
    }
    return Shape{.channels = extents[0], .height = extents[1], .width = extents[2]};
}

/// A layer whose output nobody reads has no gradient and is a slip of the author.
Status check_every_output_is_read(const NetworkSpec& spec) {
    std::vector<bool> read(spec.layers.size() + 1, false);
    for (const LayerSpec& layer : spec.layers) {
        for (const Index value : layer.inputs) {
            read[static_cast<std::size_t>(value)] = true;
        }
    }
    for (std::size_t layer = 0; layer + 1 < spec.layers.size(); ++layer) {
        if (!read[layer + 1]) {
            return Error{layer_label(static_cast<Index>(layer), spec.layers[layer].name) +
                         ": no later layer reads its output; expected one that does"};
        }
    }
    return success();
}

/// The file's own fields, all but `layers`.
Result<NetworkSpec> read_head(const json& file) {
    if (!file.is_object()) {
        return Error{
            "network: the text is not a JSON object; expected {\"format\": "
            "\"convoscope/1\", \"input\": …, \"layers\": …}"};
    }
    AttributeReader reader(file, "network");
    if (reader.text("format", "") != "convoscope/1") {
        reader.refuse("format", "\"convoscope/1\"");
    }
    NetworkSpec spec;
    spec.name = reader.text("name", "");
    reader.raw("input");
    const json& layers = reader.raw("layers");
    if (!layers.is_array() || layers.empty() || layers.size() > kMostLayers) {
        const std::string given =
            layers.is_array() ? "has " + std::to_string(layers.size()) + " entries"
                              : "is " + (reader.has("layers") ? quoted_json(layers) : "missing");
        reader.fail("layers " + given + "; expected a list of 1 to " + std::to_string(kMostLayers) +
                    " layers");
    }
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    Result<Shape> input = read_input(file);
    if (!input) {
        return input.error();
    }
    spec.input = *input;
    return spec;
}

}  // namespace

Result<NetworkSpec> parse_network_file(std::string_view text) {
    if (text.size() > kLargestFileBytes) {
        return Error{"network: the text has " + std::to_string(text.size()) +
                     " bytes; expected at most " + std::to_string(kLargestFileBytes)};
    }
    const Result<json> parsed = parse_strict_json(text);
    if (!parsed) {
        return Error{"network: the text is not valid JSON: " + parsed.error().message};
    }
    const json& file = *parsed;
    Result<NetworkSpec> head = read_head(file);
    if (!head) {
        return head.error();
    }
    NetworkSpec& spec = *head;
    const ValueNames values(*file.find("layers"));
    for (const json& object : *file.find("layers")) {
        const auto index = static_cast<Index>(spec.layers.size());
        Result<LayerSpec> layer = read_layer(object, index, values);
        if (!layer) {
            return layer.error();
        }
        spec.layers.push_back(std::move(*layer));
    }
    if (const Status read = check_every_output_is_read(spec); !read) {
        return read.error();
    }
    spec.source = text;
    return std::move(spec);
}

}  // namespace convoscope
