#include "engine/session/training_options.h"

#include <string>

namespace convoscope {
namespace {

using nlohmann::json;

constexpr double kLargest = 1e6;

ScheduleSettings read_schedule(CommandReader& reader, const ScheduleSettings& before) {
    ScheduleSettings result = before;
    reader.nested("schedule", [&](CommandReader& fields) {
        const std::string name = fields.text("type", std::string(schedule_name(before.type)));
        const std::optional<ScheduleType> type = find_schedule(name);
        if (!type) {
            fields.refuse("type", R"("constant", "step", "cosine" or "one_cycle")");
        }
        result = type.value_or(before.type) == before.type ? before : ScheduleSettings{};
        result.type = type.value_or(before.type);
        result.step_size = fields.integer("step_size", result.step_size, 0, kMostSteps);
        result.gamma = fields.number("gamma", result.gamma, 0.0, kLargest);
        result.eta_min = fields.number("eta_min", result.eta_min, 0.0, kLargest);
        result.pct_start = fields.number("pct_start", result.pct_start, 0.0, 1.0);
        result.div_factor = fields.number("div_factor", result.div_factor, 1.0, 1e12);
        result.final_div_factor =
            fields.number("final_div_factor", result.final_div_factor, 1.0, 1e12);
    });
    return result;
}

InitializerSettings read_initializer(CommandReader& reader, const InitializerSettings& before) {
    InitializerSettings result = before;
    reader.nested("initializer", [&](CommandReader& fields) {
        const std::string name = fields.text("type", std::string(initializer_name(before.type)));
        const std::optional<InitializerType> type = find_initializer(name);
        if (!type) {
            fields.refuse("type", std::string(initializer_names()));
        }
        result.type = type.value_or(before.type);
        result.value = fields.number("value", before.value, -kLargest, kLargest);
    });
    return result;
}

EarlyStoppingSettings read_early_stopping(CommandReader& reader,
                                          const EarlyStoppingSettings& before) {
    EarlyStoppingSettings result = before;
    reader.nested("early_stopping", [&](CommandReader& fields) {
        const bool by_loss = before.metric == StoppingMetric::loss;
        const std::string metric = fields.text("metric", by_loss ? "loss" : "accuracy");
        if (metric != "loss" && metric != "accuracy") {
            fields.refuse("metric", R"("loss" or "accuracy")");
        }
        result.patience = fields.integer("patience", before.patience, 0, kMostSteps);
        result.metric = metric == "loss" ? StoppingMetric::loss : StoppingMetric::accuracy;
        result.minimum_change =
            fields.number("minimum_change", before.minimum_change, 0.0, kLargest);
        result.target_accuracy = fields.number("target_accuracy", before.target_accuracy, 0.0, 1.0);
    });
    return result;
}

}  // namespace

TrainingOptions read_training_options(CommandReader& reader, const TrainingOptions& options) {
    TrainingOptions result = options;
    result.schedule = read_schedule(reader, options.schedule);
    result.total_steps = reader.integer("total_steps", options.total_steps, 0, kMostSteps);
    result.clipping.value = reader.number("clip_value", options.clipping.value, 0.0, kLargest);
    result.clipping.norm = reader.number("clip_norm", options.clipping.norm, 0.0, kLargest);
    const std::string loss = reader.text("loss", std::string(loss_name(options.loss.type)));
    if (const std::optional<LossType> type = find_loss(loss)) {
        result.loss.type = *type;
    } else {
        reader.refuse("loss", R"("cross_entropy" or "mse")");
    }
    result.loss.label_smoothing =
        reader.number("label_smoothing", options.loss.label_smoothing, 0.0, 1.0);
    result.initializer = read_initializer(reader, options.initializer);
    result.early_stopping = read_early_stopping(reader, options.early_stopping);
    result.test_each_epoch = reader.boolean("test_each_epoch", options.test_each_epoch);
    return result;
}

json training_options_json(const TrainingOptions& options) {
    const ScheduleSettings& schedule = options.schedule;
    const bool by_loss = options.early_stopping.metric == StoppingMetric::loss;
    return {{"schedule",
             {{"type", schedule_name(schedule.type)},
              {"step_size", schedule.step_size},
              {"gamma", schedule.gamma},
              {"eta_min", schedule.eta_min},
              {"pct_start", schedule.pct_start},
              {"div_factor", schedule.div_factor},
              {"final_div_factor", schedule.final_div_factor}}},
            {"total_steps", options.total_steps},
            {"clip_value", options.clipping.value},
            {"clip_norm", options.clipping.norm},
            {"loss", loss_name(options.loss.type)},
            {"label_smoothing", options.loss.label_smoothing},
            {"initializer",
             {{"type", initializer_name(options.initializer.type)},
              {"value", options.initializer.value}}},
            {"early_stopping",
             {{"patience", options.early_stopping.patience},
              {"metric", by_loss ? "loss" : "accuracy"},
              {"minimum_change", options.early_stopping.minimum_change},
              {"target_accuracy", options.early_stopping.target_accuracy}}},
            {"test_each_epoch", options.test_each_epoch}};
}

}  // namespace convoscope
