#include "engine/network/batch_runner.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/layers/batch_coupling.h"
#include "engine/network/size_limits.h"

namespace convoscope {
namespace {

/// Said before memory is taken: each micro-batch keeps its activations until all are done.
Status check_activations(const ExecutionPlan& plan, Index micro_batches) {
    const double bytes = static_cast<double>(micro_batches) *
                         (static_cast<double>(plan.activation_floats) * sizeof(float) +
                          static_cast<double>(plan.saved_total));
    if (bytes <= kMostBatchBytes) {
        return success();
    }
    return Error{"network: with batch norm the activations of a whole batch are kept, " +
                 std::to_string(static_cast<long long>(bytes)) + " bytes; expected at most " +
                 std::to_string(static_cast<long long>(kMostBatchBytes)) +
                 ", so a smaller batch_size or network"};
}

}  // namespace

Result<std::unique_ptr<BatchRunner>> BatchRunner::create(const Network& network,
                                                         const ExecutionPlan& plan,
                                                         const BatchMemory& batch,
                                                         const BatchRunnerSettings& settings) {
    std::unique_ptr<BatchRunner> runner(new BatchRunner(network, batch, settings.training));
    auto statistics = BatchStatistics::create(network, settings.micro_batches);
    if (!statistics) {
        return statistics.error();
    }
    runner->statistics_ = std::move(*statistics);
    if (settings.training) {
        const auto layers = runner->statistics_->layers();
        runner->coupled_.assign(layers.begin(), layers.end());
    }
    if (const Status taken = runner->take_memory(plan, settings); !taken) {
        return taken.error();
    }
    return runner;
}

Status BatchRunner::take_memory(const ExecutionPlan& plan, const BatchRunnerSettings& settings) {
    const bool all_at_once = !coupled_.empty();
    if (all_at_once) {
        if (const Status checked = check_activations(plan, settings.micro_batches); !checked) {
            return checked;
        }
    }
    for (Index thread = 0; thread < settings.threads; ++thread) {
        scratch_.push_back(scratch_memory_.plan<float>(plan.scratch_floats + plan.sum_floats));
    }
    if (!scratch_memory_.allocate()) {
        return Error{"network: no memory for " + std::to_string(scratch_memory_.size_bytes()) +
                     " bytes of scratch"};
    }
    const Index count = all_at_once ? settings.micro_batches : settings.threads;
    for (Index position = 0; position < count; ++position) {
        auto workspace = Workspace::create(network_, plan, Workspace::Scratch::lent);
        if (!workspace) {
            return workspace.error();
        }
        workspaces_.push_back(std::move(*workspace));
    }
    return success();
}

Status BatchRunner::check_batch(Index images) const {
    for (const Index layer : coupled_) {
        const NetworkNode& node = network_.node(layer);
        if (const Status checked = node.layer->batch_coupling()->check_batch(images); !checked) {
            return Error{layer_label(layer, network_.spec().layers[at(layer)].name) + ": " +
                         checked.error().message};
        }
    }
    return success();
}

void BatchRunner::begin(std::uint64_t seed, Index step, Index images) {
    CONVOSCOPE_CHECK(check_batch(images).ok());
    seed_ = seed;
    step_ = step;
    images_ = images;
}

PassContext BatchRunner::context(Index micro_batch) const {
    const Index first = micro_batch * kLanes;
    return {.training = training_,
            .position = {.seed = seed_,
                         .step = step_,
                         .first_image = first,
                         .image_count = std::min(kLanes, images_ - first)},
            .statistics = coupled_.empty() ? nullptr : statistics_.get()};
}

Workspace& BatchRunner::workspace(Index micro_batch, Index thread) const {
    Workspace& workspace = *workspaces_[at(coupled_.empty() ? thread : micro_batch)];
    workspace.bind_kept(batch_.kept(micro_batch));
    workspace.bind_scratch(scratch_memory_.get(scratch_[at(thread)]));
    return workspace;
}

void BatchRunner::forward(Index phase, Index micro_batch, Index thread) const {
    if (phase > loss_phase()) {
        return;
    }
    const Index begin = phase == 0 ? 0 : coupled(phase - 1);
    const Index end = phase == loss_phase() ? network_.layer_count() : coupled(phase);
    Workspace& mine = workspace(micro_batch, thread);
    mine.forward(context(micro_batch), {begin, end});
    if (phase < loss_phase()) {
        mine.gather_forward(context(micro_batch), end, statistics_->gathered(end, micro_batch));
    }
}

void BatchRunner::backward(
    Index phase, Index micro_batch, Index thread, std::span<float> shard, bool accumulate) const {
    if (phase < loss_phase()) {
        return;
    }
    // Phase loss_phase() + i begins behind the i-th coupled layer from the back.
    const Index left = coupled_count() - (phase - loss_phase());
    const Index end = left == coupled_count() ? network_.layer_count() : coupled(left) + 1;
    const Index begin = left == 0 ? 0 : coupled(left - 1) + 1;
    Workspace& mine = workspace(micro_batch, thread);
    mine.backward(context(micro_batch), {begin, end}, shard, accumulate);
    if (left > 0) {
        const Index next = coupled(left - 1);
        mine.gather_backward(context(micro_batch),
                             next,
                             statistics_->gathered(next, micro_batch),
                             shard,
                             accumulate);
    }
}

void BatchRunner::finish_phase(Index phase) const {
    if (phase < loss_phase()) {
        statistics_->combine_forward(coupled(phase), micro_batches());
    } else if (phase + 1 < phase_count()) {
        const Index left = coupled_count() - (phase - loss_phase());
        statistics_->combine_backward(coupled(left - 1), micro_batches());
    }
}

void BatchRunner::update_buffers(std::span<float> buffers) const {
    for (const Index layer : coupled_) {
        network_.node(layer).layer->batch_coupling()->update_buffers(
            statistics_->forward(layer), network_.buffers_of(layer, buffers));
    }
}

Index BatchRunner::memory_bytes() const {
    Index bytes = statistics_->memory_bytes() + scratch_memory_.size_bytes();
    for (const std::unique_ptr<Workspace>& workspace : workspaces_) {
        bytes += workspace->memory_bytes();
    }
    return bytes;
}

}  // namespace convoscope
