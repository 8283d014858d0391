// The way back, for the image of the capture: gradients of every value and parameter, and one of
// them checked by moving the number a little.

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/explain/finite_difference.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/network/network_copy.h"
#include "engine/session/session_core.h"
#include "engine/session/tensor_list.h"

namespace convoscope {
namespace {

/// How far a number is moved at most, as a share of the root mean square of its tensor.
constexpr double kMoved = 0.1;
constexpr double kLeastMoved = 1e-3;

double moved_distance(std::span<const float> tensor) {
    double squares = 0.0;
    for (const float number : tensor) {
        squares += static_cast<double>(number) * static_cast<double>(number);
    }
    const double rms =
        std::sqrt(squares / static_cast<double>(std::max<std::size_t>(tensor.size(), 1)));
    return std::isfinite(rms) ? std::max(kMoved * rms, kLeastMoved) : kLeastMoved;
}

double cross_entropy(std::span<const float> scores, Index type, Index lane) {
    const auto score = [&](Index of) {
        return static_cast<double>(scores[at(of * kLanes + lane)]);
    };
    const Index classes = std::ssize(scores) / kLanes;
    double greatest = score(0);
    for (Index of = 1; of < classes; ++of) {
        greatest = std::max(greatest, score(of));
    }
    double sum = 0.0;
    for (Index of = 0; of < classes; ++of) {
        sum += std::exp(score(of) - greatest);
    }
    return std::log(std::max(sum, 1.0)) + greatest - score(type);  // the greatest alone is 1
}

}  // namespace

Status Session::Core::prepare_gradients() {
    if (gradient_probe_) {
        return success();
    }
    Result<std::unique_ptr<NetworkProbe>> probe = NetworkProbe::create(trainer_->network());
    if (!probe) {
        return probe.error();
    }
    gradient_probe_ = std::move(*probe);
    return success();
}

/// Forward and back with the image that the view holds.
void Session::Core::run_gradients() {
    NetworkProbe& probe = *gradient_probe_;
    std::ranges::copy(view_->input(), probe.input().begin());
    probe.forward();
    if (wish_.gradient_class < 0) {
        std::array<Index, kLanes> classes{};
        predict_classes(probe.output(), classes);
        gradient_class_ = classes.front();
    } else {
        gradient_class_ = wish_.gradient_class;
    }
    if (wish_.gradient_of == "score") {
        probe.backward_score(gradient_class_);
        return;
    }
    const Index last = trainer_->network().layer_count();
    const std::span<float> d_output = probe.begin_gradient(last);
    std::vector<float> probabilities(d_output.size());
    softmax(probe.output(), probabilities);
    // p - 1 of the class would be rounding alone where the network is sure: what the others have.
    float others = 0.0F;
    for (Index type = 0; type < std::ssize(d_output) / kLanes; ++type) {
        d_output[at(type * kLanes)] = probabilities[at(type * kLanes)];
        others += type == gradient_class_ ? 0.0F : probabilities[at(type * kLanes)];
    }
    d_output[at(gradient_class_ * kLanes)] = -others;
    probe.backward(last);
}

void Session::Core::add_gradients(TensorList& tensors) {
    run_gradients();
    const Network& network = trainer_->network();
    tensors.add_value("gradient.input", network.shape(0), gradient_probe_->gradient(0));
    for (const std::string& name : wish_.activations) {
        const Index value = *find_value(name);
        tensors.add_value(
            "gradient.activation." + name, network.shape(value), gradient_probe_->gradient(value));
    }
    const std::vector<std::vector<float>> gradients = gradient_probe_->parameter_gradients();
    const auto parameters = network.named_parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (std::ranges::find(wish_.parameters, parameters[i].name) != wish_.parameters.end()) {
            tensors.add("gradient." + parameters[i].name, parameters[i].shape, gradients[i]);
        }
    }
}

/// One number of the captured tensors, moved a little, beside its gradient.
Session::Core::Handled Session::Core::difference(CommandReader& reader) {
    const std::string name = reader.text("tensor");
    const Index element = reader.integer("element", 0, 0, Index{1} << 30);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (wish_.gradient_of.empty() || !wish_.has_image()) {
        return Error{"no gradients are captured; expected capture with \"gradient_of\" first"};
    }
    fill_view(wish_);
    run_gradients();
    const OutputFunction function = [&](std::span<const float> output, Index lane) {
        return wish_.gradient_of == "loss"
                   ? cross_entropy(output, gradient_class_, lane)
                   : static_cast<double>(output[at(gradient_class_ * kLanes + lane)]);
    };
    const double rounding = rounding_of(
        gradient_probe_->gradient(trainer_->network().layer_count()), gradient_probe_->output());
    const std::vector<float> image = gradient_probe_->value_of_lane(0);
    Json event = {{"event", "difference"}, {"tensor", name}, {"element", element}};
    const NamedParameter* parameter = trainer_->network().find_parameter(name);
    const auto report = [&](float gradient, const FiniteDifference& found) {
        event["gradient"] = gradient;
        event["slope"] = found.slope;
        event["distance"] = found.step;
        event["rounding"] = found.rounding;
        event["kink"] = found.kink;
        send(event);
    };
    const auto is_there = [&](std::size_t count) { return at(element) < count; };
    const Error outside{"element " + std::to_string(element) + ": \"" + name +
                        "\" has no such number"};
    if (parameter != nullptr) {
        if (!is_there(at(parameter->count))) {
            return outside;
        }
        const auto position = parameter - trainer_->network().named_parameters().data();
        const float gradient = gradient_probe_->parameter_gradients()[at(position)][at(element)];
        Result<std::unique_ptr<Network>> copy = copy_of(trainer_->network());
        if (!copy) {
            return copy.error();
        }
        Result<std::unique_ptr<NetworkProbe>> probe = NetworkProbe::create(**copy);
        if (!probe) {
            return probe.error();
        }
        const double distance =
            moved_distance((*copy)->to_pytorch_order(*parameter, (*copy)->parameters()));
        report(gradient,
               move_parameter(
                   **probe, **copy, image, *parameter, element, distance, function, rounding));
        return Answer::done;
    }
    constexpr std::string_view kActivation = "activation.";
    Index value = 0;
    if (name.starts_with(kActivation)) {
        const Result<Index> found = find_value(name.substr(kActivation.size()));
        if (!found) {
            return found.error();
        }
        value = *found;
    } else if (name != "input") {
        return Error{"tensor is \"" + name +
                     "\"; expected \"input\", \"activation.\" and a layer's name, or a parameter"};
    }
    const std::vector<float> gradients = gradient_probe_->gradient_of_lane(value);
    if (!is_there(gradients.size())) {
        return outside;
    }
    const double distance = moved_distance(gradient_probe_->value_of_lane(value));
    report(gradients[at(element)],
           move_value(*gradient_probe_, image, value, element, distance, function, rounding));
    return Answer::done;
}

}  // namespace convoscope
