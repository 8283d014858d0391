#include "engine/training/training_loss.h"

#include <array>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/losses/mean_squared_error.h"
#include "engine/losses/softmax_cross_entropy.h"

namespace convoscope {
namespace {

constexpr auto kLaneCount = static_cast<std::size_t>(kLanes);
constexpr std::size_t kMostClasses = 256;

TrainingLossSum cross_entropy(const TrainingLossPass& pass) {
    TrainingLossSum result;
    std::array<float, kLaneCount> losses{};
    result.correct = softmax_cross_entropy(
        {.logits = pass.scores,
         .labels = pass.labels,
         .scale = static_cast<float>(1.0 / static_cast<double>(pass.batch_images)),
         .label_smoothing = static_cast<float>(pass.loss.label_smoothing),
         .losses = losses,
         .d_logits = pass.d_scores});
    for (const float loss : losses) {
        result.loss += static_cast<double>(loss);
    }
    return result;
}

TrainingLossSum squared_error(const TrainingLossPass& pass) {
    const std::size_t class_count = pass.scores.size() / kLaneCount;
    const auto classes = static_cast<double>(class_count);
    std::array<float, kMostClasses * kLaneCount> target_memory{};
    const std::span<float> target = std::span(target_memory).first(pass.scores.size());
    one_hot(pass.labels, target);
    std::array<double, kLaneCount> losses{};
    const double elements = classes * static_cast<double>(pass.batch_images);
    mean_squared_error({.output = pass.scores,
                        .target = target,
                        .images = std::ssize(pass.labels),
                        .scale = static_cast<float>(1.0 / elements),
                        .losses = losses,
                        .d_output = pass.d_scores});
    TrainingLossSum result;
    for (const double loss : losses) {
        result.loss += loss / classes;
    }
    std::array<Index, kLaneCount> predicted{};
    predict_classes(pass.scores, predicted);
    for (std::size_t lane = 0; lane < pass.labels.size(); ++lane) {
        result.correct += predicted[lane] == pass.labels[lane] ? 1 : 0;
    }
    return result;
}

}  // namespace

TrainingLossSum training_loss(const TrainingLossPass& pass) {
    CONVOSCOPE_CHECK(pass.scores.size() <= kMostClasses * kLaneCount);
    return pass.loss.type == LossType::mse ? squared_error(pass) : cross_entropy(pass);
}

}  // namespace convoscope
