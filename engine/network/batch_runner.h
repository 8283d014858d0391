#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/batch_memory.h"
#include "engine/network/batch_statistics.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"
#include "engine/network/workspace.h"

namespace convoscope {

struct BatchRunnerSettings {
    Index micro_batches = 1;  ///< of the largest batch
    Index threads = 1;
    bool training = false;
};

/// Represents a batch on its way through a network and back, in phases: every micro-batch does a
/// phase, in any order and on any thread, before the next phase begins.
///
/// Where no layer looks at the whole batch there is one phase: a micro-batch goes through all
/// layers, to the loss and back, in its thread's own memory. Training with K batch norms takes
/// 2K + 1 phases: before each of them, on the way to the loss and on the way back, all
/// micro-batches meet; each has memory of its own, as all are on their way at the same time.
/// Ensures: nothing is allocated after `create`.
class BatchRunner {
  public:
    /// All must outlive the runner. Returns error when there is no memory; the number is said.
    [[nodiscard]] static Result<std::unique_ptr<BatchRunner>> create(
        const Network& network,
        const ExecutionPlan& plan,
        const BatchMemory& batch,
        const BatchRunnerSettings& settings);

    /// Returns error when: a layer has no statistics of so few images.
    [[nodiscard]] Status check_batch(Index images) const;
    /// Expects: check_batch(images).
    void begin(std::uint64_t seed, Index step, Index images);

    [[nodiscard]] Index micro_batches() const { return (images_ + kLanes - 1) / kLanes; }
    [[nodiscard]] Index phase_count() const { return 2 * coupled_count() + 1; }
    /// The phase in which a micro-batch reaches the loss: between its `forward` and `backward`.
    [[nodiscard]] Index loss_phase() const { return coupled_count(); }

    /// The micro-batch's memory; its input is written by the caller before `forward` of phase 0.
    [[nodiscard]] Workspace& workspace(Index micro_batch, Index thread) const;
    /// The micro-batch's share of a phase; nothing where the phase is one of the way back.
    void forward(Index phase, Index micro_batch, Index thread) const;
    /// Nothing where the phase is one of the way to the loss. Shards as in `Workspace::backward`.
    void backward(Index phase,
                  Index micro_batch,
                  Index thread,
                  std::span<float> shard,
                  bool accumulate) const;
    /// Between two phases: combines what the micro-batches gathered.
    void finish_phase(Index phase) const;

    /// What the batch did to running statistics: `buffers` is laid out as the network's.
    void update_buffers(std::span<float> buffers) const;

    [[nodiscard]] Index memory_bytes() const;

  private:
    BatchRunner(const Network& network, const BatchMemory& batch, bool training)
        : network_(network), batch_(batch), training_(training) {}
    [[nodiscard]] Status take_memory(const ExecutionPlan& plan,
                                     const BatchRunnerSettings& settings);
    [[nodiscard]] Index coupled_count() const { return std::ssize(coupled_); }
    [[nodiscard]] Index coupled(Index position) const {
        return coupled_[static_cast<std::size_t>(position)];
    }
    [[nodiscard]] PassContext context(Index micro_batch) const;

    const Network& network_;
    const BatchMemory& batch_;
    bool training_;
    std::vector<Index> coupled_;  ///< layers at which the batch meets
    std::unique_ptr<BatchStatistics> statistics_;
    std::vector<std::unique_ptr<Workspace>> workspaces_;  ///< one a thread, or one a micro-batch
    Arena scratch_memory_;
    std::vector<ArenaSlot<float>> scratch_;  ///< one a thread
    std::uint64_t seed_ = 0;
    Index step_ = 0;
    Index images_ = 0;
};

}  // namespace convoscope
