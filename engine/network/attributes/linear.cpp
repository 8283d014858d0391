#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {

LinearSpec read_linear(AttributeReader& reader) {
    return {.out_features = reader.integer("out_features", std::nullopt, 1),
            .bias = reader.boolean("bias", true)};
}

}  // namespace convoscope
