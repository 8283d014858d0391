#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {

DropoutSpec read_dropout(AttributeReader& reader) {
    return {.p = reader.number_within("p", DropoutSpec{}.p, 0.0, 1.0)};
}

}  // namespace convoscope
