#include "web/models/inspect/slopes.h"

#include <cmath>
#include <numbers>
#include <variant>

namespace convoscope::models::inspect {
namespace {

/// Slopes of the layers that pass each number on by itself.
struct Slope {
    const Values& values;
    const LayerSpec& layer;
    Index channel = 0;
    double x = 0.0;
    double y = 0.0;

    std::optional<double> operator()(const ReluSpec&) const { return x > 0.0 ? 1.0 : 0.0; }
    std::optional<double> operator()(const LeakyReluSpec& spec) const {
        return x > 0.0 ? 1.0 : static_cast<double>(spec.negative_slope);
    }
    std::optional<double> operator()(const EluSpec& spec) const {
        return x > 0.0 ? 1.0 : y + static_cast<double>(spec.alpha);
    }
    std::optional<double> operator()(const SigmoidSpec&) const { return y * (1.0 - y); }
    std::optional<double> operator()(const TanhSpec&) const { return 1.0 - y * y; }
    std::optional<double> operator()(const IdentitySpec&) const { return 1.0; }
    std::optional<double> operator()(const DropoutSpec&) const { return 1.0; }
    std::optional<double> operator()(const SiluSpec&) const {
        const double share = 1.0 / (1.0 + std::exp(-x));
        return share * (1.0 + x * (1.0 - share));
    }
    std::optional<double> operator()(const GeluSpec& spec) const {
        if (spec.tanh_approximation) {
            return std::nullopt;
        }
        constexpr double kInverseRoot = std::numbers::inv_sqrtpi / std::numbers::sqrt2;
        return 0.5 * std::erfc(-x / std::numbers::sqrt2) +
               x * kInverseRoot * std::exp(-0.5 * x * x);
    }
    std::optional<double> operator()(const BatchNorm2dSpec& spec) const {
        const auto figure = [&](const char* suffix, double otherwise) {
            const CapturedTensor* tensor = values.find(layer.name + suffix);
            return tensor != nullptr && channel < std::ssize(tensor->values)
                       ? static_cast<double>(tensor->values[at(channel)])
                       : otherwise;
        };
        return figure(".weight", 1.0) / std::sqrt(figure(".running_var", 1.0) + spec.eps);
    }
    template <class Other>
    std::optional<double> operator()(const Other&) const {
        return std::nullopt;
    }
};

}  // namespace

std::optional<double> slope_of(
    const Values& values, const LayerSpec& layer, Index channel, double x, double y) {
    return std::visit(Slope{values, layer, channel, x, y}, layer.attributes);
}

}  // namespace convoscope::models::inspect
