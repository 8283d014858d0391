#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {

LocalResponseNormSpec read_local_response_norm(AttributeReader& reader) {
    LocalResponseNormSpec spec;
    spec.size = reader.integer("size", std::nullopt, 1);
    spec.alpha = reader.number("alpha", spec.alpha);
    spec.beta = reader.number("beta", spec.beta);
    spec.k = reader.number("k", spec.k);
    return spec;
}

}  // namespace convoscope
