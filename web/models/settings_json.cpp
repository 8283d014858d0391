#include "web/models/settings_json.h"

#include "web/models/json_reading.h"

namespace convoscope::models {

Json json_of(const OptimizerSettings& optimizer) {
    return {{"type", optimizer_name(optimizer.type)},
            {"learning_rate", optimizer.learning_rate},
            {"momentum", optimizer.momentum},
            {"alpha", optimizer.alpha},
            {"beta1", optimizer.beta1},
            {"beta2", optimizer.beta2},
            {"epsilon", optimizer.epsilon},
            {"weight_decay", optimizer.weight_decay}};
}

namespace {

Json json_of(const ScheduleSettings& schedule) {
    return {{"type", schedule_name(schedule.type)},
            {"step_size", schedule.step_size},
            {"gamma", schedule.gamma},
            {"eta_min", schedule.eta_min},
            {"pct_start", schedule.pct_start},
            {"div_factor", schedule.div_factor},
            {"final_div_factor", schedule.final_div_factor}};
}

void read_numbers(const Json& json, OptimizerSettings& optimizer) {
    optimizer.learning_rate = number_of(json, "learning_rate", optimizer.learning_rate);
    optimizer.momentum = number_of(json, "momentum", optimizer.momentum);
    optimizer.weight_decay = number_of(json, "weight_decay", optimizer.weight_decay);
}

void read_optimizer(const Json& json, OptimizerSettings& optimizer) {
    optimizer.type = find_optimizer(text_of(json, "type")).value_or(optimizer.type);
    read_numbers(json, optimizer);
    optimizer.alpha = number_of(json, "alpha", optimizer.alpha);
    optimizer.beta1 = number_of(json, "beta1", optimizer.beta1);
    optimizer.beta2 = number_of(json, "beta2", optimizer.beta2);
    optimizer.epsilon = number_of(json, "epsilon", optimizer.epsilon);
}

void read_schedule(const Json& json, ScheduleSettings& schedule) {
    schedule.type = find_schedule(text_of(json, "type")).value_or(schedule.type);
    schedule.step_size = small_of(json, "step_size", static_cast<int>(schedule.step_size));
    schedule.gamma = number_of(json, "gamma", schedule.gamma);
    schedule.eta_min = number_of(json, "eta_min", schedule.eta_min);
    schedule.pct_start = number_of(json, "pct_start", schedule.pct_start);
    schedule.div_factor = number_of(json, "div_factor", schedule.div_factor);
    schedule.final_div_factor = number_of(json, "final_div_factor", schedule.final_div_factor);
}

void read_initializer(const Json& json, InitializerSettings& initializer) {
    initializer.type = find_initializer(text_of(json, "type")).value_or(initializer.type);
    initializer.value = number_of(json, "value", initializer.value);
}

}  // namespace

Json live_settings_json(const RunSettings& settings) {
    return {{"optimizer", json_of(settings.optimizer)},
            {"schedule", json_of(settings.schedule)},
            {"clip_norm", settings.clip_norm},
            {"label_smoothing", settings.label_smoothing},
            {"initializer",
             {{"type", initializer_name(settings.initializer.type)},
              {"value", settings.initializer.value}}},
            {"early_stopping", {{"target_accuracy", settings.target_accuracy}}},
            {"augment", settings.augment},
            {"batch_size", settings.batch_size},
            {"epochs", settings.epochs},
            {"threads", settings.threads},
            {"validation_interval", settings.validation_interval},
            {"test_each_epoch", settings.test_each_epoch}};
}

Json data_settings_json(const RunSettings& settings) {
    return {{"preprocess", settings.preprocess},
            {"training_images", settings.training_images},
            {"label_noise", settings.label_noise}};
}

Json run_settings_json(const RunSettings& settings) {
    Json json = live_settings_json(settings);
    json.update(data_settings_json(settings));
    json["data"] = settings.data;
    json["network"] = settings.network;
    json["seed"] = settings.seed;
    json["dropout"] = settings.dropout;
    return json;
}

void read_run_settings(const Json& json, RunSettings& settings) {
    if (json.is_object()) {
        read_settings(json, settings);
        settings.dropout = number_of(json, "dropout", settings.dropout);
        settings.data = text_of(json, "data", settings.data);
        settings.network = text_of(json, "network", settings.network);
    }
}

void read_settings(const Json& message, RunSettings& settings) {
    if (const Json& json = member_of(message, "optimizer"); json.is_object()) {
        read_optimizer(json, settings.optimizer);
    }
    read_numbers(message, settings.optimizer);
    if (const Json& json = member_of(message, "schedule"); json.is_object()) {
        read_schedule(json, settings.schedule);
    }
    if (const Json& json = member_of(message, "initializer"); json.is_object()) {
        read_initializer(json, settings.initializer);
    }
    if (const Json& json = member_of(message, "early_stopping"); json.is_object()) {
        settings.target_accuracy = number_of(json, "target_accuracy", settings.target_accuracy);
    }
    settings.clip_norm = number_of(message, "clip_norm", settings.clip_norm);
    settings.label_smoothing = number_of(message, "label_smoothing", settings.label_smoothing);
    settings.augment = text_of(message, "augment", settings.augment);
    settings.preprocess = text_of(message, "preprocess", settings.preprocess);
    settings.training_images = small_of(message, "training_images", settings.training_images);
    settings.label_noise = number_of(message, "label_noise", settings.label_noise);
    settings.batch_size = small_of(message, "batch_size", settings.batch_size);
    settings.seed = small_of(message, "seed", settings.seed);
    settings.epochs = small_of(message, "epochs", settings.epochs);
    settings.threads = small_of(message, "threads", settings.threads);
    settings.validation_interval =
        small_of(message, "validation_interval", settings.validation_interval);
    settings.test_each_epoch = is_true(message, "test_each_epoch", settings.test_each_epoch);
}

}  // namespace convoscope::models
