#pragma once

#include "engine/network/attribute_reader.h"
#include "engine/network/network_spec.h"

namespace convoscope {

// One function a layer type: reads its attributes with PyTorch's names and defaults. What is wrong
// is left with the reader. Private to `network/`.

Conv2dSpec read_conv2d(AttributeReader& reader);
ConvTranspose2dSpec read_conv_transpose2d(AttributeReader& reader);
MaxPool2dSpec read_max_pool2d(AttributeReader& reader);
AvgPool2dSpec read_avg_pool2d(AttributeReader& reader);
AdaptiveAvgPool2dSpec read_adaptive_avg_pool2d(AttributeReader& reader);
LinearSpec read_linear(AttributeReader& reader);
LocalResponseNormSpec read_local_response_norm(AttributeReader& reader);
GeluSpec read_gelu(AttributeReader& reader);
LeakyReluSpec read_leaky_relu(AttributeReader& reader);
EluSpec read_elu(AttributeReader& reader);
SoftplusSpec read_softplus(AttributeReader& reader);
PreluSpec read_prelu(AttributeReader& reader);
BatchNorm2dSpec read_batch_norm2d(AttributeReader& reader);
DropoutSpec read_dropout(AttributeReader& reader);

}  // namespace convoscope
