#include "web/models/settings_json.h"

namespace convoscope::models {

Json json_of(const OptimizerSettings& optimizer) {
    Json json{{"type", name_of(optimizer.type)},
              {"learning_rate", optimizer.learning_rate},
              {"weight_decay", optimizer.weight_decay}};
    if (optimizer.type == OptimizerType::momentum) {
        json["momentum"] = optimizer.momentum;
    }
    if (optimizer.type == OptimizerType::adam) {
        json["beta1"] = optimizer.beta1;
        json["beta2"] = optimizer.beta2;
        json["epsilon"] = optimizer.epsilon;
    }
    return json;
}

void read_settings(const Json& message, RunSettings& settings) {
    OptimizerSettings& optimizer = settings.optimizer;
    const auto read_optimizer = [&](const Json& json) {
        optimizer.learning_rate = number_of(json, "learning_rate", optimizer.learning_rate);
        optimizer.momentum = number_of(json, "momentum", optimizer.momentum);
        optimizer.weight_decay = number_of(json, "weight_decay", optimizer.weight_decay);
    };
    if (const Json& json = member_of(message, "optimizer"); json.is_object()) {
        read_name(text_of(json, "type"), optimizer.type);
        read_optimizer(json);
        optimizer.beta1 = number_of(json, "beta1", optimizer.beta1);
        optimizer.beta2 = number_of(json, "beta2", optimizer.beta2);
        optimizer.epsilon = number_of(json, "epsilon", optimizer.epsilon);
    }
    read_optimizer(message);
    settings.batch_size = small_of(message, "batch_size", settings.batch_size);
    settings.seed = small_of(message, "seed", settings.seed);
    settings.epochs = small_of(message, "epochs", settings.epochs);
    settings.threads = small_of(message, "threads", settings.threads);
    settings.validation_interval =
        small_of(message, "validation_interval", settings.validation_interval);
}

}  // namespace convoscope::models
