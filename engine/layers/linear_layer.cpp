#include "engine/layers/linear_layer.h"

#include <string>

#include "engine/core/check.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/gather.h"
#include "engine/kernels/linear_backward_weights.h"

namespace convoscope {
namespace {

/// To the kernels a linear layer is a convolution of one cell with a kernel of one cell.
kernels::Conv2dGeometry one_cell(Index in_features, Index out_features) {
    return {.input = {.channels = in_features},
            .output = {.channels = out_features},
            .vertical = {},
            .horizontal = {}};
}

/// Parameters: weights `[out][in]`, then biases. Packed: the forward panels, then the backward
/// ones.
class LinearLayer final : public Layer {
  public:
    LinearLayer(Index in_features, const LinearSpec& spec)
        : in_features_(in_features),
          out_features_(spec.out_features),
          has_bias_(spec.bias),
          forward_plan_(kernels::plan_conv2d_forward(one_cell(in_features, spec.out_features))),
          backward_plan_(
              kernels::plan_conv2d_backward_input(one_cell(in_features, spec.out_features))) {}

    [[nodiscard]] Shape output_shape() const override { return flat_shape(out_features_); }

    [[nodiscard]] std::vector<ParameterInfo> parameters() const override {
        std::vector<ParameterInfo> parameters{{.name = "weight",
                                               .shape = {out_features_, in_features_},
                                               .offset = 0,
                                               .count = weight_count(),
                                               .fan_in = in_features_,
                                               .fan_out = out_features_}};
        if (has_bias_) {
            parameters.push_back({.name = "bias",
                                  .shape = {out_features_},
                                  .offset = weight_count(),
                                  .count = out_features_,
                                  .fan_in = in_features_,
                                  .fan_out = out_features_});
        }
        return parameters;
    }

    [[nodiscard]] LayerMemory memory() const override {
        return {.packed_floats = 2 * weight_count()};
    }

    [[nodiscard]] Index multiply_accumulates() const override { return weight_count(); }

    void pack(std::span<const float> parameters,
              std::span<float> packed,
              const PackShare& share) const override {
        const auto weights = weights_of(parameters);
        kernels::pack_conv2d_forward(
            forward_plan_, share.of(std::ssize(forward_plan_.blocks)), weights, weights_of(packed));
        kernels::pack_conv2d_backward_input(backward_plan_,
                                            share.of(std::ssize(backward_plan_.blocks)),
                                            weights,
                                            after_weights(packed));
    }

    void forward(const ForwardPass& pass) const override {
        kernels::gather(forward_plan_,
                        weights_of(pass.packed),
                        after_weights(pass.parameters),
                        pass.inputs.front(),
                        pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::gather(backward_plan_,
                            after_weights(pass.packed),
                            {},
                            pass.d_output,
                            pass.d_inputs.front());
        }
    }

    [[nodiscard]] bool has_batch_weight_gradient() const override { return true; }
    [[nodiscard]] Index gradient_rows() const override { return out_features_; }

    [[nodiscard]] Index backward_weights_scratch(Index micro_batches) const override {
        return kernels::linear_backward_weights_scratch(out_features_, micro_batches);
    }

    void backward_weights(std::span<const std::span<const float>> inputs,
                          std::span<const std::span<const float>> d_outputs,
                          Index begin_row,
                          Index end_row,
                          std::span<float> scratch,
                          std::span<float> d_parameters) const override {
        const kernels::LinearGradientRows rows{.in_features = in_features_,
                                               .out_features = out_features_,
                                               .begin = begin_row,
                                               .end = end_row};
        kernels::linear_backward_weights(
            rows, inputs, d_outputs, scratch, weights_of(d_parameters));
        if (has_bias_) {
            kernels::linear_backward_bias(rows, d_outputs, after_weights(d_parameters));
        }
    }

  private:
    [[nodiscard]] Index weight_count() const { return in_features_ * out_features_; }

    template <class Value>
    [[nodiscard]] std::span<Value> weights_of(std::span<Value> values) const {
        return values.first(static_cast<std::size_t>(weight_count()));
    }
    /// The biases of parameters, the backward panels of packed weights.
    template <class Value>
    [[nodiscard]] std::span<Value> after_weights(std::span<Value> values) const {
        return values.subspan(static_cast<std::size_t>(weight_count()));
    }

    Index in_features_;
    Index out_features_;
    bool has_bias_;
    kernels::GatherPlan forward_plan_;
    kernels::GatherPlan backward_plan_;
};

}  // namespace

Status check_linear(const LinearSpec& spec, const Shape& input) {
    if (spec.out_features < 1) {
        return Error{"out_features is " + std::to_string(spec.out_features) +
                     ", expected at least 1"};
    }
    if (!input.flat) {
        return Error{"linear needs a flat vector, but its input is a volume of " + input.text() +
                     "; put a flatten layer before it"};
    }
    return success();
}

std::unique_ptr<Layer> make_linear_layer(const LinearSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_linear(spec, input).ok());
    return std::make_unique<LinearLayer>(input.element_count(), spec);
}

}  // namespace convoscope
