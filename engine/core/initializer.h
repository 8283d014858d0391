#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/core/index.h"
#include "engine/core/random.h"

namespace convoscope {

/// How weights begin. The last three are there to be seen failing.
enum class InitializerType {
    pytorch,          ///< U(-1/√fan_in, 1/√fan_in), biases too: what `torch.nn` layers do
    kaiming_uniform,  ///< U(-√(6/fan_in), √(6/fan_in)): `torch.nn.init.kaiming_uniform_`, for ReLU
    kaiming_normal,   ///< N(0, 2/fan_in): `torch.nn.init.kaiming_normal_`, for ReLU
    xavier_uniform,   ///< U(±√(6/(fan_in + fan_out))): `torch.nn.init.xavier_uniform_`
    xavier_normal,    ///< N(0, 2/(fan_in + fan_out)): `torch.nn.init.xavier_normal_`
    lecun_uniform,    ///< U(-√(3/fan_in), √(3/fan_in)): LeCun et al. 1998, "Efficient BackProp"
    lecun_normal,     ///< N(0, 1/fan_in)
    constant,         ///< `value`
    zero,             ///< nothing flows: no gradient reaches a weight below the last layer
    equal,            ///< 1/fan_in: all units of a layer learn the same
    too_large,        ///< N(0, 1) whatever the fan: activations explode from layer to layer
};

/// "pytorch", "kaiming_uniform" …
[[nodiscard]] std::string_view initializer_name(InitializerType type);
/// None when there is no such initialiser.
[[nodiscard]] std::optional<InitializerType> find_initializer(std::string_view name);
/// `"pytorch", "kaiming_uniform", …`, for messages.
[[nodiscard]] std::string_view initializer_names();

struct InitializerSettings {
    InitializerType type = InitializerType::pytorch;
    double value = 0.01;  ///< of constant

    bool operator==(const InitializerSettings&) const = default;
};

/// What an initialiser asks about a tensor. Fans are counted as in
/// `torch.nn.init._calculate_fan_in_and_fan_out`.
struct InitializedTensor {
    Index fan_in = 1;
    Index fan_out = 1;
    bool bias = false;  ///< zero, except with `pytorch`
};

/// Overwrites `values`. Expects: both fans > 0.
void initialize(const InitializerSettings& settings,
                const InitializedTensor& tensor,
                Random& random,
                std::span<float> values);

}  // namespace convoscope
