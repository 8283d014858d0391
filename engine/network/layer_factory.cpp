#include "engine/network/layer_factory.h"

#include <variant>

#include "engine/layers/add_layer.h"
#include "engine/layers/concat_layer.h"
#include "engine/layers/flatten_layer.h"
#include "engine/layers/identity_layer.h"
#include "engine/layers/relu_layer.h"
#include "engine/layers/sigmoid_layer.h"
#include "engine/layers/silu_layer.h"
#include "engine/layers/softmax_layer.h"
#include "engine/layers/tanh_layer.h"

namespace convoscope {
namespace {

using LayerResult = Result<std::unique_ptr<Layer>>;

struct Factory {
    std::span<const Shape> inputs;
    const Shape& input = inputs.front();

    LayerResult operator()(const Conv2dSpec& spec) const {
        const Status checked = check_conv2d(spec, input);
        return checked ? LayerResult(make_conv2d_layer(spec, input)) : LayerResult(checked.error());
    }
    LayerResult operator()(const MaxPool2dSpec& spec) const {
        const Status checked = check_max_pool2d(spec, input);
        return checked ? LayerResult(make_max_pool2d_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const ConvTranspose2dSpec& spec) const {
        const Status checked = check_conv_transpose2d(spec, input);
        return checked ? LayerResult(make_conv_transpose2d_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const AvgPool2dSpec& spec) const {
        const Status checked = check_avg_pool2d(spec, input);
        return checked ? LayerResult(make_avg_pool2d_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const AdaptiveAvgPool2dSpec& spec) const {
        const Status checked = check_adaptive_avg_pool2d(spec, input);
        return checked ? LayerResult(make_adaptive_avg_pool2d_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const LinearSpec& spec) const {
        const Status checked = check_linear(spec, input);
        return checked ? LayerResult(make_linear_layer(spec, input)) : LayerResult(checked.error());
    }
    LayerResult operator()(const LocalResponseNormSpec& spec) const {
        const Status checked = check_local_response_norm(spec, input);
        return checked ? LayerResult(make_local_response_norm_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const PreluSpec& spec) const {
        const Status checked = check_prelu(spec, input);
        return checked ? LayerResult(make_prelu_layer(spec, input)) : LayerResult(checked.error());
    }
    LayerResult operator()(const ReluSpec&) const { return make_relu_layer(input); }
    LayerResult operator()(const SigmoidSpec&) const { return make_sigmoid_layer(input); }
    LayerResult operator()(const TanhSpec&) const { return make_tanh_layer(input); }
    LayerResult operator()(const SiluSpec&) const { return make_silu_layer(input); }
    LayerResult operator()(const IdentitySpec&) const { return make_identity_layer(input); }
    LayerResult operator()(const GeluSpec& spec) const { return make_gelu_layer(spec, input); }
    LayerResult operator()(const LeakyReluSpec& spec) const {
        return make_leaky_relu_layer(spec, input);
    }
    LayerResult operator()(const EluSpec& spec) const { return make_elu_layer(spec, input); }
    LayerResult operator()(const SoftplusSpec& spec) const {
        return make_softplus_layer(spec, input);
    }
    LayerResult operator()(const SoftmaxSpec&) const { return make_softmax_layer(input); }
    LayerResult operator()(const FlattenSpec&) const { return make_flatten_layer(input); }
    LayerResult operator()(const BatchNorm2dSpec& spec) const {
        const Status checked = check_batch_norm2d(spec, input);
        return checked ? LayerResult(make_batch_norm2d_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const DropoutSpec& spec) const {
        const Status checked = check_dropout(spec);
        return checked ? LayerResult(make_dropout_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const AddSpec&) const {
        return make_add_layer(std::ssize(inputs), input);
    }
    LayerResult operator()(const ConcatSpec&) const { return make_concat_layer(inputs); }
};

}  // namespace

Result<std::unique_ptr<Layer>> make_layer(const LayerAttributes& attributes,
                                          std::span<const Shape> inputs) {
    return std::visit(Factory{inputs}, attributes);
}

}  // namespace convoscope
