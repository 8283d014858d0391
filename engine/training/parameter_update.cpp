#include "engine/training/parameter_update.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/kernels/magnitude.h"

namespace convoscope {
namespace {

// Parameters of one piece: some microseconds of work.
constexpr Index kSlice = 4096;

}  // namespace

ParameterUpdate::ParameterUpdate(Index count)
    : gradient_(at(count)),
      healthy_(at((count + kSlice - 1) / kSlice)),
      squares_(healthy_.size()) {}

template <class Task>
void ParameterUpdate::for_slices(ThreadPool& pool, const Task& task) {
    const Index count = std::ssize(gradient_);
    pool.run(std::ssize(healthy_), [&](Index slice, Index) {
        task(at(slice), slice * kSlice, std::min((slice + 1) * kSlice, count));
    });
}

void ParameterUpdate::restart(OptimizerType type) {
    const Index states = optimizer_state_count(type);
    for (std::size_t state = 0; state < state_.values.size(); ++state) {
        const bool used = static_cast<Index>(state) < states;
        state_.values[state].assign(used ? gradient_.size() : 0, 0.0F);
    }
    state_.steps = 0;
    observed_ = false;
}

bool ParameterUpdate::fits(OptimizerType type, const OptimizerState& state) const {
    const Index states = optimizer_state_count(type);
    for (std::size_t n = 0; n < state.values.size(); ++n) {
        const bool used = static_cast<Index>(n) < states;
        if (state.values[n].size() != (used ? gradient_.size() : 0)) {
            return false;
        }
    }
    return state.steps >= 0;
}

void ParameterUpdate::restore(OptimizerType type, const OptimizerState& state) {
    CONVOSCOPE_CHECK(fits(type, state));
    state_ = state;
    observed_ = false;
}

bool ParameterUpdate::inspect(ThreadPool& pool,
                              const ClippingSettings& clipping,
                              std::span<const float> parameters) {
    CONVOSCOPE_CHECK(parameters.size() == gradient_.size());
    const bool clipped = clipping.value > 0.0 || clipping.norm > 0.0;
    const float limit = clipped ? std::numeric_limits<float>::max() : kLargestGradient;
    for_slices(pool, [&](std::size_t slice, Index begin, Index end) {
        const auto part = std::span<const float>(gradient_).subspan(at(begin), at(end - begin));
        healthy_[slice] = kernels::all_within(part, limit) &&
                                  kernels::all_within(parameters.subspan(at(begin), part.size()),
                                                      kLargestParameter)
                              ? 1
                              : 0;
    });
    return std::ranges::find(healthy_, 0) == healthy_.end();
}

void ParameterUpdate::clip(ThreadPool& pool, const ClippingSettings& clipping) {
    if (clipping.value <= 0.0 && clipping.norm <= 0.0) {
        return;
    }
    const auto part_of = [&](Index begin, Index end) {
        return std::span<float>(gradient_).subspan(at(begin), at(end - begin));
    };
    for_slices(pool, [&](std::size_t slice, Index begin, Index end) {
        clip_values(clipping, part_of(begin, end));
        squares_[slice] = kernels::sum_of_squares(part_of(begin, end));
    });
    double squares = 0.0;
    for (const double sum : squares_) {
        squares += sum;
    }
    const double factor = clipping_factor(clipping, std::sqrt(squares));
    if (factor < 1.0) {
        for_slices(pool, [&](std::size_t, Index begin, Index end) {
            kernels::scale(part_of(begin, end), static_cast<float>(factor));
        });
    }
}

void ParameterUpdate::apply(ThreadPool& pool,
                            const OptimizerSettings& optimizer,
                            std::span<float> parameters) {
    ++state_.steps;
    const OptimizerStep step{.parameters = parameters,
                             .gradient = gradient_,
                             .first_state = state_.values[0],
                             .second_state = state_.values[1],
                             .step = state_.steps};
    observed_ = !before_.empty();
    for_slices(pool, [&](std::size_t, Index begin, Index end) {
        if (observed_) {
            std::copy(
                parameters.begin() + begin, parameters.begin() + end, before_.begin() + begin);
        }
        optimizer_update(optimizer, step, begin, end);
    });
}

void ParameterUpdate::observe(bool wanted) {
    observed_ = observed_ && wanted;
    before_.resize(wanted ? gradient_.size() : 0);
    before_.shrink_to_fit();
}

Index ParameterUpdate::memory_bytes() const {
    const std::size_t floats =
        gradient_.size() + state_.values[0].size() + state_.values[1].size() + before_.size();
    return static_cast<Index>(floats * sizeof(float));
}

}  // namespace convoscope
