#include <tuple>

#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {
namespace {

/// What both kinds of pooling with a window have.
template <class Spec>
void read_window(AttributeReader& reader, Spec& spec) {
    const std::pair<Index, Index> kernel = reader.spatial("kernel_size", std::nullopt, 1);
    std::tie(spec.kernel_height, spec.kernel_width) = kernel;
    std::tie(spec.stride_height, spec.stride_width) = reader.spatial("stride", kernel, 1);
    std::tie(spec.padding_height, spec.padding_width) =
        reader.spatial("padding", std::pair<Index, Index>(0, 0), 0);
    spec.ceil_mode = reader.boolean("ceil_mode", false);
}

}  // namespace

MaxPool2dSpec read_max_pool2d(AttributeReader& reader) {
    MaxPool2dSpec spec;
    read_window(reader, spec);
    std::tie(spec.dilation_height, spec.dilation_width) =
        reader.spatial("dilation", std::pair<Index, Index>(1, 1), 1);
    return spec;
}

AvgPool2dSpec read_avg_pool2d(AttributeReader& reader) {
    AvgPool2dSpec spec;
    read_window(reader, spec);
    spec.count_include_pad = reader.boolean("count_include_pad", true);
    return spec;
}

AdaptiveAvgPool2dSpec read_adaptive_avg_pool2d(AttributeReader& reader) {
    AdaptiveAvgPool2dSpec spec;
    std::tie(spec.output_height, spec.output_width) = reader.spatial_or_null("output_size");
    return spec;
}

}  // namespace convoscope
