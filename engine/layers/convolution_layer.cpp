#include "engine/layers/convolution_layer.h"

#include <algorithm>

#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/winograd.h"
#include "engine/layers/conv2d_weights.h"

namespace convoscope {

namespace {

std::unique_ptr<Conv2dMethod> choose_method(const kernels::Conv2dGeometry& geometry) {
    return kernels::winograd_wins(geometry) ? make_winograd_conv2d(geometry)
                                            : make_direct_conv2d(geometry);
}

}  // namespace

ConvolutionLayer::ConvolutionLayer(const kernels::Conv2dGeometry& geometry,
                                   const Shape& output,
                                   bool has_bias)
    : geometry_(geometry), output_(output), has_bias_(has_bias), method_(choose_method(geometry)) {}

std::vector<ParameterInfo> ConvolutionLayer::parameters() const {
    const Index cells = geometry_.kernel_cells();
    // As PyTorch counts, whatever the groups: the weight's second axis in, its first axis out.
    const Index fan_in = geometry_.group_in_channels() * cells;
    const Index fan_out = geometry_.output.channels * cells;
    std::vector<ParameterInfo> parameters{{.name = "weight",
                                           .shape = {geometry_.output.channels,
                                                     geometry_.group_in_channels(),
                                                     geometry_.vertical.size,
                                                     geometry_.horizontal.size},
                                           .offset = 0,
                                           .count = geometry_.weight_count(),
                                           .fan_in = fan_in,
                                           .fan_out = fan_out}};
    if (has_bias_) {
        parameters.push_back({.name = "bias",
                              .shape = {output_.channels},
                              .offset = geometry_.weight_count(),
                              .count = output_.channels,
                              .fan_in = fan_in,
                              .fan_out = fan_out});
    }
    return parameters;
}

LayerMemory ConvolutionLayer::memory() const {
    return {.packed_floats = method_->packed_floats(), .scratch_floats = method_->scratch_floats()};
}

void ConvolutionLayer::pack(std::span<const float> parameters,
                            std::span<float> packed,
                            const PackShare& share) const {
    method_->pack(weights_of(parameters), packed, share);
}

Index ConvolutionLayer::multiply_accumulates() const {
    return geometry_.output.element_count() * geometry_.weights_per_output();
}

void ConvolutionLayer::to_pytorch_order(Index parameter_index,
                                        std::span<const float> engine_order,
                                        std::span<float> pytorch_order) const {
    if (parameter_index != 0) {
        Layer::to_pytorch_order(parameter_index, engine_order, pytorch_order);
        return;
    }
    conv2d_weights_to_pytorch(geometry_, engine_order, pytorch_order);
}

void ConvolutionLayer::from_pytorch_order(Index parameter_index,
                                          std::span<const float> pytorch_order,
                                          std::span<float> engine_order) const {
    if (parameter_index != 0) {
        Layer::from_pytorch_order(parameter_index, pytorch_order, engine_order);
        return;
    }
    conv2d_weights_from_pytorch(geometry_, pytorch_order, engine_order);
}

void ConvolutionLayer::backward_parameters(const BackwardPass& pass,
                                           std::span<const float> large,
                                           std::span<const float> small) const {
    if (!pass.accumulate) {
        std::ranges::fill(pass.d_parameters, 0.0F);
    }
    method_->backward_weights(large, small, pass.scratch, weights_of(pass.d_parameters));
    if (has_bias_) {
        kernels::conv2d_backward_bias(pass.d_output, bias_of(pass.d_parameters));
    }
}

}  // namespace convoscope
