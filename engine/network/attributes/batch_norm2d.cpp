#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {

BatchNorm2dSpec read_batch_norm2d(AttributeReader& reader) {
    BatchNorm2dSpec spec;
    spec.eps = reader.number_within("eps", spec.eps, 0.0, 1e6);
    spec.momentum = reader.number_within("momentum", spec.momentum, 0.0, 1.0);
    spec.affine = reader.boolean("affine", spec.affine);
    return spec;
}

}  // namespace convoscope
