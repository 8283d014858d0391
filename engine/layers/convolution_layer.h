#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/kernels/conv2d_geometry.h"
#include "engine/layers/conv2d_method.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// What a convolution and a transposed one share: the weights of one geometry, a bias for every
/// channel of the output, and the method of computing both ways. Private to `layers/`.
/// Parameters: weights `[oc][kh][kw][ic of the group]` of the geometry, then biases.
/// Packed: the method's. Scratch: the method's; a subclass puts its own behind it.
class ConvolutionLayer : public Layer {
  public:
    [[nodiscard]] Shape output_shape() const override { return output_; }
    [[nodiscard]] std::vector<ParameterInfo> parameters() const override;
    [[nodiscard]] LayerMemory memory() const override;
    [[nodiscard]] Index multiply_accumulates() const override;

    void pack(std::span<const float> parameters,
              std::span<float> packed,
              const PackShare& share) const override;

    void to_pytorch_order(Index parameter_index,
                          std::span<const float> engine_order,
                          std::span<float> pytorch_order) const override;
    void from_pytorch_order(Index parameter_index,
                            std::span<const float> pytorch_order,
                            std::span<float> engine_order) const override;

  protected:
    /// `geometry` is that of the convolution itself, also where the layer transposes it.
    ConvolutionLayer(const kernels::Conv2dGeometry& geometry, const Shape& output, bool has_bias);

    [[nodiscard]] const kernels::Conv2dGeometry& geometry() const { return geometry_; }
    [[nodiscard]] const Conv2dMethod& method() const { return *method_; }

    template <class Value>
    [[nodiscard]] std::span<Value> weights_of(std::span<Value> parameters) const {
        return parameters.first(at(geometry_.weight_count()));
    }
    /// Empty without a bias.
    template <class Value>
    [[nodiscard]] std::span<Value> bias_of(std::span<Value> parameters) const {
        return parameters.subspan(at(geometry_.weight_count()));
    }
    /// Adds the gradients of a micro-batch, or sets them. `large` and `small` are the images on
    /// the geometry's input and output side: of the two, one holds values and one gradients.
    void backward_parameters(const BackwardPass& pass,
                             std::span<const float> large,
                             std::span<const float> small) const;

  private:
    kernels::Conv2dGeometry geometry_;
    Shape output_;
    bool has_bias_;
    std::unique_ptr<Conv2dMethod> method_;
};

}  // namespace convoscope
