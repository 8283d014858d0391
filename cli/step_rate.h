#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/network/network_file.h"
#include "engine/training/trainer.h"

namespace convoscope::cli {

/// Measures training steps on noise: how long a step takes does not depend on what images show.
class StepRate {
  public:
    /// Momentum; one batch, again and again. Returns error when: the network is not one that
    /// classifies among 10, or there is not enough memory.
    [[nodiscard]] static Result<StepRate> create(NetworkSpec spec, Index batch, int threads);

    /// Trains for that long and at least one step; images a second.
    double images_per_second(double seconds);
    void step() { trainer_->step(*noise_, images_); }

    /// Of a training step's multiply-adds, at so many images a second: two operations each.
    [[nodiscard]] double gigaflops(double images_per_second) const;
    [[nodiscard]] const Trainer& trainer() const { return *trainer_; }

  private:
    StepRate() = default;

    std::unique_ptr<Dataset> noise_;
    std::unique_ptr<Trainer> trainer_;
    std::vector<std::uint32_t> images_;
};

}  // namespace convoscope::cli
