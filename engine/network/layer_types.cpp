#include "engine/network/layer_types.h"

#include <algorithm>
#include <array>

#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {
namespace {

struct LayerType {
    std::string_view name;
    ReadAttributes read;
};

template <auto read>
LayerAttributes with_attributes(AttributeReader& reader) {
    return read(reader);
}

template <class Spec>
LayerAttributes without_attributes(AttributeReader& reader) {
    static_cast<void>(reader);
    return Spec{};
}

constexpr auto kTypes = std::to_array<LayerType>({
    {"conv2d", with_attributes<read_conv2d>},
    {"conv_transpose2d", with_attributes<read_conv_transpose2d>},
    {"max_pool2d", with_attributes<read_max_pool2d>},
    {"avg_pool2d", with_attributes<read_avg_pool2d>},
    {"adaptive_avg_pool2d", with_attributes<read_adaptive_avg_pool2d>},
    {"linear", with_attributes<read_linear>},
    {"local_response_norm", with_attributes<read_local_response_norm>},
    {"relu", without_attributes<ReluSpec>},
    {"sigmoid", without_attributes<SigmoidSpec>},
    {"tanh", without_attributes<TanhSpec>},
    {"silu", without_attributes<SiluSpec>},
    {"identity", without_attributes<IdentitySpec>},
    {"gelu", with_attributes<read_gelu>},
    {"leaky_relu", with_attributes<read_leaky_relu>},
    {"elu", with_attributes<read_elu>},
    {"softplus", with_attributes<read_softplus>},
    {"prelu", with_attributes<read_prelu>},
    {"softmax", without_attributes<SoftmaxSpec>},
    {"flatten", without_attributes<FlattenSpec>},
    {"batch_norm2d", with_attributes<read_batch_norm2d>},
    {"dropout", with_attributes<read_dropout>},
    {"add", without_attributes<AddSpec>},
    {"concat", without_attributes<ConcatSpec>},
});

}  // namespace

ReadAttributes find_layer_type(std::string_view type) {
    const auto* const found = std::ranges::find(kTypes, type, &LayerType::name);
    return found == kTypes.end() ? nullptr : found->read;
}

std::vector<std::string> layer_type_names() {
    std::vector<std::string> names;
    names.reserve(kTypes.size());
    for (const LayerType& type : kTypes) {
        names.emplace_back(type.name);
    }
    return names;
}

std::string layer_type_list() {
    std::string list;
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        if (i > 0) {
            list += i + 1 == kTypes.size() ? " or " : ", ";
        }
        list += kTypes[i].name;
    }
    return list;
}

}  // namespace convoscope
