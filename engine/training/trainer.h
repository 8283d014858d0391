#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/initializer.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/losses/loss.h"
#include "engine/network/batch_memory.h"
#include "engine/network/batch_runner.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"
#include "engine/network/workspace.h"
#include "engine/optimizers/gradient_clipping.h"
#include "engine/optimizers/optimizer.h"
#include "engine/optimizers/schedule.h"
#include "engine/training/image_feed.h"
#include "engine/training/parameter_update.h"
#include "engine/training/thread_pool.h"
#include "engine/training/training_state.h"

namespace convoscope {

struct TrainerSettings {
    OptimizerSettings optimizer = {};  ///< its learning rate is the base of the schedule
    ScheduleSettings schedule = {};
    ScheduleSpan span = {};
    ClippingSettings clipping = {};
    LossSettings loss = {};
    InitializerSettings initializer = {};
    double label_noise = 0.0;  ///< share of wrong labels, see label_noise.h
    Index batch_size = 64;
    std::uint64_t seed = 1;
    int threads = 1;
    void (*between_tasks)() = nullptr;                                ///< see ThreadPool
    std::shared_ptr<const AugmentationChain> augmentation = nullptr;  ///< images as they are
};

/// What one step did.
struct StepReport {
    Index step = 0;     ///< counted from 1
    double loss = 0.0;  ///< mean over the batch; cross-entropy in nats
    double learning_rate = 0.0;
    Index images = 0;
    Index correct = 0;
    bool diverged = false;  ///< a number went out of bounds; everything was left as it was
    std::string problem{};  ///< why nothing was trained; empty: it was
};

/// Represents a network in training: parameters, optimiser state, threads and their memory.
///
/// One step: micro-batches forward and back on all threads, in as many phases as the network has
/// (batch_runner.h); then, split by parameters, gradients
/// are summed or computed over the whole batch; then the update; then the weights are packed anew.
/// Ensures: the same seed and batches give the same numbers, bit for bit, at any number of threads:
/// a micro-batch's gradient goes to a shard by its position in the batch, a shard is filled in
/// order by one thread, and shards are summed in order. Nothing is allocated during a step.
class Trainer {
  public:
    /// Returns error when: the network is not one that classifies, settings are out of range, or
    /// there is not enough memory.
    [[nodiscard]] static Result<std::unique_ptr<Trainer>> create(NetworkSpec spec,
                                                                 const TrainerSettings& settings);

    /// Trains one batch. Expects: at most `batch_size` images, all loaded, of the network's shape.
    /// `epoch` is what augmentation is seeded with.
    StepReport step(const Dataset& dataset, std::span<const std::uint32_t> images, Index epoch = 0);

    /// Weights of this seed, state as at step 0.
    void reset(std::uint64_t seed);
    /// A type with other state starts from zeros.
    void set_optimizer(const OptimizerSettings& optimizer);
    /// Expects: schedule_fits(schedule, span).
    void set_schedule(const ScheduleSettings& schedule, const ScheduleSpan& span);
    void set_clipping(const ClippingSettings& clipping) { settings_.clipping = clipping; }
    void set_loss(const LossSettings& loss) { settings_.loss = loss; }
    /// From the next reset on.
    void set_initializer(const InitializerSettings& initializer) {
        settings_.initializer = initializer;
    }
    void set_augmentation(std::shared_ptr<const AugmentationChain> augmentation);
    [[nodiscard]] Status set_batch_size(Index batch_size);
    [[nodiscard]] Status set_threads(int threads);
    /// After parameters were written from outside.
    void parameters_changed() { network_->pack_all(); }

    [[nodiscard]] Network& network() { return *network_; }
    [[nodiscard]] const Network& network() const { return *network_; }
    [[nodiscard]] const TrainerSettings& settings() const { return settings_; }
    [[nodiscard]] ThreadPool& pool() { return *pool_; }
    [[nodiscard]] Index steps() const { return steps_; }
    /// Of the next step.
    [[nodiscard]] double learning_rate() const;

    [[nodiscard]] TrainingState state() const;
    /// Goes to a state of the same network; its optimiser becomes the trainer's type.
    /// Returns error when sizes differ, and nothing has changed.
    [[nodiscard]] Status restore(const TrainingState& state);

    /// The gradient and the parameters before the step, for those who look on.
    [[nodiscard]] const ParameterUpdate& last_update() const { return *update_; }
    /// Whether steps keep the parameters as they were before.
    void observe(bool wanted) { update_->observe(wanted); }
    [[nodiscard]] Index memory_bytes() const;

  private:
    /// A piece of work of the second phase: elements of a layer's gradient, or rows of it.
    struct GradientTask {
        Index layer = 0;
        IndexRange range;
        bool whole_batch = false;
    };
    /// A share of one layer's packing.
    struct PackTask {
        Index layer = 0;
        PackShare share;
    };

    Trainer() = default;
    void start_threads(int threads);
    [[nodiscard]] Status take_memory();
    void plan_gradient_tasks();
    void plan_pack_tasks();
    /// A phase of all micro-batches whose gradient goes to this shard.
    void run_shard(const Dataset& dataset,
                   std::span<const std::uint32_t> images,
                   Index phase,
                   Index shard,
                   Index thread);
    [[nodiscard]] std::span<const std::uint32_t> images_of(std::span<const std::uint32_t> images,
                                                           Index micro_batch) const;
    void run_loss(const Dataset& dataset,
                  std::span<const std::uint32_t> images,
                  Index micro_batch,
                  Workspace& workspace);
    void compute_gradients(Index micro_batches);
    void update_parameters(double learning_rate);
    [[nodiscard]] std::string describe_divergence(const Dataset& dataset,
                                                  std::span<const std::uint32_t> images) const;

    TrainerSettings settings_;
    std::unique_ptr<Network> network_;
    ExecutionPlan plan_;
    std::unique_ptr<ThreadPool> pool_;
    ImageFeed feed_;
    std::unique_ptr<BatchMemory> batch_;
    std::unique_ptr<BatchRunner> runner_;
    std::vector<GradientTask> gradient_tasks_;
    std::vector<PackTask> pack_tasks_;
    std::unique_ptr<ParameterUpdate> update_;
    std::vector<double> losses_;  ///< sums, one a micro-batch
    std::vector<Index> correct_;
    Index steps_ = 0;
    Index epoch_ = 0;  ///< of the batch in work
    Index shards_in_use_ = 1;
};

}  // namespace convoscope
