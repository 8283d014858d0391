#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/optimizers/gradient_clipping.h"
#include "engine/optimizers/optimizer.h"
#include "engine/training/thread_pool.h"

namespace convoscope {

/// Beyond these a step would do harm: the numbers after it would soon leave a float's range.
inline constexpr float kLargestGradient = 1e12F;
inline constexpr float kLargestParameter = 1e20F;

/// What an optimiser remembers from step to step, laid out as the parameters.
struct OptimizerState {
    std::array<std::vector<float>, 2> values;  ///< as many as the type has
    Index steps = 0;                           ///< since they were zeros

    bool operator==(const OptimizerState&) const = default;
};

/// Represents the last part of a training step: the gradient is inspected, clipped and applied.
/// Ensures: what is split over threads is never a sum, so that the thread count changes no bit;
/// nothing is allocated during a step.
class ParameterUpdate {
  public:
    /// For so many parameters.
    explicit ParameterUpdate(Index count);

    /// The gradient of the step, to be overwritten by the caller.
    [[nodiscard]] std::span<float> gradient() { return gradient_; }
    [[nodiscard]] std::span<const float> gradient() const { return gradient_; }

    /// State of zeros.
    void restart(OptimizerType type);
    [[nodiscard]] const OptimizerState& state() const { return state_; }
    /// Expects: a state of `type` and of as many parameters.
    void restore(OptimizerType type, const OptimizerState& state);
    [[nodiscard]] bool fits(OptimizerType type, const OptimizerState& state) const;

    /// False when a gradient or a parameter is not a number or beyond its bound: the step must not
    /// be applied. A gradient that is to be clipped may be as large as a float.
    [[nodiscard]] bool inspect(ThreadPool& pool,
                               const ClippingSettings& clipping,
                               std::span<const float> parameters);
    /// Expects: `inspect` said yes.
    void clip(ThreadPool& pool, const ClippingSettings& clipping);
    void apply(ThreadPool& pool, const OptimizerSettings& optimizer, std::span<float> parameters);

    /// Whether `apply` keeps what the parameters were before: memory and a little time.
    void observe(bool wanted);
    /// The parameters before the last step; empty when nobody observed it.
    [[nodiscard]] std::span<const float> parameters_before() const {
        return observed_ ? std::span<const float>(before_) : std::span<const float>{};
    }

    [[nodiscard]] Index memory_bytes() const;

  private:
    /// Calls task(slice, begin, end) for all slices of the parameters on all threads.
    template <class Task>
    void for_slices(ThreadPool& pool, const Task& task);

    std::vector<float> gradient_;
    OptimizerState state_;
    std::vector<float> before_;
    bool observed_ = false;               ///< `before_` is that of the last step
    std::vector<unsigned char> healthy_;  ///< one a slice
    std::vector<double> squares_;         ///< one a slice
};

}  // namespace convoscope
