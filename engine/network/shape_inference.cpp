#include "engine/network/shape_inference.h"

#include <memory>

#include "engine/network/layer_factory.h"
#include "engine/network/size_limits.h"

namespace convoscope {
namespace {

Result<std::unique_ptr<Layer>> infer_layer(const LayerSpec& layer,
                                           const std::vector<Shape>& shapes,
                                           const SizeLimits& limits) {
    const Shape& input = shapes[static_cast<std::size_t>(layer.inputs.front())];
    if (const Status checked = check_size(layer.attributes, input, limits); !checked) {
        return checked.error();
    }
    return make_layer(layer.attributes, input);
}

}  // namespace

InferredNetwork infer_network(const NetworkSpec& spec, const SizeLimits& limits) {
    InferredNetwork inferred{.shapes = {spec.input}, .parameters = {}, .misfit = {}};
    inferred.layer_count = static_cast<Index>(spec.layers.size());
    if (const Status checked = check_input_size(spec.input); !checked) {
        inferred.misfit = checked.error();
        return inferred;
    }
    for (const LayerSpec& layer : spec.layers) {
        const Result<std::unique_ptr<Layer>> made = infer_layer(layer, inferred.shapes, limits);
        if (!made) {
            inferred.misfit = made.error();
            return inferred;
        }
        inferred.shapes.push_back((*made)->output_shape());
        inferred.parameters.push_back((*made)->parameters());
    }
    return inferred;
}

}  // namespace convoscope
