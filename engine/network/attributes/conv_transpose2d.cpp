#include <tuple>

#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {

ConvTranspose2dSpec read_conv_transpose2d(AttributeReader& reader) {
    const std::pair<Index, Index> zero(0, 0);
    const std::pair<Index, Index> one(1, 1);
    ConvTranspose2dSpec spec;
    spec.out_channels = reader.integer("out_channels", std::nullopt, 1);
    std::tie(spec.kernel_height, spec.kernel_width) =
        reader.spatial("kernel_size", std::nullopt, 1);
    std::tie(spec.stride_height, spec.stride_width) = reader.spatial("stride", one, 1);
    std::tie(spec.padding_height, spec.padding_width) = reader.spatial("padding", zero, 0);
    std::tie(spec.output_padding_height, spec.output_padding_width) =
        reader.spatial("output_padding", zero, 0);
    std::tie(spec.dilation_height, spec.dilation_width) = reader.spatial("dilation", one, 1);
    spec.groups = reader.integer("groups", 1, 1);
    spec.bias = reader.boolean("bias", true);
    return spec;
}

}  // namespace convoscope
