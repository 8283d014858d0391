#include "cli/train_options.h"

#include <string>

namespace convoscope::cli {
namespace {

using nlohmann::json;

constexpr Index kMostSteps = Index{1} << 30;
constexpr double kLargest = 1e6;

/// Good enough to begin with; the adaptive ones are PyTorch's defaults.
double usual_rate(const std::string& optimizer) {
    if (optimizer == "adam" || optimizer == "adamw") {
        return 0.001;
    }
    if (optimizer == "adagrad" || optimizer == "rmsprop") {
        return 0.01;
    }
    return optimizer == "sgd" ? 0.1 : 0.02;
}

/// What is not said is left to the session, which knows PyTorch's defaults of each type.
json optimizer_fields(Arguments& arguments) {
    std::string type = arguments.text("--optimizer").value_or("momentum");
    json fields = {{"learning_rate", arguments.number("--lr", usual_rate(type), 0.0, kLargest)}};
    if (arguments.has("--momentum")) {
        fields["momentum"] = arguments.number("--momentum", 0.9, 0.0, 0.999999);
        // As in PyTorch, whose SGD takes a momentum.
        type = type == "sgd" && fields["momentum"] > 0.0 ? "momentum" : type;
    }
    if (arguments.has("--weight-decay")) {
        fields["weight_decay"] = arguments.number("--weight-decay", 0.0, 0.0, kLargest);
    }
    fields["type"] = type;
    return fields;
}

json schedule_fields(Arguments& arguments) {
    json fields = {{"type", arguments.text("--schedule").value_or("constant")}};
    if (arguments.has("--step-size")) {
        fields["step_size"] = arguments.integer("--step-size", 0, 1, kMostSteps);
    }
    if (arguments.has("--gamma")) {
        fields["gamma"] = arguments.number("--gamma", 0.1, 0.0, kLargest);
    }
    return fields;
}

}  // namespace

json configure_command(Arguments& arguments, const json& network) {
    const Index steps = arguments.integer("--steps", 0, 1, kMostSteps);
    json command = {{"command", "configure"},
                    {"network", network},
                    {"seed", arguments.seed("--seed", 1)},
                    {"batch_size", arguments.integer("--batch", 64, 1, 4096)},
                    {"threads", arguments.integer("--threads", 0, 0, 64)},
                    {"augment", arguments.text("--augment").value_or("")},
                    {"epochs", steps > 0 ? 0 : arguments.integer("--epochs", 1, 1, 100000)},
                    {"total_steps", steps},
                    {"validation_interval", 0},
                    {"validation_count", arguments.integer("--validation", 0, 0, Index{1} << 24)},
                    {"optimizer", optimizer_fields(arguments)},
                    {"schedule", schedule_fields(arguments)},
                    {"clip_norm", arguments.number("--clip-norm", 0.0, 0.0, kLargest)},
                    {"clip_value", arguments.number("--clip-value", 0.0, 0.0, kLargest)},
                    {"loss", arguments.text("--loss").value_or("cross_entropy")},
                    {"label_smoothing", arguments.number("--label-smoothing", 0.0, 0.0, 1.0)},
                    {"initializer", {{"type", arguments.text("--init").value_or("pytorch")}}},
                    {"training_images", arguments.integer("--training-images", 0, 1, kMostSteps)},
                    {"label_noise", arguments.number("--label-noise", 0.0, 0.0, 1.0)}};
    if (arguments.has("--patience")) {
        command["early_stopping"] = {
            {"patience", arguments.integer("--patience", 0, 1, kMostSteps)}};
    }
    return command;
}

Result<json> resume_command(Arguments& arguments) {
    for (const char* option : {"--batch",
                               "--optimizer",
                               "--momentum",
                               "--weight-decay",
                               "--schedule",
                               "--step-size",
                               "--gamma",
                               "--augment",
                               "--seed",
                               "--weights",
                               "--validation",
                               "--clip-norm",
                               "--clip-value",
                               "--loss",
                               "--label-smoothing",
                               "--init",
                               "--training-images",
                               "--label-noise",
                               "--patience"}) {
        if (arguments.has(option)) {
            return Error{std::string("option ") + option +
                         " is decided by the checkpoint of --resume; expected none"};
        }
    }
    json command = {{"command", "set"}};
    if (arguments.has("--epochs")) {
        command["epochs"] = arguments.integer("--epochs", 1, 1, 100000);
    }
    if (arguments.has("--lr")) {
        command["learning_rate"] = arguments.number("--lr", 0.0, 0.0, kLargest);
    }
    return command;
}

}  // namespace convoscope::cli
