#pragma once

#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/shape.h"
#include "engine/layers/adaptive_avg_pool2d_layer.h"
#include "engine/layers/avg_pool2d_layer.h"
#include "engine/layers/batch_norm2d_layer.h"
#include "engine/layers/conv2d_layer.h"
#include "engine/layers/conv_transpose2d_layer.h"
#include "engine/layers/dropout_layer.h"
#include "engine/layers/elu_layer.h"
#include "engine/layers/gelu_layer.h"
#include "engine/layers/leaky_relu_layer.h"
#include "engine/layers/linear_layer.h"
#include "engine/layers/local_response_norm_layer.h"
#include "engine/layers/max_pool2d_layer.h"
#include "engine/layers/prelu_layer.h"
#include "engine/layers/softplus_layer.h"

namespace convoscope {

/// True when the first type is among the others.
template <class Type, class... Others>
inline constexpr bool kIsOneOf = (std::is_same_v<Type, Others> || ...);

struct ReluSpec {};
struct SigmoidSpec {};
struct TanhSpec {};
struct SiluSpec {};
struct IdentitySpec {};
struct SoftmaxSpec {};
struct FlattenSpec {};
struct AddSpec {};
struct ConcatSpec {};

using LayerAttributes = std::variant<Conv2dSpec,
                                     ConvTranspose2dSpec,
                                     MaxPool2dSpec,
                                     AvgPool2dSpec,
                                     AdaptiveAvgPool2dSpec,
                                     LinearSpec,
                                     LocalResponseNormSpec,
                                     ReluSpec,
                                     SigmoidSpec,
                                     TanhSpec,
                                     SiluSpec,
                                     IdentitySpec,
                                     GeluSpec,
                                     LeakyReluSpec,
                                     EluSpec,
                                     SoftplusSpec,
                                     PreluSpec,
                                     SoftmaxSpec,
                                     FlattenSpec,
                                     BatchNorm2dSpec,
                                     DropoutSpec,
                                     AddSpec,
                                     ConcatSpec>;

/// Functions of each number by itself.
template <class Spec>
concept ActivationSpec = kIsOneOf<Spec,
                                  ReluSpec,
                                  SigmoidSpec,
                                  TanhSpec,
                                  SiluSpec,
                                  IdentitySpec,
                                  GeluSpec,
                                  LeakyReluSpec,
                                  EluSpec,
                                  SoftplusSpec,
                                  PreluSpec>;

/// What looks at one position alone, perhaps at all its channels, and keeps the shape.
template <class Spec>
concept PositionwiseSpec =
    ActivationSpec<Spec> ||
    kIsOneOf<Spec, SoftmaxSpec, LocalResponseNormSpec, BatchNorm2dSpec, DropoutSpec>;
/// True for a layer that reads two or more values.
[[nodiscard]] inline bool is_join(const LayerAttributes& attributes) {
    return std::holds_alternative<AddSpec>(attributes) ||
           std::holds_alternative<ConcatSpec>(attributes);
}

/// One layer as the network file describes it.
struct LayerSpec {
    std::string name;  ///< given, or the layer's position in `layers`
    std::string type;  ///< as in the file: "conv2d"
    /// Values read: 0 is the network's input, i + 1 the output of layer i.
    std::vector<Index> inputs;
    LayerAttributes attributes;
};

/// A network file after parsing: plain data, in topological order, the last layer the output.
struct NetworkSpec {
    std::string name;
    Shape input;
    std::vector<LayerSpec> layers;
    std::string source = {};  ///< the file's text, in which changes are tried; empty: none are
};

/// `layer 3 ("conv2")`, the beginning of every message about a layer.
[[nodiscard]] inline std::string layer_label(Index index, const std::string& name) {
    return "layer " + std::to_string(index) + " (\"" + name + "\")";
}

}  // namespace convoscope
