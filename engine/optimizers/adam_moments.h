#pragma once

#include <cmath>

#include "engine/core/index.h"
#include "engine/optimizers/elementwise.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// What Adam and AdamW share: two moving means and the step along them.
class AdamMoments {
  public:
    AdamMoments(const OptimizerSettings& settings, Index step)
        : minus_rate_(splat_double(-settings.learning_rate / (1.0 - power(settings.beta1, step)))),
          root_factor_(splat_double(1.0 / std::sqrt(1.0 - power(settings.beta2, step)))),
          epsilon_(splat_double(settings.epsilon)),
          beta2_(splat_double(settings.beta2)),
          new_mean_(splat_double(1.0 - settings.beta1)),
          new_square_(splat_double(1.0 - settings.beta2)) {}

    /// Moves the means by the gradient `g`, and the parameter by the means.
    void update(simd::Vector g,
                simd::Vector& parameter,
                simd::Vector& mean,
                simd::Vector& square) const {
        mean = flush_denormals(simd::multiply_add(new_mean_, g - mean, mean));
        square = flush_denormals(simd::multiply_add(new_square_ * g, g, beta2_ * square));
        const auto deviation = simd::multiply_add(xsimd::sqrt(square), root_factor_, epsilon_);
        parameter = simd::multiply_add(minus_rate_, quotient(mean, deviation), parameter);
    }

  private:
    /// By squaring, so that it is the same on every platform.
    static double power(double base, Index exponent) {
        double result = 1.0;
        for (; exponent > 0; exponent /= 2) {
            if (exponent % 2 == 1) {
                result *= base;
            }
            base *= base;
        }
        return result;
    }

    simd::Vector minus_rate_;
    simd::Vector root_factor_;
    simd::Vector epsilon_;
    simd::Vector beta2_;
    simd::Vector new_mean_;
    simd::Vector new_square_;
};

}  // namespace convoscope
