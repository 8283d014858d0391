#include "engine/kernels/reference/activation_reference.h"

#include <cmath>
#include <numbers>

namespace convoscope::kernels::reference {

double sigmoid(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

double silu(double x) {
    return x * sigmoid(x);
}

double gelu(double x) {
    return x * 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double gelu_tanh(double x) {
    const double scale = std::sqrt(2.0 / std::numbers::pi);
    return 0.5 * x * (1.0 + std::tanh(scale * (x + 0.044715 * x * x * x)));
}

double leaky_relu(double slope, double x) {
    return x > 0.0 ? x : slope * x;
}

double elu(double alpha, double x) {
    return x > 0.0 ? x : alpha * std::expm1(x);
}

double softplus(double beta, double x) {
    return beta * x > 20.0 ? x : std::log1p(std::exp(beta * x)) / beta;
}

}  // namespace convoscope::kernels::reference
