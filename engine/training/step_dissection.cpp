#include "engine/training/step_dissection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/kernels/magnitude.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/network/lane_layout.h"
#include "engine/training/label_noise.h"
#include "engine/training/training_loss.h"

namespace convoscope {
namespace {

double norm_of(std::span<const float> values) {
    return std::sqrt(kernels::sum_of_squares(values));
}

std::array<float, 2> state_at(const OptimizerState& state, Index element) {
    std::array<float, 2> values{};
    for (std::size_t n = 0; n < values.size(); ++n) {
        values[n] = state.values[n].empty() ? 0.0F : state.values[n][at(element)];
    }
    return values;
}

/// Squares of the outputs of the lanes that hold an image.
double squares_of(std::span<const float> outputs, Index images) {
    double sum = 0.0;
    for (std::size_t first = 0; first < outputs.size(); first += at(kLanes)) {
        sum += kernels::sum_of_squares(outputs.subspan(first, at(images)));
    }
    return sum;
}

/// Where an element of a parameter in PyTorch's order lies among all parameters.
Index element_at(const Network& network, const NamedParameter& parameter, Index place) {
    // The order of the network is asked with its own numbers; a float counts to 2^24 exactly.
    std::vector<float> numbers(network.parameters().size());
    const std::span<float> mine = network.part_of(parameter.layer, std::span<float>(numbers));
    std::iota(mine.begin(), mine.end(), 0.0F);
    const std::vector<float> order =
        network.to_pytorch_order(parameter, std::span<const float>(numbers));
    return std::distance(numbers.data(), mine.data()) + static_cast<Index>(order[at(place)]);
}

}  // namespace

StepDissection::StepDissection(Trainer& trainer)
    : trainer_(trainer),
      plan_(ExecutionPlan::make(trainer.network(), {.keep_activations = true})) {}

Result<std::unique_ptr<StepDissection>> StepDissection::create(Trainer& trainer) {
    std::unique_ptr<StepDissection> dissection(new StepDissection(trainer));
    Result<std::unique_ptr<Workspace>> workspace =
        Workspace::create(trainer.network(), dissection->plan_);
    if (!workspace) {
        return workspace.error();
    }
    dissection->workspace_ = std::move(*workspace);
    return dissection;
}

DissectedStep StepDissection::step(const Dataset& dataset,
                                   std::span<const std::uint32_t> images,
                                   Index epoch,
                                   const NamedParameter& parameter,
                                   Index place) {
    DissectedStep result;
    look(dataset, images, epoch, result);
    const ParameterUpdate& update = trainer_.last_update();
    const OptimizerState state = update.state();
    trainer_.observe(true);
    result.report = trainer_.step(dataset, images, epoch);
    if (result.report.diverged || !result.report.problem.empty()) {
        return result;
    }
    measure_layers(result);
    DissectedWeight& weight = result.weight;
    weight.place = place < 0 ? place_of_greatest(parameter) : place;
    const Index element = element_at(trainer_.network(), parameter, weight.place);
    weight.before = update.parameters_before()[at(element)];
    weight.gradient = update.gradient()[at(element)];
    weight.after = trainer_.network().parameters()[at(element)];
    weight.state_before = state_at(state, element);
    weight.state_after = state_at(update.state(), element);
    weight.optimizer_steps = update.state().steps;
    return result;
}

void StepDissection::look(const Dataset& dataset,
                          std::span<const std::uint32_t> images,
                          Index epoch,
                          DissectedStep& result) {
    const Network& network = trainer_.network();
    feed_.prepare(trainer_.settings().augmentation, dataset.input(), 1);
    result.layers.resize(at(network.layer_count()));
    for (std::size_t first = 0; first < images.size(); first += at(kLanes)) {
        const auto mine = images.subspan(first, std::min(at(kLanes), images.size() - first));
        feed_.fill(
            {.dataset = dataset, .images = mine, .seed = trainer_.settings().seed, .epoch = epoch},
            workspace_->input());
        workspace_->forward({.position = {.image_count = std::ssize(mine)}});
        look_at_images(dataset, mine, std::ssize(images), result);
        for (Index layer = 0; layer < network.layer_count(); ++layer) {
            result.layers[at(layer)].output_norm +=
                squares_of(workspace_->value(layer + 1), std::ssize(mine));
        }
    }
    for (Index layer = 0; layer < network.layer_count(); ++layer) {
        double& norm = result.layers[at(layer)].output_norm;
        const Index outputs = network.shape(layer + 1).element_count() * std::ssize(images);
        norm = std::sqrt(norm / static_cast<double>(outputs));
    }
}

void StepDissection::look_at_images(const Dataset& dataset,
                                    std::span<const std::uint32_t> images,
                                    Index batch_images,
                                    DissectedStep& result) {
    const Network& network = trainer_.network();
    const auto pixels = at(network.shape(0).element_count());
    const auto classes = at(network.output_shape().element_count());
    std::vector<std::uint8_t> labels(images.size());
    dataset.fill_labels(Split::train, images, labels);
    add_label_noise({.share = trainer_.settings().label_noise,
                     .seed = trainer_.settings().seed,
                     .classes = dataset.class_count()},
                    images,
                    labels);
    std::vector<float> probabilities(workspace_->output().size());
    softmax(workspace_->output(), probabilities);
    std::vector<float> one_lane(workspace_->output().size());
    std::vector<float> values(pixels);
    for (std::size_t lane = 0; lane < images.size(); ++lane) {
        DissectedImage image{.label = labels[lane],
                             .pixels = std::vector<float>(pixels),
                             .probabilities = std::vector<float>(classes)};
        from_lane(network.shape(0), workspace_->input(), static_cast<Index>(lane), values);
        dataset.preprocessing().invert(values, image.pixels);
        from_lane(
            network.output_shape(), probabilities, static_cast<Index>(lane), image.probabilities);
        std::vector<float> scores(classes);
        from_lane(network.output_shape(), workspace_->output(), static_cast<Index>(lane), scores);
        to_lanes(network.output_shape(), scores, 1, one_lane);
        image.loss = training_loss({.loss = trainer_.settings().loss,
                                    .scores = one_lane,
                                    .labels = std::span(labels).subspan(lane, 1),
                                    .batch_images = batch_images,
                                    .d_scores = {}})
                         .loss;
        result.images.push_back(std::move(image));
    }
}

void StepDissection::measure_layers(DissectedStep& result) const {
    const Network& network = trainer_.network();
    const ParameterUpdate& update = trainer_.last_update();
    for (Index layer = 0; layer < network.layer_count(); ++layer) {
        const auto after = network.part_of(layer, network.parameters());
        DissectedLayer& measured = result.layers[at(layer)];
        measured.has_parameters = !after.empty();
        if (after.empty()) {
            continue;
        }
        const auto before = network.part_of(layer, update.parameters_before());
        std::vector<float> change(after.begin(), after.end());
        std::ranges::transform(after, before, change.begin(), std::minus());
        measured.parameter_norm = norm_of(before);
        measured.gradient_norm = norm_of(network.part_of(layer, update.gradient()));
        measured.update_norm = norm_of(change);
    }
}

Index StepDissection::place_of_greatest(const NamedParameter& parameter) const {
    const std::vector<float> gradient =
        trainer_.network().to_pytorch_order(parameter, trainer_.last_update().gradient());
    const auto greatest =
        std::ranges::max_element(gradient, {}, [](float value) { return std::abs(value); });
    return greatest - gradient.begin();
}

}  // namespace convoscope
