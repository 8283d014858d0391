#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "engine/session/session_core.h"
#include "engine/training/step_dissection.h"

namespace convoscope {
namespace {

using nlohmann::json;

json weight_json(const DissectedWeight& weight, const NamedParameter& parameter) {
    return {{"parameter", parameter.name},
            {"shape", parameter.shape},
            {"place", weight.place},
            {"before", weight.before},
            {"gradient", weight.gradient},
            {"after", weight.after},
            {"state_before", weight.state_before},
            {"state_after", weight.state_after},
            {"optimizer_steps", weight.optimizer_steps}};
}

json layer_json(const LayerSpec& spec, const DissectedLayer& layer) {
    json result = {{"name", spec.name}, {"type", spec.type}, {"output_norm", layer.output_norm}};
    if (layer.has_parameters) {
        result.update({{"parameter_norm", layer.parameter_norm},
                       {"gradient_norm", layer.gradient_norm},
                       {"update_norm", layer.update_norm}});
    }
    return result;
}

/// Pixels from 0 to 1 as bytes.
void append_pixels(std::span<const float> pixels, std::vector<std::byte>& bytes) {
    for (const float pixel : pixels) {
        const float byte = std::clamp(pixel, 0.0F, 1.0F) * 255.0F + 0.5F;
        bytes.push_back(static_cast<std::byte>(static_cast<std::uint8_t>(byte)));
    }
}

}  // namespace

Session::Core::Handled Session::Core::dissect(CommandReader& reader, const Json& id) {
    DissectionWish wish{.parameter = reader.text("parameter", ""),
                        .place = reader.integer("place", -1, 0, Index{1} << 30)};
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    const Network& network = trainer_->network();
    if (wish.parameter.empty() && !network.named_parameters().empty()) {
        wish.parameter = network.named_parameters().front().name;
    }
    const NamedParameter* parameter = network.find_parameter(wish.parameter);
    if (parameter == nullptr) {
        return Error{"parameter is \"" + wish.parameter + "\", which the network does not have"};
    }
    if (wish.place >= parameter->count) {
        return Error{"place is " + std::to_string(wish.place) + "; expected 0 to " +
                     std::to_string(parameter->count - 1) + ", as " + parameter->name + " has"};
    }
    if (const Status prepared = prepare_schedule(); !prepared) {
        return prepared.error();
    }
    begin_goal(Goal::steps, id);
    steps_left_ = 1;
    dissection_wish_ = std::move(wish);
    return Answer::later;
}

/// The next batch is trained by this instead of by the trainer. Expects: a wish.
StepReport Session::Core::dissect_batch() {
    const DissectionWish wish = *std::exchange(dissection_wish_, std::nullopt);
    const auto dissection = StepDissection::create(*trainer_);
    if (!dissection) {
        return {.step = trainer_->steps(),
                .images = std::ssize(batch_),
                .problem = dissection.error().message};
    }
    const NamedParameter& parameter = *trainer_->network().find_parameter(wish.parameter);
    const DissectedStep step =
        (*dissection)->step(*dataset_, batch_, sampler_->batch_epoch(), parameter, wish.place);
    if (!step.report.diverged && step.report.problem.empty()) {
        send_dissected(step, parameter);
    }
    trainer_->observe(statistics_wish_.wanted);
    return step.report;
}

void Session::Core::send_dissected(const DissectedStep& step, const NamedParameter& parameter) {
    Json images = Json::array();
    std::vector<std::byte> pixels;
    for (std::size_t i = 0; i < step.images.size(); ++i) {
        const DissectedImage& image = step.images[i];
        images.push_back({{"index", batch_[i]},
                          {"label", image.label},
                          {"probabilities", image.probabilities},
                          {"loss", image.loss}});
        append_pixels(image.pixels, pixels);
    }
    Json layers = Json::array();
    for (std::size_t i = 0; i < step.layers.size(); ++i) {
        layers.push_back(layer_json(trainer_->network().spec().layers[i], step.layers[i]));
    }
    OptimizerSettings optimizer = trainer_->settings().optimizer;
    optimizer.learning_rate = step.report.learning_rate;
    send({{"event", "dissected"},
          {"step", step.report.step},
          {"loss", step.report.loss},
          {"optimizer", optimizer_json(optimizer)},
          {"shape", trainer_->network().shape(0).dimensions()},
          {"images", std::move(images)},
          {"layers", std::move(layers)},
          {"weight", weight_json(step.weight, parameter)}},
         std::move(pixels));
}

}  // namespace convoscope
