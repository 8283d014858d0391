#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/execution_plan.h"
#include "engine/network/workspace.h"
#include "engine/training/image_feed.h"
#include "engine/training/trainer.h"

namespace convoscope {

/// One image of a batch, on its way to the loss.
struct DissectedImage {
    Index label = 0;                   ///< that it is trained with
    std::vector<float> pixels;         ///< NCHW, 0 to 1, as the network is shown them
    std::vector<float> probabilities;  ///< softmax of the logits
    double loss = 0.0;                 ///< of this image alone
};

/// What a step does to one layer.
struct DissectedLayer {
    double output_norm = 0.0;  ///< root of the mean square of an output, over the batch
    bool has_parameters = false;
    double parameter_norm = 0.0;  ///< before the step
    double gradient_norm = 0.0;   ///< as it was applied
    double update_norm = 0.0;     ///< of the change
};

/// One parameter before and after the step, with what the optimiser remembers of it.
struct DissectedWeight {
    Index place = 0;  ///< in its tensor, in PyTorch's order
    float before = 0.0F;
    float gradient = 0.0F;  ///< after clipping
    float after = 0.0F;
    std::array<float, 2> state_before{};  ///< as OptimizerState has them; 0 where there is none
    std::array<float, 2> state_after{};
    Index optimizer_steps = 0;  ///< this one included
};

/// A training step and all its numbers.
struct DissectedStep {
    StepReport report;
    std::vector<DissectedImage> images;
    std::vector<DissectedLayer> layers;
    DissectedWeight weight;
};

/// Represents a look at single steps of a trainer from all sides. The step itself is that of
/// Trainer::step, bit for bit.
///
/// Images and layers are looked at before it, as augmentation and label noise leave them, with the
/// network at rest: where it has dropout or batch norm, the loss of the step is another.
class StepDissection {
  public:
    /// `trainer` must outlive this object. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<StepDissection>> create(Trainer& trainer);

    /// Trains one batch. The weight is that of `parameter` whose gradient is the largest, or the
    /// one at `place`. Expects: as Trainer::step; a parameter of the network; place -1 or within.
    [[nodiscard]] DissectedStep step(const Dataset& dataset,
                                     std::span<const std::uint32_t> images,
                                     Index epoch,
                                     const NamedParameter& parameter,
                                     Index place);

  private:
    explicit StepDissection(Trainer& trainer);
    void look(const Dataset& dataset,
              std::span<const std::uint32_t> images,
              Index epoch,
              DissectedStep& result);
    void look_at_images(const Dataset& dataset,
                        std::span<const std::uint32_t> images,
                        Index batch_images,
                        DissectedStep& result);
    void measure_layers(DissectedStep& result) const;
    [[nodiscard]] Index place_of_greatest(const NamedParameter& parameter) const;

    Trainer& trainer_;
    ExecutionPlan plan_;
    ImageFeed feed_;
    std::unique_ptr<Workspace> workspace_;
};

}  // namespace convoscope
