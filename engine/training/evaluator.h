#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/losses/loss.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"
#include "engine/network/workspace.h"
#include "engine/training/thread_pool.h"

namespace convoscope {

/// What a network sees in one image.
struct Reading {
    std::uint8_t predicted = 0;
    float confidence = 0.0F;  ///< softmax of the scores: of the predicted class
    float truth = 0.0F;       ///< and of the right one
};

/// How well a network does on a list of images.
struct Evaluation {
    double loss = 0.0;  ///< mean
    Index count = 0;
    Index correct = 0;
    Index classes = 0;
    std::vector<Index> confusion;  ///< `[true class][predicted class]`

    [[nodiscard]] double accuracy() const {
        return count == 0 ? 0.0 : static_cast<double>(correct) / static_cast<double>(count);
    }
};

/// Represents one evaluation at a time, forward only, in slices as short as the caller likes.
/// Ensures: the result does not depend on slices or threads.
class Evaluator {
  public:
    /// Both must outlive the evaluator. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<Evaluator>> create(const Network& network,
                                                                   ThreadPool& pool);

    /// The loss is the one trained with, without label smoothing.
    void begin(const Dataset& dataset,
               Split split,
               std::vector<std::uint32_t> images,
               LossType loss = LossType::cross_entropy);
    /// Up to this many micro-batches more. True: finished.
    bool run_slice(Index micro_batches);
    [[nodiscard]] const Evaluation& result() const { return result_; }
    /// How many of the images of `begin` have been read.
    [[nodiscard]] Index images_done() const;
    /// The images of `begin`, and one reading for each when finished.
    [[nodiscard]] std::span<const std::uint32_t> images() const { return images_; }
    [[nodiscard]] std::span<const Reading> readings() const { return readings_; }

  private:
    Evaluator(const Network& network, ThreadPool& pool);
    void run_micro_batch(Index micro_batch, Index thread);

    const Network& network_;
    ThreadPool& pool_;
    ExecutionPlan plan_;
    std::vector<std::unique_ptr<Workspace>> workspaces_;
    const Dataset* dataset_ = nullptr;
    Split split_ = Split::test;
    LossType loss_ = LossType::cross_entropy;
    std::vector<std::uint32_t> images_;
    std::vector<Reading> readings_;  ///< one an image
    std::vector<double> losses_;     ///< one a micro-batch
    Index done_ = 0;                 ///< micro-batches
    Evaluation result_;
};

}  // namespace convoscope
