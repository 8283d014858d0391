#include "engine/kernels/activation.h"

#include "engine/kernels/exponential.h"
#include "engine/kernels/logarithm.h"
#include "engine/kernels/map.h"
#include "engine/kernels/normal_distribution.h"
#include "engine/kernels/sigmoid.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::multiply_add;
using simd::splat;
using simd::Vector;
using simd::zero;

// The tanh form of GELU: tanh(kScale·(x + kCubic·x³)).
constexpr float kScale = 0.79788456080F;  // √(2/π)
constexpr float kCubic = 0.044715F;

Vector gelu_tangent(Vector x) {
    const Vector inner = multiply_add(splat(kCubic) * x * x, x, x);
    return hyperbolic_tangent(splat(kScale) * inner);
}

}  // namespace

// Not max(): what that makes of NaN depends on the processor.
void relu_forward(std::span<const float> input, std::span<float> output) {
    map(input, output, [](Vector x) { return simd::select(x < zero(), zero(), x); });
}

void relu_backward(std::span<const float> output,
                   std::span<const float> d_output,
                   std::span<float> d_input) {
    map(output, d_output, d_input, [](Vector y, Vector d) {
        return simd::select(y <= zero(), zero(), d);
    });
}

void sigmoid_forward(std::span<const float> input, std::span<float> output) {
    map(input, output, [](Vector x) { return sigmoid(x); });
}

void sigmoid_backward(std::span<const float> output,
                      std::span<const float> d_output,
                      std::span<float> d_input) {
    map(output, d_output, d_input, [](Vector y, Vector d) { return d * (splat(1.0F) - y) * y; });
}

void tanh_forward(std::span<const float> input, std::span<float> output) {
    map(input, output, [](Vector x) { return hyperbolic_tangent(x); });
}

void tanh_backward(std::span<const float> output,
                   std::span<const float> d_output,
                   std::span<float> d_input) {
    map(output, d_output, d_input, [](Vector y, Vector d) { return d * (splat(1.0F) - y * y); });
}

void silu_forward(std::span<const float> input, std::span<float> output) {
    map(input, output, [](Vector x) { return x * sigmoid(x); });
}

void silu_backward(std::span<const float> input,
                   std::span<const float> d_output,
                   std::span<float> d_input) {
    map(input, d_output, d_input, [](Vector x, Vector d) {
        const Vector s = sigmoid(x);
        return d * s * multiply_add(x, splat(1.0F) - s, splat(1.0F));
    });
}

void gelu_forward(std::span<const float> input, std::span<float> output) {
    map(input, output, [](Vector x) { return x * normal_distribution(x).cumulative; });
}

void gelu_backward(std::span<const float> input,
                   std::span<const float> d_output,
                   std::span<float> d_input) {
    map(input, d_output, d_input, [](Vector x, Vector d) {
        const NormalDistribution normal = normal_distribution(x);
        return d * multiply_add(x, normal.density, normal.cumulative);
    });
}

void gelu_tanh_forward(std::span<const float> input, std::span<float> output) {
    map(input, output, [](Vector x) { return splat(0.5F) * x * (splat(1.0F) + gelu_tangent(x)); });
}

void gelu_tanh_backward(std::span<const float> input,
                        std::span<const float> d_output,
                        std::span<float> d_input) {
    map(input, d_output, d_input, [](Vector x, Vector d) {
        const Vector t = gelu_tangent(x);
        const Vector inner_slope =
            splat(kScale) * multiply_add(splat(3.0F * kCubic) * x, x, splat(1.0F));
        const Vector slope = multiply_add((splat(1.0F) - t * t) * x, inner_slope, splat(1.0F) + t);
        return splat(0.5F) * d * slope;
    });
}

void leaky_relu_forward(float slope, std::span<const float> input, std::span<float> output) {
    map(input, output, [slope](Vector x) { return simd::select(x > zero(), x, splat(slope) * x); });
}

void leaky_relu_backward(float slope,
                         std::span<const float> input,
                         std::span<const float> d_output,
                         std::span<float> d_input) {
    map(input, d_output, d_input, [slope](Vector x, Vector d) {
        return simd::select(x > zero(), d, splat(slope) * d);
    });
}

void elu_forward(float alpha, std::span<const float> input, std::span<float> output) {
    map(input, output, [alpha](Vector x) {
        return simd::select(x > zero(), x, splat(alpha) * exponential_minus_one(x));
    });
}

void elu_backward(float alpha,
                  std::span<const float> input,
                  std::span<const float> d_output,
                  std::span<float> d_input) {
    map(input, d_output, d_input, [alpha](Vector x, Vector d) {
        return simd::select(x > zero(), d, splat(alpha) * exponential(x) * d);
    });
}

// ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|): nothing overflows.
void softplus_forward(float beta, std::span<const float> input, std::span<float> output) {
    map(input, output, [beta](Vector x) {
        const Vector z = splat(beta) * x;
        const Vector negative_magnitude = simd::select(z < zero(), z, zero() - z);
        const Vector positive_part = simd::select(z < zero(), zero(), z);
        const Vector sum = positive_part + logarithm_of_one_plus(exponential(negative_magnitude));
        return simd::select(z > splat(kSoftplusThreshold), x, sum / splat(beta));
    });
}

void softplus_backward(float beta,
                       std::span<const float> input,
                       std::span<const float> d_output,
                       std::span<float> d_input) {
    map(input, d_output, d_input, [beta](Vector x, Vector d) {
        const Vector z = splat(beta) * x;
        return simd::select(z > splat(kSoftplusThreshold), d, d * sigmoid(z));
    });
}

}  // namespace convoscope::kernels
