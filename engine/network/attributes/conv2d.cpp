#include <tuple>

#include "engine/network/attributes/layer_attributes.h"

namespace convoscope {
namespace {

/// "same" pads so that the output is as large as the input; of an odd sum the end takes the larger
/// part. Source: `torch.nn.Conv2d`.
void set_same_padding(Conv2dSpec& spec) {
    const Index rows = spec.dilation_height * (spec.kernel_height - 1);
    const Index columns = spec.dilation_width * (spec.kernel_width - 1);
    spec.padding_top = rows / 2;
    spec.padding_bottom = rows - rows / 2;
    spec.padding_left = columns / 2;
    spec.padding_right = columns - columns / 2;
}

void read_padding(AttributeReader& reader, Conv2dSpec& spec) {
    const nlohmann::json& padding = reader.raw("padding");
    if (!padding.is_string()) {
        const auto [rows, columns] = reader.spatial("padding", std::pair<Index, Index>(0, 0), 0);
        spec.padding_top = spec.padding_bottom = rows;
        spec.padding_left = spec.padding_right = columns;
        return;
    }
    const std::string word = padding.get<std::string>();
    if (word == "same") {
        if (spec.stride_height != 1 || spec.stride_width != 1) {
            reader.refuse("padding", "numbers, because \"same\" wants a stride of 1");
        }
        set_same_padding(spec);
    } else if (word != "valid") {
        reader.refuse("padding", "an integer, [height, width], \"same\" or \"valid\"");
    }
}

PaddingMode read_padding_mode(AttributeReader& reader) {
    const std::string mode = reader.text("padding_mode", "zeros");
    if (mode == "reflect") {
        return PaddingMode::reflect;
    }
    if (mode == "replicate") {
        return PaddingMode::replicate;
    }
    if (mode == "circular") {
        return PaddingMode::circular;
    }
    if (mode != "zeros") {
        reader.refuse("padding_mode", "\"zeros\", \"reflect\", \"replicate\" or \"circular\"");
    }
    return PaddingMode::zeros;
}

}  // namespace

Conv2dSpec read_conv2d(AttributeReader& reader) {
    const std::pair<Index, Index> one(1, 1);
    Conv2dSpec spec;
    spec.out_channels = reader.integer("out_channels", std::nullopt, 1);
    std::tie(spec.kernel_height, spec.kernel_width) =
        reader.spatial("kernel_size", std::nullopt, 1);
    std::tie(spec.stride_height, spec.stride_width) = reader.spatial("stride", one, 1);
    std::tie(spec.dilation_height, spec.dilation_width) = reader.spatial("dilation", one, 1);
    read_padding(reader, spec);
    spec.groups = reader.integer("groups", 1, 1);
    spec.bias = reader.boolean("bias", true);
    spec.padding_mode = read_padding_mode(reader);
    return spec;
}

}  // namespace convoscope
