#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/optimizers/optimizer.h"
#include "web/models/pictures.h"

namespace convoscope::models {

/// One picture of a batch, before the step.
struct StepPicture {
    int label = 0;
    std::vector<float> probabilities;  ///< softmax of the logits
    double loss = 0.0;
};

/// What the step does to one layer.
struct StepLayer {
    std::string name;
    double output_norm = 0.0;  ///< root of the mean square of an output
    std::optional<double> gradient_norm;
    std::optional<double> update_norm;
};

/// One weight, before and after.
struct StepWeight {
    std::string parameter;
    std::vector<std::int64_t> shape;
    std::int64_t place = 0;
    double before = 0.0;
    double gradient = 0.0;
    double after = 0.0;
    std::array<double, 2> state_before{};
    std::array<double, 2> state_after{};
    std::int64_t optimizer_steps = 0;

    /// "conv1.weight[2, 0, 1, 4]"
    [[nodiscard]] std::string text() const;
};

/// A training step taken apart: the protocol's `dissected`.
struct TakenApart {
    std::int64_t step = 0;
    double loss = 0.0;
    OptimizerSettings optimizer;  ///< its rate is that of the step
    std::vector<StepPicture> images;
    std::vector<StepLayer> layers;
    StepWeight weight;
};

enum class StepStage : std::uint8_t { batch, forward, loss, backward, update };
inline constexpr int kStepStages = 5;

/// One training step after another, slowly: which part of it is shown, and how fast that changes.
class SlowMotion {
  public:
    bool open = false;
    std::size_t picture = 0;  ///< of the batch: the one that is looked at
    std::optional<TakenApart> step;
    Pictures pictures;
    std::uint32_t revision = 0;  ///< of the step

    [[nodiscard]] StepStage stage() const { return stage_; }
    /// The next step has been asked for and is not there yet.
    [[nodiscard]] bool waits() const { return waits_; }
    [[nodiscard]] bool ramping() const { return ramping_; }
    /// How long a part is shown while it speeds up.
    [[nodiscard]] double stage_seconds() const { return stage_seconds_; }

    /// What is to be asked of the engine; empty: nothing.
    [[nodiscard]] std::string show();
    void hide();
    /// On to the next part; after the last to the next step.
    [[nodiscard]] std::string next();
    void back();
    void go_to(StepStage stage);
    /// By itself, ever faster, until it is too fast to follow: then training runs.
    void ramp(bool on);
    [[nodiscard]] std::string advance(double seconds);

    void take(TakenApart apart, Pictures shown);
    /// It was refused, or the run is another.
    void forget();

  private:
    [[nodiscard]] std::string ask();

    StepStage stage_ = StepStage::batch;
    bool waits_ = false;
    bool ramping_ = false;
    double stage_seconds_ = 0.0;
    double shown_seconds_ = 0.0;
};

}  // namespace convoscope::models
