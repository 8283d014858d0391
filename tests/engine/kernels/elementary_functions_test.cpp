// The vectorised logarithm, power, normal distribution and saturating curves.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <doctest/doctest.h>

#include "engine/kernels/logarithm.h"
#include "engine/kernels/normal_distribution.h"
#include "engine/kernels/power.h"
#include "engine/kernels/sigmoid.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr double kUnit = 0x1p-23;

template <class Function>
float of(const Function& function, float x) {
    std::vector<float> lanes(static_cast<std::size_t>(kLanes));
    simd::store(lanes.data(), function(simd::splat(x)));
    return lanes.front();
}

double relative_error(float actual, double exact) {
    return std::abs(static_cast<double>(actual) - exact) / std::abs(exact);
}

float log_of(float x) {
    return of([](simd::Vector v) { return logarithm(v); }, x);
}

float power_of(float base, float exponent) {
    return of([exponent](simd::Vector v) { return power(v, exponent); }, base);
}

}  // namespace

TEST_CASE("logarithm: within 3 units in the last place from the smallest to the largest number") {
    double worst = 0.0;
    for (float x = 1e-37F; x < 3e38F; x *= 1.0137F) {
        worst = std::max(worst, relative_error(log_of(x), std::log(static_cast<double>(x))));
    }
    for (float x = 0.9F; x < 1.1F; x += 0.00037F) {
        worst = std::max(worst, relative_error(log_of(x), std::log(static_cast<double>(x))));
    }
    CHECK(worst < 3.0 * kUnit);
    CHECK(relative_error(log_of(1e-42F), std::log(static_cast<double>(1e-42F))) < 3.0 * kUnit);
}

TEST_CASE("logarithm: extremes") {
    CHECK(log_of(1.0F) == 0.0F);
    CHECK(log_of(0.0F) == -kInfinity);
    CHECK(log_of(kInfinity) == kInfinity);
    CHECK(std::isnan(log_of(-1.0F)));
    CHECK(std::isnan(log_of(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("logarithm of one plus: exact near 0 too") {
    double worst = 0.0;
    for (float u = 1e-30F; u <= 1.0F; u *= 1.137F) {
        const float y = of([](simd::Vector v) { return logarithm_of_one_plus(v); }, u);
        worst = std::max(worst, relative_error(y, std::log1p(static_cast<double>(u))));
    }
    CHECK(worst < 3.0 * kUnit);
}

TEST_CASE("power: agrees with std::pow, of zeros and negative numbers too") {
    for (const float exponent : {0.75F, -0.75F, 0.5F, 1.0F, -2.0F, 3.0F}) {
        for (float base = 0.01F; base < 100.0F; base *= 1.37F) {
            const double exact = std::pow(static_cast<double>(base), static_cast<double>(exponent));
            CHECK(relative_error(power_of(base, exponent), exact) < 20.0 * kUnit);
        }
    }
    CHECK(power_of(0.0F, 0.75F) == 0.0F);
    CHECK(power_of(0.0F, -0.75F) == kInfinity);
    CHECK(power_of(0.0F, 0.0F) == 1.0F);
    CHECK(power_of(-2.0F, 2.0F) == doctest::Approx(4.0));
    CHECK(power_of(-2.0F, 3.0F) == doctest::Approx(-8.0));
    CHECK(std::isnan(power_of(-2.0F, 0.5F)));
}

TEST_CASE("normal distribution: to 2e-7, and the tail does not cancel") {
    double worst = 0.0;
    double worst_density = 0.0;
    for (float x = -12.0F; x < 12.0F; x += 0.0137F) {
        const double exact = 0.5 * std::erfc(-static_cast<double>(x) / std::numbers::sqrt2);
        const double density = std::exp(-0.5 * static_cast<double>(x) * static_cast<double>(x)) *
                               std::numbers::inv_sqrtpi / std::numbers::sqrt2;
        const float phi = of([](simd::Vector v) { return normal_distribution(v).cumulative; }, x);
        const float bell = of([](simd::Vector v) { return normal_distribution(v).density; }, x);
        worst = std::max(worst, std::abs(static_cast<double>(phi) - exact));
        worst_density = std::max(worst_density, std::abs(static_cast<double>(bell) - density));
        CHECK(phi >= 0.0F);
    }
    CHECK(worst < 2e-7);
    CHECK(worst_density < 1e-7);
}

TEST_CASE("hyperbolic tangent: within 4 units in the last place, odd, and 1 far out") {
    double worst = 0.0;
    const auto tangent = [](simd::Vector v) { return hyperbolic_tangent(v); };
    for (float x = 1e-6F; x < 20.0F; x *= 1.0137F) {
        const float y = of(tangent, x);
        worst = std::max(worst, relative_error(y, std::tanh(static_cast<double>(x))));
        CHECK(of(tangent, -x) == -y);
    }
    CHECK(worst < 4.0 * kUnit);
    CHECK(of(tangent, 0.0F) == 0.0F);
    CHECK(of(tangent, kInfinity) == 1.0F);
    CHECK(of(tangent, -kInfinity) == -1.0F);
    CHECK(std::isnan(of(tangent, std::numeric_limits<float>::quiet_NaN())));
}
