#include "web/models/network_choice.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "web/models/json_reading.h"

namespace convoscope::models {
namespace {

constexpr std::array kData{DataChoice{"mnist", "MNIST", "MNIST"},
                           DataChoice{"cifar10", "CIFAR-10", "CIFAR-10"},
                           DataChoice{"shapes", "shapes", "Shapes", "mnist", 4},
                           DataChoice{"bars", "bars", "Bars", "mnist", 6},
                           DataChoice{"own", "your own pictures", "Your own"}};

constexpr std::array kPreprocessings{
    PreprocessingChoice{"manifest",
                        "As usual",
                        "Less the mean, over the deviation that a data set brings along, as "
                        "CIFAR-10 does; without them from 0 to 1, as MNIST."},
    PreprocessingChoice{"scale", "From 0 to 1", "Black is 0 and white is 1: nothing is taken off."},
    PreprocessingChoice{"channel",
                        "Mean, deviation",
                        "Less the mean of all training pixels, over their deviation."},
    PreprocessingChoice{
        "mean_image", "Less mean image", "Each pixel less its own mean over the training images."}};

constexpr NetworkChoice of_experiment(std::string_view id, const char* name) {
    return {.id = id, .name = name, .data = "mnist", .of_experiment = true};
}

constexpr std::array kNetworks{NetworkChoice{"lenet5", "LeNet-5", "mnist"},
                               NetworkChoice{"lenet1", "LeNet-1", "mnist"},
                               NetworkChoice{"lenet-300", "LeNet-300", "mnist"},
                               NetworkChoice{"lenet-300-100", "LeNet-300-100", "mnist"},
                               NetworkChoice{"cifar-quick", "CIFAR quick", "cifar10"},
                               NetworkChoice{"convnetjs-cifar", "ConvNetJS CIFAR-10", "cifar10"},
                               NetworkChoice{"cifar-residual", "CIFAR residual", "cifar10"},
                               of_experiment("linear", "Linear classifier"),
                               of_experiment("three-linear", "Three layers, no ReLU"),
                               of_experiment("one-filter", "LeNet-5 with one filter"),
                               of_experiment("deep-sigmoid", "Six sigmoid layers"),
                               of_experiment("deep-relu", "Six ReLU layers"),
                               of_experiment("sigmoid-convolutions", "Four sigmoid convolutions"),
                               of_experiment("sigmoid-batch-norm", "Four with batch norm"),
                               of_experiment("plain-21", "Plain, 21 convolutions"),
                               of_experiment("residual-21", "Residual, 21 convolutions")};

template <class Choices>
auto find_in(const Choices& choices, std::string_view id) {
    const auto found =
        std::ranges::find_if(choices, [&](const auto& choice) { return choice.id == id; });
    return found == choices.end() ? nullptr : &*found;
}

}  // namespace

std::span<const PreprocessingChoice> preprocessing_choices() {
    return kPreprocessings;
}
const PreprocessingChoice* find_preprocessing(std::string_view id) {
    return find_in(kPreprocessings, id);
}

std::span<const DataChoice> data_choices() {
    return kData;
}
std::span<const NetworkChoice> network_choices() {
    return kNetworks;
}

const DataChoice* find_data(std::string_view id) {
    return find_in(kData, id);
}
const NetworkChoice* find_network(std::string_view id) {
    return find_in(kNetworks, id);
}

const NetworkChoice* find_network_named(std::string_view name) {
    const auto found = std::ranges::find_if(
        kNetworks, [name](const NetworkChoice& choice) { return choice.name == name; });
    return found == kNetworks.end() ? nullptr : &*found;
}

std::string_view likeness_of(std::string_view data) {
    const DataChoice* choice = find_data(data);
    return choice == nullptr || choice->like.empty() ? data : choice->like;
}

std::string make_data(const DataChoice& data) {
    // As many as train LeNet-5 to its best within a minute, at MNIST's size for MNIST's networks.
    constexpr int kTraining = 6000;
    constexpr int kTest = 1000;
    constexpr int kSide = 28;
    return Json{{"command", "make_data"},
                {"name", data.name},
                {"classes", data.classes},
                {"size", kSide},
                {"train_count", kTraining},
                {"test_count", kTest}}
        .dump();
}

const NetworkChoice& first_network_of(std::string_view data) {
    const auto found = std::ranges::find_if(
        kNetworks,
        [like = likeness_of(data)](const NetworkChoice& choice) { return choice.data == like; });
    return found == kNetworks.end() ? kNetworks.front() : *found;
}

std::string network_with_dropout(std::string_view network_file, double rate) {
    Json network = Json::parse(network_file, nullptr, false);
    if (rate <= 0.0 || !member_of(network, "layers").is_array()) {
        return std::string(network_file);
    }
    Json& layers = network["layers"];
    for (std::size_t i = layers.size(); i-- > 0;) {
        Json& linear = layers[i];
        if (text_of(linear, "type") != "linear") {
            continue;
        }
        Json dropout{{"name", "dropout"}, {"type", "dropout"}, {"p", rate}};
        if (linear.contains("inputs")) {
            dropout["inputs"] = linear["inputs"];
            linear.erase("inputs");
        }
        layers.insert(layers.begin() + static_cast<std::ptrdiff_t>(i), std::move(dropout));
        break;
    }
    return network.dump();
}

}  // namespace convoscope::models
