#include "engine/training/watchdog.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/kernels/magnitude.h"
#include "engine/training/parameter_update.h"

namespace convoscope {
namespace {

/// Three digits: "1.2e+20".
std::string short_text(double number) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(
        text.data(), text.data() + text.size(), number, std::chars_format::general, 3);
    return {text.data(), written.ptr};
}

/// The largest magnitude; infinite when one is not a number.
double largest(std::span<const float> values) {
    float most = 0.0F;
    for (const float value : values) {
        const float magnitude = std::abs(value);
        if (!(magnitude <= most)) {
            most = std::isnan(magnitude) ? std::numeric_limits<float>::infinity() : magnitude;
        }
    }
    return static_cast<double>(most);
}

/// "are not finite" or "reach 1e+13".
std::string how(std::span<const float> values) {
    const double most = largest(values);
    return std::isfinite(most) ? "reach " + short_text(most) : "are not finite";
}

std::string label(const Network& network, Index layer) {
    return layer_label(layer, network.spec().layers[static_cast<std::size_t>(layer)].name);
}

std::optional<std::string> bad_parameter(const BadStep& step) {
    for (Index layer = 0; layer < step.network.layer_count(); ++layer) {
        const auto values = step.network.part_of(layer, step.network.parameters());
        if (!kernels::all_within(values, kLargestParameter)) {
            return label(step.network, layer) + ": its parameters " + how(values);
        }
    }
    return std::nullopt;
}

std::optional<std::string> bad_output(const BadStep& step) {
    if (step.activations == nullptr) {
        return std::nullopt;
    }
    for (Index layer = 0; layer < step.network.layer_count(); ++layer) {
        const std::span<const float> values = step.activations->value(layer + 1);
        if (!kernels::all_within(values, std::numeric_limits<float>::max())) {
            return label(step.network, layer) +
                   ": its outputs are not finite, from parameters of " + "at most " +
                   short_text(largest(step.network.part_of(layer, step.network.parameters())));
        }
    }
    return std::nullopt;
}

std::optional<std::string> bad_gradient(const BadStep& step) {
    for (Index layer = step.network.layer_count() - 1; layer >= 0 && !step.gradient.empty();
         --layer) {
        const auto values = step.network.part_of(layer, step.gradient);
        if (!kernels::all_within(values, kLargestGradient)) {
            return label(step.network, layer) + ": the gradients of its parameters " + how(values);
        }
    }
    return std::nullopt;
}

}  // namespace

std::string describe_bad_step(const BadStep& step) {
    std::optional<std::string> found = bad_parameter(step);
    if (!found) {
        found = bad_output(step);
    }
    if (!found) {
        found = bad_gradient(step);
    }
    return found.value_or("the loss is not finite, while every layer's numbers are");
}

}  // namespace convoscope
