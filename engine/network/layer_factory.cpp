#include "engine/network/layer_factory.h"

#include <variant>

#include "engine/layers/flatten_layer.h"
#include "engine/layers/relu_layer.h"

namespace convoscope {
namespace {

using LayerResult = Result<std::unique_ptr<Layer>>;

struct Factory {
    const Shape& input;

    LayerResult operator()(const Conv2dSpec& spec) const {
        const Status checked = check_conv2d(spec, input);
        return checked ? LayerResult(make_conv2d_layer(spec, input)) : LayerResult(checked.error());
    }
    LayerResult operator()(const MaxPool2dSpec& spec) const {
        const Status checked = check_max_pool2d(spec, input);
        return checked ? LayerResult(make_max_pool2d_layer(spec, input))
                       : LayerResult(checked.error());
    }
    LayerResult operator()(const LinearSpec& spec) const {
        const Status checked = check_linear(spec, input);
        return checked ? LayerResult(make_linear_layer(spec, input)) : LayerResult(checked.error());
    }
    LayerResult operator()(const ReluSpec&) const { return make_relu_layer(input); }
    LayerResult operator()(const FlattenSpec&) const { return make_flatten_layer(input); }

    template <class Spec>
    LayerResult operator()(const Spec&) const {
        return Error{"this type is not available yet"};
    }
};

}  // namespace

Result<std::unique_ptr<Layer>> make_layer(const LayerAttributes& attributes, const Shape& input) {
    return std::visit(Factory{input}, attributes);
}

}  // namespace convoscope
