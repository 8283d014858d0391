#include "engine/optimizers/adam.h"

#include <cmath>

#include "engine/optimizers/elementwise.h"

namespace convoscope {
namespace {

/// By squaring, so that it is the same on every platform.
double power(double base, Index exponent) {
    double result = 1.0;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1) {
            result *= base;
        }
        base *= base;
    }
    return result;
}

simd::Vector splat_double(double value) {
    return simd::splat(static_cast<float>(value));
}

}  // namespace

void adam_update(const OptimizerSettings& settings,
                 const OptimizerStep& step,
                 Index begin,
                 Index end) {
    const double mean_correction = 1.0 - power(settings.beta1, step.step);
    const double square_correction = 1.0 - power(settings.beta2, step.step);
    const auto minus_rate = splat_double(-settings.learning_rate / mean_correction);
    const auto root_factor = splat_double(1.0 / std::sqrt(square_correction));
    const auto epsilon = splat_double(settings.epsilon);
    const auto decay = splat_double(settings.weight_decay);
    const auto beta2 = splat_double(settings.beta2);
    const auto new_mean = splat_double(1.0 - settings.beta1);
    const auto new_square = splat_double(1.0 - settings.beta2);
    update_elements<3>(
        step.gradient.data(),
        {step.parameters.data(), step.first_state.data(), step.second_state.data()},
        begin,
        end,
        [&](simd::Vector gradient, auto& vectors) {
            auto& [parameter, mean, square] = vectors;
            const auto g = simd::multiply_add(decay, parameter, gradient);
            mean = flush_denormals(simd::multiply_add(new_mean, g - mean, mean));
            square = flush_denormals(simd::multiply_add(new_square * g, g, beta2 * square));
            const auto deviation = simd::multiply_add(xsimd::sqrt(square), root_factor, epsilon);
            parameter = simd::multiply_add(minus_rate, mean / deviation, parameter);
        });
}

}  // namespace convoscope
