#include "engine/analysis/cost.h"

#include <type_traits>
#include <variant>

namespace convoscope {
namespace {

std::int64_t product_of(std::span<const Index> extents) {
    std::int64_t product = 1;
    for (const Index extent : extents) {
        product *= extent;
    }
    return product;
}

std::int64_t positions_of(const Shape& shape) {
    return std::int64_t{shape.height} * shape.width;
}

std::int64_t numbers_of(const Shape& shape) {
    return shape.channels * positions_of(shape);
}

/// "16·8·5·5 + 16 = 3216"
std::string parameter_text(std::span<const ParameterInfo> parameters, std::int64_t count) {
    std::string text;
    for (const ParameterInfo& parameter : parameters) {
        text += text.empty() ? "" : " + ";
        for (std::size_t axis = 0; axis < parameter.shape.size(); ++axis) {
            text += (axis == 0 ? "" : "·") + std::to_string(parameter.shape[axis]);
        }
    }
    return text.empty() ? text : text + " = " + std::to_string(count);
}

/// Multiply-accumulates and FLOPs.
struct Work {
    std::span<const ParameterInfo> parameters;
    const Shape& input;
    const Shape& output;
    LayerCost& cost;

    void operator()(const Conv2dSpec& s) const { multiply(positions_of(output), s.bias); }
    void operator()(const ConvTranspose2dSpec& s) const { multiply(positions_of(input), s.bias); }
    void operator()(const LinearSpec& s) const { multiply(1, s.bias); }
    void operator()(const MaxPool2dSpec& s) const { pool(s.kernel_height * s.kernel_width); }
    void operator()(const AvgPool2dSpec& s) const { pool(s.kernel_height * s.kernel_width); }
    template <class Spec>
    void operator()(const Spec&) const {}

  private:
    /// Each weight is used once a position.
    void multiply(std::int64_t positions, bool bias) const {
        cost.multiply_accumulates = product_of(parameters.front().shape) * positions;
        cost.flops = 2 * cost.multiply_accumulates + (bias ? numbers_of(output) : 0);
    }
    void pool(std::int64_t cells) const { cost.flops = cells * numbers_of(output); }
};

}  // namespace

LayerCost cost_of(const LayerAttributes& attributes,
                  std::span<const ParameterInfo> parameters,
                  const Shape& input,
                  const Shape& output) {
    LayerCost cost;
    for (const ParameterInfo& parameter : parameters) {
        cost.parameters += product_of(parameter.shape);
    }
    cost.parameter_text = parameter_text(parameters, cost.parameters);
    cost.activations = numbers_of(output);
    std::visit(Work{parameters, input, output, cost}, attributes);
    return cost;
}

}  // namespace convoscope
