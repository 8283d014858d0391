#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {

GeluSpec read_gelu(AttributeReader& reader) {
    const std::string approximate = reader.text("approximate", "none");
    if (approximate != "none" && approximate != "tanh") {
        reader.refuse("approximate", "\"none\" or \"tanh\"");
    }
    return {.tanh_approximation = approximate == "tanh"};
}

LeakyReluSpec read_leaky_relu(AttributeReader& reader) {
    return {.negative_slope = reader.number("negative_slope", LeakyReluSpec{}.negative_slope)};
}

EluSpec read_elu(AttributeReader& reader) {
    return {.alpha = reader.number("alpha", EluSpec{}.alpha)};
}

SoftplusSpec read_softplus(AttributeReader& reader) {
    const SoftplusSpec spec{.beta = reader.number("beta", SoftplusSpec{}.beta)};
    if (spec.beta == 0.0F) {
        reader.refuse("beta", "a number other than 0, because the result is divided by it");
    }
    return spec;
}

PreluSpec read_prelu(AttributeReader& reader) {
    return {.num_parameters = reader.integer("num_parameters", 1, 1),
            .init = reader.number("init", PreluSpec{}.init)};
}

}  // namespace convoscope
