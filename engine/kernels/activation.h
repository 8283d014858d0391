#pragma once

// Functions of each number by itself. All spans are of one length, whole lane blocks. A forward
// function overwrites `output`, which may be the input; a backward one overwrites `d_input`, which
// may be `d_output`. NaN stays NaN, as in PyTorch.

#include <span>

#include "engine/core/index.h"

namespace convoscope::kernels {

/// output = max(input, 0). `torch.nn.functional.relu`.
void relu_forward(std::span<const float> input, std::span<float> output);
/// d_input = d_output where output > 0 (or is NaN), else 0. Source: PyTorch's `threshold_backward`.
void relu_backward(std::span<const float> output,
                   std::span<const float> d_output,
                   std::span<float> d_input);

/// output = 1 / (1 + e^-input). `torch.sigmoid`.
void sigmoid_forward(std::span<const float> input, std::span<float> output);
/// d_input = d_output · output · (1 - output).
void sigmoid_backward(std::span<const float> output,
                      std::span<const float> d_output,
                      std::span<float> d_input);

/// output = tanh(input). `torch.tanh`.
void tanh_forward(std::span<const float> input, std::span<float> output);
/// d_input = d_output · (1 - output²).
void tanh_backward(std::span<const float> output,
                   std::span<const float> d_output,
                   std::span<float> d_input);

/// output = input · sigmoid(input). `torch.nn.functional.silu`.
void silu_forward(std::span<const float> input, std::span<float> output);
void silu_backward(std::span<const float> input,
                   std::span<const float> d_output,
                   std::span<float> d_input);

/// output = input · Φ(input). `torch.nn.functional.gelu`, approximate="none".
void gelu_forward(std::span<const float> input, std::span<float> output);
void gelu_backward(std::span<const float> input,
                   std::span<const float> d_output,
                   std::span<float> d_input);

/// output = input · (1 + tanh(√(2/π)·(input + 0.044715·input³))) / 2. approximate="tanh".
void gelu_tanh_forward(std::span<const float> input, std::span<float> output);
void gelu_tanh_backward(std::span<const float> input,
                        std::span<const float> d_output,
                        std::span<float> d_input);

/// output = input where input > 0, else slope · input. `torch.nn.functional.leaky_relu`.
void leaky_relu_forward(float slope, std::span<const float> input, std::span<float> output);
void leaky_relu_backward(float slope,
                         std::span<const float> input,
                         std::span<const float> d_output,
                         std::span<float> d_input);

/// output = input where input > 0, else alpha · (e^input - 1). `torch.nn.functional.elu`.
void elu_forward(float alpha, std::span<const float> input, std::span<float> output);
void elu_backward(float alpha,
                  std::span<const float> input,
                  std::span<const float> d_output,
                  std::span<float> d_input);

/// beta · input above this: softplus is its input. PyTorch's default.
inline constexpr float kSoftplusThreshold = 20.0F;

/// output = ln(1 + e^(beta·input)) / beta. `torch.nn.functional.softplus`.
void softplus_forward(float beta, std::span<const float> input, std::span<float> output);
void softplus_backward(float beta,
                       std::span<const float> input,
                       std::span<const float> d_output,
                       std::span<float> d_input);

}  // namespace convoscope::kernels
