#include "engine/network/shape_inference.h"

#include "engine/network/join_shapes.h"
#include "engine/network/layer_factory.h"
#include "engine/network/size_limits.h"

namespace convoscope {
Result<std::unique_ptr<Layer>> infer_layer(const NetworkSpec& spec,
                                           Index layer,
                                           std::span<const Shape> shapes,
                                           const SizeLimits& limits) {
    const LayerSpec& of = spec.layers[static_cast<std::size_t>(layer)];
    std::vector<Shape> inputs;
    inputs.reserve(of.inputs.size());
    for (const Index value : of.inputs) {
        inputs.push_back(shapes[static_cast<std::size_t>(value)]);
    }
    if (const Status joined = check_join(spec, layer, inputs); !joined) {
        return joined.error();
    }
    if (const Status checked = check_size(of.attributes, inputs, limits); !checked) {
        return checked.error();
    }
    return make_layer(of.attributes, inputs);
}

InferredNetwork infer_network(const NetworkSpec& spec, const SizeLimits& limits) {
    InferredNetwork inferred{.shapes = {spec.input}, .parameters = {}, .misfit = {}};
    inferred.layer_count = static_cast<Index>(spec.layers.size());
    if (const Status checked = check_input_size(spec.input); !checked) {
        inferred.misfit = checked.error();
        return inferred;
    }
    for (Index layer = 0; layer < inferred.layer_count; ++layer) {
        const Result<std::unique_ptr<Layer>> made =
            infer_layer(spec, layer, inferred.shapes, limits);
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
