#include "engine/training/trainer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/training/label_noise.h"
#include "engine/training/training_loss.h"
#include "engine/training/watchdog.h"

namespace convoscope {
namespace {

// Enough for eight threads; fewer, and more threads would idle, more, and the sums cost more.
constexpr Index kMostShards = 8;
constexpr Index kLargestBatch = 4096;
constexpr int kMostThreads = 64;
// Parameters of one piece of the second phase: some microseconds of work.
constexpr Index kSlice = 4096;
// Rows of a whole-batch gradient in one piece: each rearranges all inputs for itself, so few rows
// waste, and many leave threads idle.
constexpr Index kGradientRows = 24;

Index micro_batches_of(Index images) {
    return (images + kLanes - 1) / kLanes;
}

Status check_classifies(const Network& network) {
    const Shape& output = network.output_shape();
    if (output.height != 1 || output.width != 1 || output.channels < 2 || output.channels > 256) {
        return Error{"network: the output is " + output.text() +
                     "; expected one score for each of 2 to 256 classes"};
    }
    return success();
}

Status check_batch_size(Index batch_size) {
    if (batch_size < 1 || batch_size > kLargestBatch) {
        return Error{"batch_size is " + std::to_string(batch_size) + "; expected 1 to " +
                     std::to_string(kLargestBatch)};
    }
    return success();
}

}  // namespace

Result<std::unique_ptr<Trainer>> Trainer::create(NetworkSpec spec,
                                                 const TrainerSettings& settings) {
    if (const Status checked = check_batch_size(settings.batch_size); !checked) {
        return checked.error();
    }
    Result<std::unique_ptr<Network>> network = Network::build(std::move(spec));
    if (!network) {
        return network.error();
    }
    if (const Status checked = check_classifies(**network); !checked) {
        return checked.error();
    }
    std::unique_ptr<Trainer> trainer(new Trainer());
    trainer->settings_ = settings;
    trainer->network_ = std::move(*network);
    trainer->plan_ = ExecutionPlan::make(*trainer->network_, {.backward = true});
    trainer->update_ =
        std::make_unique<ParameterUpdate>(std::ssize(trainer->network_->parameters()));
    if (const Status started = trainer->set_threads(settings.threads); !started) {
        return started.error();
    }
    trainer->reset(settings.seed);
    return trainer;
}

Status Trainer::set_threads(int threads) {
    const int before = settings_.threads;
    start_threads(threads);
    Status taken = take_memory();
    if (!taken && runner_) {
        start_threads(before);
    }
    return taken;
}

void Trainer::start_threads(int threads) {
    settings_.threads = std::clamp(threads, 1, kMostThreads);
    if (!pool_ || pool_->thread_count() != settings_.threads) {
        pool_.reset();
        pool_ = std::make_unique<ThreadPool>(settings_.threads, settings_.between_tasks);
        settings_.threads = pool_->thread_count();
    }
}

void Trainer::set_augmentation(std::shared_ptr<const AugmentationChain> augmentation) {
    settings_.augmentation = std::move(augmentation);
    feed_.prepare(settings_.augmentation, network_->shape(0), settings_.threads);
}

Status Trainer::set_batch_size(Index batch_size) {
    if (const Status checked = check_batch_size(batch_size); !checked) {
        return checked;
    }
    const Index before = std::exchange(settings_.batch_size, batch_size);
    Status taken = take_memory();
    if (!taken) {
        settings_.batch_size = before;
    }
    return taken;
}

Status Trainer::take_memory() {
    const Index threads = settings_.threads;
    const Index micro_batches = micro_batches_of(settings_.batch_size);
    const Index shards = std::min(kMostShards, micro_batches);
    Result<std::unique_ptr<BatchMemory>> batch =
        BatchMemory::create(*network_, plan_, micro_batches, shards, threads);
    if (!batch) {
        return batch.error();
    }
    Result<std::unique_ptr<BatchRunner>> runner =
        BatchRunner::create(*network_,
                            plan_,
                            **batch,
                            {.micro_batches = micro_batches, .threads = threads, .training = true});
    if (!runner) {
        return runner.error();
    }
    if (const Status checked = (*runner)->check_batch(settings_.batch_size); !checked) {
        return checked;
    }
    runner_ = std::move(*runner);
    batch_ = std::move(*batch);
    feed_.prepare(settings_.augmentation, network_->shape(0), settings_.threads);
    losses_.resize(at(micro_batches));
    correct_.resize(at(micro_batches));
    plan_gradient_tasks();
    plan_pack_tasks();
    return success();
}

void Trainer::plan_gradient_tasks() {
    gradient_tasks_.clear();
    for (Index layer = 0; layer < network_->layer_count(); ++layer) {
        const NetworkNode& node = network_->node(layer);
        const bool whole_batch = node.layer->has_batch_weight_gradient();
        const Index count = whole_batch ? node.layer->gradient_rows() : node.parameter_count;
        const Index piece = whole_batch ? kGradientRows : kSlice;
        for (Index begin = 0; begin < count; begin += piece) {
            gradient_tasks_.push_back({.layer = layer,
                                       .range = {begin, std::min(begin + piece, count)},
                                       .whole_batch = whole_batch});
        }
    }
}

void Trainer::plan_pack_tasks() {
    pack_tasks_.clear();
    for (Index layer = 0; layer < network_->layer_count(); ++layer) {
        const Index shares = (network_->node(layer).parameter_count + kSlice - 1) / kSlice;
        for (Index share = 0; share < shares; ++share) {
            pack_tasks_.push_back({.layer = layer, .share = {.number = share, .count = shares}});
        }
    }
}

void Trainer::reset(std::uint64_t seed) {
    settings_.seed = seed;
    network_->initialize(seed, settings_.initializer);
    steps_ = 0;
    update_->restart(settings_.optimizer.type);
}

void Trainer::set_optimizer(const OptimizerSettings& optimizer) {
    const bool other_state = optimizer.type != settings_.optimizer.type;
    settings_.optimizer = optimizer;
    if (other_state) {
        update_->restart(optimizer.type);
    }
}

void Trainer::set_schedule(const ScheduleSettings& schedule, const ScheduleSpan& span) {
    CONVOSCOPE_CHECK(schedule_fits(schedule, span));
    settings_.schedule = schedule;
    settings_.span = span;
}

double Trainer::learning_rate() const {
    return scheduled_rate(
        settings_.schedule, settings_.span, settings_.optimizer.learning_rate, steps_);
}

TrainingState Trainer::state() const {
    const auto parameters = std::as_const(*network_).parameters();
    const auto buffers = std::as_const(*network_).buffers();
    return {.parameters = {parameters.begin(), parameters.end()},
            .buffers = {buffers.begin(), buffers.end()},
            .optimizer = settings_.optimizer.type,
            .optimizer_state = update_->state(),
            .steps = steps_};
}

Status Trainer::restore(const TrainingState& state) {
    if (state.parameters.size() != network_->parameters().size() ||
        state.buffers.size() != network_->buffers().size() || state.steps < 0 ||
        !update_->fits(state.optimizer, state.optimizer_state)) {
        return Error{"the training's state belongs to another network or optimiser"};
    }
    if (settings_.optimizer.type != state.optimizer) {
        const double rate = settings_.optimizer.learning_rate;
        settings_.optimizer = default_optimizer(state.optimizer);
        settings_.optimizer.learning_rate = rate;
    }
    std::ranges::copy(state.parameters, network_->parameters().begin());
    std::ranges::copy(state.buffers, network_->buffers().begin());
    update_->restore(state.optimizer, state.optimizer_state);
    steps_ = state.steps;
    network_->pack_all();
    return success();
}

StepReport Trainer::step(const Dataset& dataset,
                         std::span<const std::uint32_t> images,
                         Index epoch) {
    epoch_ = epoch;
    const auto count = static_cast<Index>(images.size());
    CONVOSCOPE_CHECK(count > 0 && count <= settings_.batch_size);
    if (const Status checked = runner_->check_batch(count); !checked) {
        return {.step = steps_, .images = count, .problem = checked.error().message};
    }
    const Index micro_batches = micro_batches_of(count);
    shards_in_use_ = std::min(kMostShards, micro_batches);
    runner_->begin(settings_.seed, steps_, count);
    for (Index phase = 0; phase < runner_->phase_count(); ++phase) {
        pool_->run(shards_in_use_, [&](Index shard, Index thread) {
            run_shard(dataset, images, phase, shard, thread);
        });
        runner_->finish_phase(phase);
    }

    StepReport report{.step = steps_ + 1, .learning_rate = learning_rate(), .images = count};
    for (Index micro_batch = 0; micro_batch < micro_batches; ++micro_batch) {
        report.loss += losses_[at(micro_batch)];
        report.correct += correct_[at(micro_batch)];
    }
    report.loss /= static_cast<double>(count);
    compute_gradients(micro_batches);
    report.diverged = !std::isfinite(report.loss) ||
                      !update_->inspect(*pool_, settings_.clipping, network_->parameters());
    if (report.diverged) {
        report.problem = describe_divergence(dataset, images);
        return report;
    }
    ++steps_;
    update_parameters(report.learning_rate);
    runner_->update_buffers(network_->buffers());
    pool_->run(static_cast<Index>(pack_tasks_.size()), [&](Index index, Index) {
        const PackTask& task = pack_tasks_[at(index)];
        network_->pack(task.layer, task.share);
    });
    return report;
}

std::span<const std::uint32_t> Trainer::images_of(std::span<const std::uint32_t> images,
                                                  Index micro_batch) const {
    const Index first = micro_batch * kLanes;
    return images.subspan(at(first), at(std::min(kLanes, std::ssize(images) - first)));
}

void Trainer::run_shard(const Dataset& dataset,
                        std::span<const std::uint32_t> images,
                        Index phase,
                        Index shard,
                        Index thread) {
    const Index micro_batches = runner_->micro_batches();
    for (Index micro_batch = shard; micro_batch < micro_batches; micro_batch += shards_in_use_) {
        Workspace& workspace = runner_->workspace(micro_batch, thread);
        if (phase == 0) {
            feed_.fill({.dataset = dataset,
                        .images = images_of(images, micro_batch),
                        .seed = settings_.seed,
                        .epoch = epoch_,
                        .thread = thread},
                       workspace.input());
        }
        runner_->forward(phase, micro_batch, thread);
        if (phase == runner_->loss_phase()) {
            run_loss(dataset, images, micro_batch, workspace);
        }
        runner_->backward(phase, micro_batch, thread, batch_->shard(shard), micro_batch != shard);
    }
}

void Trainer::run_loss(const Dataset& dataset,
                       std::span<const std::uint32_t> images,
                       Index micro_batch,
                       Workspace& workspace) {
    const auto mine = images_of(images, micro_batch);
    std::array<std::uint8_t, kLanes> labels{};
    dataset.fill_labels(Split::train, mine, labels);
    add_label_noise(
        {.share = settings_.label_noise, .seed = settings_.seed, .classes = dataset.class_count()},
        mine,
        labels);
    const TrainingLossSum sum = training_loss({.loss = settings_.loss,
                                               .scores = workspace.output(),
                                               .labels = std::span(labels).first(mine.size()),
                                               .batch_images = std::ssize(images),
                                               .d_scores = workspace.d_output()});
    losses_[at(micro_batch)] = sum.loss;
    correct_[at(micro_batch)] = sum.correct;
}

void Trainer::compute_gradients(Index micro_batches) {
    batch_->begin_weight_gradients(micro_batches);
    pool_->run(static_cast<Index>(gradient_tasks_.size()), [&](Index index, Index thread) {
        const GradientTask& task = gradient_tasks_[at(index)];
        if (task.whole_batch) {
            batch_->weight_gradient(task.layer, task.range, thread, update_->gradient());
        } else {
            batch_->sum_shards(task.layer, task.range, shards_in_use_, update_->gradient());
        }
    });
}

void Trainer::update_parameters(double learning_rate) {
    update_->clip(*pool_, settings_.clipping);
    OptimizerSettings optimizer = settings_.optimizer;
    optimizer.learning_rate = learning_rate;
    update_->apply(*pool_, optimizer, network_->parameters());
}

/// Looks at the first micro-batch whose loss went wrong, as far as memory allows.
std::string Trainer::describe_divergence(const Dataset& dataset,
                                         std::span<const std::uint32_t> images) const {
    Index micro_batch = 0;
    while (micro_batch + 1 < micro_batches_of(std::ssize(images)) &&
           std::isfinite(losses_[at(micro_batch)])) {
        ++micro_batch;
    }
    const ExecutionPlan plan = ExecutionPlan::make(*network_, {.keep_activations = true});
    const Result<std::unique_ptr<Workspace>> workspace = Workspace::create(*network_, plan);
    BadStep step{.network = *network_, .gradient = std::as_const(*update_).gradient()};
    if (workspace) {
        dataset.fill_lanes(Split::train, images_of(images, micro_batch), (*workspace)->input());
        (*workspace)->forward({});
        step.activations = workspace->get();
    }
    return describe_bad_step(step);
}

Index Trainer::memory_bytes() const {
    const Index bytes = network_->memory_bytes() + batch_->memory_bytes() + runner_->memory_bytes();
    return bytes + update_->memory_bytes();
}

}  // namespace convoscope
