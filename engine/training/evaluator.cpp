#include "engine/training/evaluator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/training/training_loss.h"

namespace convoscope {
namespace {

/// Of one lane of scores `[class][lane]`.
Reading reading_of(std::span<const float> scores,
                   std::size_t lane,
                   Index predicted,
                   std::uint8_t label) {
    const auto score = [&](Index type) { return scores[at(type * kLanes) + lane]; };
    const float greatest = score(predicted);
    float sum = 0.0F;
    for (Index type = 0; type < static_cast<Index>(scores.size()) / kLanes; ++type) {
        sum += std::exp(score(type) - greatest);
    }
    return {.predicted = static_cast<std::uint8_t>(predicted),
            .confidence = 1.0F / sum,
            .truth = std::exp(score(label) - greatest) / sum};
}

}  // namespace

Evaluator::Evaluator(const Network& network, ThreadPool& pool)
    : network_(network), pool_(pool), plan_(ExecutionPlan::make(network, {})) {}

Result<std::unique_ptr<Evaluator>> Evaluator::create(const Network& network, ThreadPool& pool) {
    std::unique_ptr<Evaluator> evaluator(new Evaluator(network, pool));
    for (int thread = 0; thread < pool.thread_count(); ++thread) {
        Result<std::unique_ptr<Workspace>> workspace = Workspace::create(network, evaluator->plan_);
        if (!workspace) {
            return workspace.error();
        }
        evaluator->workspaces_.push_back(std::move(*workspace));
    }
    return evaluator;
}

void Evaluator::begin(const Dataset& dataset,
                      Split split,
                      std::vector<std::uint32_t> images,
                      LossType loss) {
    dataset_ = &dataset;
    split_ = split;
    loss_ = loss;
    images_ = std::move(images);
    readings_.assign(images_.size(), {});
    losses_.assign((images_.size() + at(kLanes) - 1) / at(kLanes), 0.0);
    done_ = 0;
    const Index classes = network_.output_shape().channels;
    result_ = {.count = static_cast<Index>(images_.size()),
               .classes = classes,
               .confusion = std::vector<Index>(at(classes * classes), 0)};
}

bool Evaluator::run_slice(Index micro_batches) {
    const auto total = static_cast<Index>(losses_.size());
    const Index begin = done_;
    const Index end = std::min(begin + micro_batches, total);
    if (begin == total) {
        return true;
    }
    pool_.run(end - begin,
              [&](Index task, Index thread) { run_micro_batch(begin + task, thread); });
    done_ = end;
    if (done_ < total) {
        return false;
    }
    for (std::size_t image = 0; image < images_.size(); ++image) {
        const Index label = dataset_->label(split_, static_cast<Index>(images_[image]));
        const Index predicted = readings_[image].predicted;
        result_.correct += label == predicted ? 1 : 0;
        ++result_.confusion[at(label * result_.classes + predicted)];
    }
    for (const double loss : losses_) {
        result_.loss += loss / static_cast<double>(result_.count);
    }
    return true;
}

Index Evaluator::images_done() const {
    return std::min(done_ * kLanes, static_cast<Index>(images_.size()));
}

void Evaluator::run_micro_batch(Index micro_batch, Index thread) {
    const Index first = micro_batch * kLanes;
    const Index count = std::min(kLanes, static_cast<Index>(images_.size()) - first);
    const auto mine = std::span<const std::uint32_t>(images_).subspan(at(first), at(count));
    Workspace& workspace = *workspaces_[at(thread)];
    dataset_->fill_lanes(split_, mine, workspace.input());
    workspace.forward({.position = {.first_image = first, .image_count = count}});
    std::array<std::uint8_t, kLanes> labels{};
    std::array<Index, kLanes> classes{};
    dataset_->fill_labels(split_, mine, labels);
    losses_[at(micro_batch)] = training_loss({.loss = {.type = loss_},
                                              .scores = workspace.output(),
                                              .labels = std::span(labels).first(mine.size()),
                                              .d_scores = {}})
                                   .loss;
    predict_classes(workspace.output(), classes);
    for (std::size_t lane = 0; lane < mine.size(); ++lane) {
        readings_[at(first) + lane] =
            reading_of(workspace.output(), lane, classes[lane], labels[lane]);
    }
}

}  // namespace convoscope
