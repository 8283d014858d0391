#include "engine/core/initializer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/check.h"

namespace convoscope {
namespace {

struct Entry {
    InitializerType type;
    std::string_view name;
};

constexpr std::array<Entry, 11> kInitializers = {{
    {InitializerType::pytorch, "pytorch"},
    {InitializerType::kaiming_uniform, "kaiming_uniform"},
    {InitializerType::kaiming_normal, "kaiming_normal"},
    {InitializerType::xavier_uniform, "xavier_uniform"},
    {InitializerType::xavier_normal, "xavier_normal"},
    {InitializerType::lecun_uniform, "lecun_uniform"},
    {InitializerType::lecun_normal, "lecun_normal"},
    {InitializerType::constant, "constant"},
    {InitializerType::zero, "zero"},
    {InitializerType::equal, "equal"},
    {InitializerType::too_large, "too_large"},
}};

void fill_uniform(Random& random, double bound, std::span<float> values) {
    for (float& value : values) {
        value = static_cast<float>(random.uniform(-bound, bound));
    }
}

void fill_normal(Random& random, double variance, std::span<float> values) {
    const double deviation = std::sqrt(variance);
    for (float& value : values) {
        value = static_cast<float>(deviation * random.normal());
    }
}

}  // namespace

std::string_view initializer_name(InitializerType type) {
    return kInitializers[static_cast<std::size_t>(type)].name;
}

std::optional<InitializerType> find_initializer(std::string_view name) {
    const auto* found = std::ranges::find(kInitializers, name, &Entry::name);
    return found == kInitializers.end() ? std::nullopt : std::optional(found->type);
}

std::string_view initializer_names() {
    return R"("pytorch", "kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal", )"
           R"("lecun_uniform", "lecun_normal", "constant", "zero", "equal" or "too_large")";
}

void initialize(const InitializerSettings& settings,
                const InitializedTensor& tensor,
                Random& random,
                std::span<float> values) {
    CONVOSCOPE_CHECK(tensor.fan_in > 0 && tensor.fan_out > 0);
    const auto fan_in = static_cast<double>(tensor.fan_in);
    const double mean_fan = (fan_in + static_cast<double>(tensor.fan_out)) / 2.0;
    if (tensor.bias && settings.type != InitializerType::pytorch) {
        std::ranges::fill(values, 0.0F);
        return;
    }
    switch (settings.type) {
        case InitializerType::pytorch:
            fill_uniform(random, 1.0 / std::sqrt(fan_in), values);
            break;
        case InitializerType::kaiming_uniform:
            fill_uniform(random, std::sqrt(6.0 / fan_in), values);
            break;
        case InitializerType::kaiming_normal:
            fill_normal(random, 2.0 / fan_in, values);
            break;
        case InitializerType::xavier_uniform:
            fill_uniform(random, std::sqrt(3.0 / mean_fan), values);
            break;
        case InitializerType::xavier_normal:
            fill_normal(random, 1.0 / mean_fan, values);
            break;
        case InitializerType::lecun_uniform:
            fill_uniform(random, std::sqrt(3.0 / fan_in), values);
            break;
        case InitializerType::lecun_normal:
            fill_normal(random, 1.0 / fan_in, values);
            break;
        case InitializerType::constant:
            std::ranges::fill(values, static_cast<float>(settings.value));
            break;
        case InitializerType::zero:
            std::ranges::fill(values, 0.0F);
            break;
        case InitializerType::equal:
            std::ranges::fill(values, static_cast<float>(1.0 / fan_in));
            break;
        case InitializerType::too_large:
            fill_normal(random, 1.0, values);
            break;
    }
}

}  // namespace convoscope
