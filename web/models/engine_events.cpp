#include "web/models/engine_events.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "web/models/json_reading.h"
#include "web/models/network_choice.h"
#include "web/models/picture_events.h"
#include "web/models/settings_json.h"
#include "web/models/slow_motion_commands.h"

namespace convoscope::models {
namespace {

using Payload = std::span<const std::byte>;

void apply_ready(TrainModel& model, const Json& event, Payload) {
    model.engine.ready = true;
    model.engine.variant = text_of(event, "variant");
    model.engine.threads = small_of(event, "threads");
    model.engine.lanes = small_of(event, "lanes");
}

void apply_data(TrainModel& model, const Json& event, Payload) {
    const DataChoice* wanted = find_data(model.settings.data);
    if (model.awaits_other_data && wanted != nullptr && text_of(event, "name") != wanted->name) {
        return;
    }
    model.awaits_other_data = false;
    DataSetState& data = model.data;
    data.name = text_of(event, "name", data.name);
    data.train_count = integer_of(event, "train_count", data.train_count);
    data.validation_count = integer_of(event, "validation_count", data.validation_count);
    data.test_count = integer_of(event, "test_count", data.test_count);
    data.train_loaded = integer_of(event, "train_loaded", data.train_loaded);
    data.test_loaded = integer_of(event, "test_loaded", data.test_loaded);
    data.train_class_counts = whole_numbers_of(member_of(event, "class_counts"), "train");
    data.test_class_counts = whole_numbers_of(member_of(event, "class_counts"), "test");
    data.bytes_loaded = number_of(event, "bytes_loaded", data.bytes_loaded);
    data.bytes_total = number_of(event, "bytes_total", data.bytes_total);
    if (const Json& classes = member_of(event, "classes"); classes.is_array()) {
        data.classes.clear();
        for (const Json& name : classes) {
            data.classes.push_back(name.is_string() ? name.get<std::string>() : std::string());
        }
    }
}

/// Of the page itself, which fetches the images.
void apply_loading(TrainModel& model, const Json& event, Payload) {
    read_name(text_of(event, "status"), model.data.loading);
    model.data.seconds_to_go = number_of(event, "seconds_to_go", -1.0);
}

LayerSummary layer_summary(const Json& layer) {
    LayerSummary summary;
    summary.name = text_of(layer, "name");
    summary.type = text_of(layer, "type");
    summary.output_shape = numbers_of<std::int64_t>(layer, "output_shape");
    summary.parameters = integer_of(layer, "params");
    summary.multiply_accumulates = integer_of(layer, "macs");
    return summary;
}

NetworkSummary network_summary(const Json& event) {
    const Json& summary = member_of(event, "summary");
    NetworkSummary network;
    network.name = text_of(member_of(event, "network"), "name", text_of(summary, "name"));
    for (const Json& layer : member_of(summary, "layers")) {
        if (layer.is_object()) {
            network.layers.push_back(layer_summary(layer));
            network.parameters += network.layers.back().parameters;
            network.multiply_accumulates += network.layers.back().multiply_accumulates;
        }
    }
    return network;
}

void apply_settings(TrainModel& model, const Json& event, Payload) {
    const int wanted_threads = model.settings.threads;  // the event tells how many 0 became
    read_settings(event, model.settings);
    model.settings.threads = wanted_threads;
    model.count_steps_per_epoch();
}

/// The rate of a network file's dropout layer; 0: it has none.
double dropout_of(const Json& network) {
    for (const Json& layer : member_of(network, "layers")) {
        if (text_of(layer, "type") == "dropout") {
            return number_of(layer, "p", 0.5);
        }
    }
    return 0.0;
}

void apply_configured(TrainModel& model, const Json& event, Payload) {
    model.configured = true;
    model.status = RunStatus::paused;
    model.readings = {};
    model.snapshot.clear();
    model.network = network_summary(event);
    model.network_file = member_of(event, "network").dump();
    model.built_dropout = dropout_of(member_of(event, "network"));
    model.steps_per_epoch = integer_of(event, "steps_per_epoch");
    model.training_macs_per_image = number_of(event, "multiply_accumulates_per_image");
    model.memory_bytes = number_of(event, "memory_bytes");
    if (const int threads = small_of(event, "threads"); threads > 0) {
        model.engine.threads = threads;
    }
    const int wanted_threads = model.settings.threads;  // the event tells how many 0 became
    read_settings(event, model.settings);
    model.settings.threads = wanted_threads;
    model.forget_run();
}

void apply_metrics(TrainModel& model, const Json& event, Payload) {
    const auto losses = numbers_of<float>(event, "losses");
    model.step = integer_of(event, "step", model.step);
    model.epoch = integer_of(event, "epoch", model.epoch);
    const std::int64_t before = model.step - static_cast<std::int64_t>(losses.size());
    if (before < model.last_step()) {  // it had been scrubbed back, and goes on another way
        model.branch_off(before);
    }
    const auto in_epoch = static_cast<double>(std::max<std::int64_t>(1, model.steps_per_epoch));
    if (model.clock.last_step() != before) {  // nobody has told of the steps until here
        model.clock.begin_at(before, static_cast<double>(before) / in_epoch);
    }
    const double seconds = number_of(event, "seconds", model.engine.seconds);
    const bool goes_on = seconds >= model.engine.seconds;  // another engine's clock begins anew
    model.clock.add(static_cast<std::int64_t>(losses.size()),
                    static_cast<double>(losses.size()) / in_epoch,
                    goes_on ? seconds - model.engine.seconds : seconds);
    model.engine.seconds = seconds;
    model.history.go_on_from(before);
    model.scrub_target = 0;
    model.trained_with = model.settings;
    model.loss.append(losses);
    model.accuracy.append(numbers_of<float>(event, "accuracies"));
    model.learning_rates.append(numbers_of<float>(event, "learning_rates"));
    model.engine.images_per_second =
        number_of(event, "images_per_second", model.engine.images_per_second);
    model.engine.gigaflops = number_of(event, "gigaflops", model.engine.gigaflops);
}

/// Of several measurements the greatest counts: whatever else the machine did only took away.
void apply_roofline(TrainModel& model, const Json& event, Payload) {
    EngineState& engine = model.engine;
    if (const int threads = small_of(event, "threads"); threads != engine.roofline_threads) {
        engine.roofline_threads = threads;
        engine.roofline_gigaflops = 0.0;
        engine.roofline_gigaflops_one_thread = 0.0;
    }
    engine.roofline_gigaflops = std::max(engine.roofline_gigaflops, number_of(event, "gigaflops"));
    engine.roofline_gigaflops_one_thread =
        std::max(engine.roofline_gigaflops_one_thread, number_of(event, "gigaflops_one_thread"));
}

void apply_evaluating(TrainModel& model, const Json& event, Payload) {
    const double count = number_of(event, "count");
    if (count > 0.0) {
        model.evaluating = {.split = text_of(event, "split"),
                            .share = number_of(event, "done") / count,
                            .seconds_to_go = number_of(event, "seconds_to_go")};
    }
}

void apply_evaluation(TrainModel& model, const Json& event, Payload) {
    model.evaluating.reset();
    Evaluation evaluation{.step = integer_of(event, "step"),
                          .epoch = integer_of(event, "epoch"),
                          .loss = number_of(event, "loss"),
                          .accuracy = number_of(event, "accuracy"),
                          .count = integer_of(event, "count"),
                          .confusion = numbers_of<int>(event, "confusion")};
    const bool of_test = text_of(event, "split") == "test";
    (of_test ? model.readings.test : model.readings.validation) = evaluation.step;
    auto& list = of_test ? model.test : model.validation;
    if (!list.empty() && list.back().step == evaluation.step) {
        list.back() = std::move(evaluation);
    } else {
        list.push_back(std::move(evaluation));
    }
}

/// The curve of a run that a checkpoint ended, whose points are means of `stretch` steps.
void restore_curve(MetricSeries& series,
                   const std::vector<float>& points,
                   std::int64_t stretch,
                   std::int64_t steps) {
    constexpr std::int64_t kMostSteps = 1 << 22;
    std::int64_t left = std::min(steps, kMostSteps);
    for (std::size_t i = 0; i < points.size() && left > 0; ++i) {
        const bool last = i + 1 == points.size();
        const std::int64_t count = last ? left : std::clamp<std::int64_t>(stretch, 1, left);
        series.append(std::vector<float>(static_cast<std::size_t>(count), points[i]));
        left -= count;
    }
}

void apply_restored(TrainModel& model, const Json& event, Payload) {
    model.ready_weights = false;
    model.opened_weights.clear();
    model.forget_run();
    if (const NetworkChoice* choice = find_network_named(model.network.name)) {
        model.settings.network = choice->id;  // a checkpoint brings its own
    }
    model.trained_with = model.settings;
    model.step = integer_of(event, "step");
    model.epoch = integer_of(event, "epoch");
    const Json& curve = member_of(event, "curve");
    const std::int64_t stretch = integer_of(curve, "stretch", 1);
    restore_curve(model.loss, numbers_of<float>(curve, "losses"), stretch, model.step);
    restore_curve(model.accuracy, numbers_of<float>(curve, "accuracies"), stretch, model.step);
    const auto in_epoch = static_cast<double>(std::max<std::int64_t>(1, model.steps_per_epoch));
    model.clock.begin_at(model.step, static_cast<double>(model.step) / in_epoch);
    for (const Json& evaluation : member_of(event, "evaluations")) {
        if (evaluation.is_object()) {
            apply_evaluation(model, evaluation, {});
        }
    }
}

void apply_history(TrainModel& model, const Json& event, Payload) {
    std::vector<Moment> moments;
    for (const Json& moment : member_of(event, "moments")) {
        if (moment.is_object()) {
            moments.push_back({.id = integer_of(moment, "id"),
                               .branch = integer_of(moment, "branch"),
                               .step = integer_of(moment, "step")});
        }
    }
    model.history.take(integer_of(event, "branch"), std::move(moments));
}

void apply_epoch(TrainModel& model, const Json& event, Payload) {
    model.epoch = integer_of(event, "epoch", model.epoch);
}

void apply_status(TrainModel& model, const Json& event, Payload) {
    read_name(text_of(event, "status"), model.status);
    model.evaluating.reset();
    model.status_reason = text_of(event, "reason");
    const std::int64_t step = integer_of(event, "step", model.step);
    if (step == 0 && (model.step > 0 || model.is_back()) && model.scrub_target == 0) {
        model.forget_run();
    }
    model.step = step;
}

void apply_snapshot(TrainModel& model, const Json& event, Payload payload) {
    model.snapshot = tensors_of(event, payload);
    model.snapshot_step = integer_of(event, "step");
    ++model.snapshot_revision;
    model.snapshot_class = small_of(event, "class", -1);
}

std::optional<double> number_or_nothing(const Json& json, const char* name) {
    const Json& value = member_of(json, name);
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

ValueHistogram histogram_of(const Json& json) {
    return {.low = number_of(json, "low", 0.0),
            .high = number_of(json, "high", 0.0),
            .counts = whole_numbers_of(json, "counts")};
}

void apply_statistics(TrainModel& model, const Json& event, Payload) {
    std::vector<LayerStatistics> layers;
    for (const Json& layer : member_of(event, "layers")) {
        if (layer.is_object()) {
            layers.push_back({.name = text_of(layer, "name"),
                              .type = text_of(layer, "type"),
                              .has_weights = member_of(layer, "parameter_norm").is_number(),
                              .dead_share = number_or_nothing(layer, "dead_share"),
                              .saturated_share = number_or_nothing(layer, "saturated_share"),
                              .gradient_norm = number_or_nothing(layer, "gradient_norm"),
                              .update_ratio = number_or_nothing(layer, "update_ratio"),
                              .output_norm = number_of(layer, "output_norm", 0.0),
                              .outputs = histogram_of(member_of(layer, "outputs"))});
        }
    }
    model.health.add(integer_of(event, "step"), integer_of(event, "images"), layers);
}

void apply_dissected(TrainModel& model, const Json& event, Payload payload) {
    take_dissected(model.slow_motion, event, payload);
}

void apply_exhibit(TrainModel& model, const Json& event, Payload) {
    model.exhibit.apply_status(event);
}

void apply_convolutions(TrainModel& model, const Json& event, Payload) {
    model.exhibit.apply_round(event);
}

void apply_error(TrainModel& model, const Json& event, Payload) {
    if (text_of(event, "command") == "roofline") {
        return;  // the page's own question: the meter stays without a peak
    }
    if (text_of(event, "command") == "engine") {
        model.lose_engine();
    }
    if (text_of(event, "command") == "dissect") {
        model.slow_motion.forget();
    }
    model.last_error = text_of(event, "message");
}

struct Handler {
    const char* event;
    void (*apply)(TrainModel&, const Json&, Payload);
};

constexpr std::array kHandlers{Handler{"ready", apply_ready},
                               Handler{"data", apply_data},
                               Handler{"configured", apply_configured},
                               Handler{"metrics", apply_metrics},
                               Handler{"roofline", apply_roofline},
                               Handler{"evaluating", apply_evaluating},
                               Handler{"evaluation", apply_evaluation},
                               Handler{"loading", apply_loading},
                               Handler{"restored", apply_restored},
                               Handler{"epoch", apply_epoch},
                               Handler{"history", apply_history},
                               Handler{"status", apply_status},
                               Handler{"settings", apply_settings},
                               Handler{"snapshot", apply_snapshot},
                               Handler{"images", take_images},
                               Handler{"mistakes", take_mistakes},
                               Handler{"augmented", take_augmented},
                               Handler{"preprocessed", take_preprocessed},
                               Handler{"statistics", apply_statistics},
                               Handler{"dissected", apply_dissected},
                               Handler{"exhibit", apply_exhibit},
                               Handler{"convolutions", apply_convolutions},
                               Handler{"error", apply_error}};

}  // namespace

bool apply_event(TrainModel& model, std::string_view json, std::span<const std::byte> payload) {
    const Json event = Json::parse(json, nullptr, false);
    if (!event.is_object()) {
        return false;
    }
    const std::string name = text_of(event, "event");
    for (const Handler& handler : kHandlers) {
        if (name == handler.event) {
            handler.apply(model, event, payload);
        }
    }
    return !name.empty();
}

}  // namespace convoscope::models
