#pragma once

// The definitions of the functions of one number, in double.

namespace convoscope::kernels::reference {

double sigmoid(double x);
double silu(double x);
/// x · Φ(x).
double gelu(double x);
double gelu_tanh(double x);
double leaky_relu(double slope, double x);
double elu(double alpha, double x);
double softplus(double beta, double x);

}  // namespace convoscope::kernels::reference
