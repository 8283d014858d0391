#include "engine/layers/layer.h"

#include <algorithm>

#include "engine/core/check.h"

namespace convoscope {
namespace {

ParameterInfo checked_parameter(const Layer& layer, Index parameter_index, std::size_t given) {
    const std::vector<ParameterInfo> parameters = layer.parameters();
    CONVOSCOPE_CHECK(0 <= parameter_index && parameter_index < std::ssize(parameters));
    const ParameterInfo& parameter = parameters[static_cast<std::size_t>(parameter_index)];
    CONVOSCOPE_CHECK(static_cast<Index>(given) == parameter.count);
    return parameter;
}

}  // namespace

void Layer::to_pytorch_order(Index parameter_index,
                             std::span<const float> engine_order,
                             std::span<float> pytorch_order) const {
    const auto parameter = checked_parameter(*this, parameter_index, pytorch_order.size());
    std::copy_n(engine_order.begin() + parameter.offset, parameter.count, pytorch_order.begin());
}

void Layer::from_pytorch_order(Index parameter_index,
                               std::span<const float> pytorch_order,
                               std::span<float> engine_order) const {
    const auto parameter = checked_parameter(*this, parameter_index, pytorch_order.size());
    std::copy_n(pytorch_order.begin(), parameter.count, engine_order.begin() + parameter.offset);
}

}  // namespace convoscope
