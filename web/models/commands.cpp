#include "web/models/commands.h"

#include "web/models/json_reading.h"
#include "web/models/network_choice.h"
#include "web/models/settings_json.h"

namespace convoscope::models::commands {

std::string plain(std::string_view command) {
    return Json{{"command", command}}.dump();
}
std::string start() {
    return plain("start");
}
std::string pause() {
    return plain("pause");
}
std::string step(int count) {
    return Json{{"command", "step"}, {"count", count}}.dump();
}
std::string train_epoch() {
    return plain("train_epoch");
}
std::string reset() {
    return plain("reset");
}
std::string reset(int seed) {
    return Json{{"command", "reset"}, {"seed", seed}}.dump();
}

std::string evaluate(std::string_view split) {
    return Json{{"command", "evaluate"}, {"split", split}}.dump();
}

std::string configure(std::string_view network_json,
                      const RunSettings& settings,
                      std::size_t validation_count) {
    Json json = live_settings_json(settings);
    json.update(data_settings_json(settings));
    json["command"] = "configure";
    json["network"] =
        Json::parse(network_with_dropout(network_json, settings.dropout), nullptr, false);
    json["seed"] = settings.seed;
    if (validation_count > 0) {
        json["validation_count"] = validation_count;
    }
    return json.dump();
}

std::string set(std::string_view name, double value) {
    Json json{{"command", "set"}};
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) == value) {
        json[std::string(name)] = whole;
    } else {
        json[std::string(name)] = value;
    }
    return json.dump();
}

std::string set(std::string_view name, std::string_view value) {
    return Json{{"command", "set"}, {std::string(name), value}}.dump();
}
std::string set(const OptimizerSettings& optimizer) {
    return Json{{"command", "set"}, {"optimizer", json_of(optimizer)}}.dump();
}
std::string set_optimizer(std::string_view number, double value) {
    return Json{{"command", "set"}, {"optimizer", {{std::string(number), value}}}}.dump();
}
std::string set_schedule(ScheduleType type) {
    return Json{{"command", "set"}, {"schedule", {{"type", schedule_name(type)}}}}.dump();
}
std::string set_initializer(InitializerType type) {
    return Json{{"command", "set"}, {"initializer", {{"type", initializer_name(type)}}}}.dump();
}
std::string set_target_accuracy(double accuracy) {
    return Json{{"command", "set"}, {"early_stopping", {{"target_accuracy", accuracy}}}}.dump();
}

std::vector<std::string> changes(const RunSettings& before, const RunSettings& after) {
    std::vector<std::string> commands;
    const Json old = live_settings_json(before);
    const Json wanted = live_settings_json(after);
    Json set{{"command", "set"}};
    for (const auto& [name, value] : wanted.items()) {
        if (value != old[name]) {
            set[name] = value;
        }
    }
    if (set.size() > 1) {
        commands.push_back(set.dump());
    }
    if (after.seed != before.seed) {
        commands.push_back(reset(after.seed));
    }
    return commands;
}

std::string augmented(std::int64_t index, std::string_view augment, int count, int seed) {
    return Json{{"command", "augmented"},
                {"index", index},
                {"augment", augment},
                {"count", count},
                {"seed", seed}}
        .dump();
}

std::string preprocessed(std::int64_t index) {
    return Json{{"command", "preprocessed"}, {"split", "train"}, {"index", index}}.dump();
}

std::string images(std::string_view split, std::span<const std::int64_t> indices) {
    return Json{{"command", "images"},
                {"split", split},
                {"indices", std::vector<std::int64_t>(indices.begin(), indices.end())}}
        .dump();
}

std::string images_of_each_class(std::string_view split, std::int64_t each) {
    return Json{{"command", "images"}, {"split", split}, {"each_class", each}}.dump();
}

std::string capture(const CaptureWish& wish) {
    Json json{{"command", "capture"},
              {"parameters", wish.parameters},
              {"activations", wish.activations},
              {"minimum_interval_seconds", wish.minimum_interval_seconds}};
    if (!wish.split.empty()) {
        json["image"] = {{"split", wish.split}, {"index", wish.index}};
    }
    if (!wish.gradient_of.empty()) {
        json["gradient_of"] = wish.gradient_of;
        json["class"] = wish.type;
    }
    return json.dump();
}

std::string difference(std::string_view tensor, std::int64_t element) {
    return Json{{"command", "difference"}, {"tensor", tensor}, {"element", element}}.dump();
}

std::string export_as(std::string_view format) {
    return Json{{"command", "export"}, {"format", format}}.dump();
}
std::string rewind(std::int64_t moment) {
    return Json{{"command", "rewind"}, {"moment", moment}}.dump();
}
std::string branch(std::int64_t moment) {
    return Json{{"command", "branch"}, {"moment", moment}}.dump();
}
std::string save() {
    return plain("save");
}

std::string mistakes(std::string_view split, int true_class, int predicted_class, int count) {
    return Json{{"command", "mistakes"},
                {"split", split},
                {"true", true_class},
                {"predicted", predicted_class},
                {"count", count}}
        .dump();
}

std::string statistics(int images) {
    return Json{{"command", "statistics"},
                {"images", images},
                {"histogram_bins", 24},
                {"minimum_interval_seconds", 0.25}}
        .dump();
}

std::string open_room(Room room) {
    return Json{{"command", "open_room"}, {"room", name_of(room)}}.dump();
}
std::string set_preference(std::string_view name, std::string_view value) {
    return Json{{"command", "set_preference"}, {"name", name}, {"value", value}}.dump();
}
std::string choose_data(std::string_view data) {
    return Json{{"command", "choose_data"}, {"data", data}}.dump();
}
std::string choose_network(std::string_view network) {
    return Json{{"command", "choose_network"}, {"network", network}}.dump();
}
std::string choose_dropout(double rate) {
    return Json{{"command", "choose_dropout"}, {"rate", rate}}.dump();
}
std::string choose_preprocessing(std::string_view type) {
    return Json{{"command", "choose_preprocessing"}, {"type", type}}.dump();
}
std::string select_picture(std::size_t picture) {
    return Json{{"command", "select_picture"}, {"picture", picture}}.dump();
}
std::string select_confusion(int true_class, int predicted_class) {
    return Json{
        {"command", "select_confusion"}, {"true", true_class}, {"predicted", predicted_class}}
        .dump();
}
std::string show_chart(std::string_view chart) {
    return Json{{"command", "show_chart"}, {"chart", chart}}.dump();
}
std::string show_health(std::string_view layer) {
    return Json{{"command", "show_health"}, {"layer", layer}}.dump();
}
std::string show_more_settings(bool open) {
    return Json{{"command", "show_more_settings"}, {"open", open}}.dump();
}
std::string show_tuning(bool open) {
    return Json{{"command", "show_tuning"}, {"open", open}}.dump();
}
std::string show_steps(int first, int last) {
    return Json{{"command", "show_steps"}, {"first", first}, {"last", last}}.dump();
}

std::string show_over(RunAxis axis) {
    return Json{{"command", "show_over"}, {"axis", name_of(axis)}}.dump();
}
std::string smooth_curves(double smoothing) {
    return Json{{"command", "smooth_curves"}, {"smoothing", smoothing}}.dump();
}
std::string show_exhibit(bool open) {
    return Json{{"command", "show_exhibit"}, {"open", open}}.dump();
}
std::string choose_convolution(std::string_view id) {
    return Json{{"command", "choose_convolution"}, {"convolution", id}}.dump();
}
std::string race(int steps) {
    return Json{{"command", "race"}, {"steps", steps}}.dump();
}
std::string scrub(std::int64_t moment) {
    return Json{{"command", "scrub"}, {"moment", moment}}.dump();
}
std::string run_experiment(std::string_view id) {
    return Json{{"command", "run_experiment"}, {"experiment", id}}.dump();
}
std::string show_experiments(bool open) {
    return Json{{"command", "show_experiments"}, {"open", open}}.dump();
}
std::string name_run(int run, std::string_view name) {
    return Json{{"command", "name_run"}, {"run", run}, {"name", name}}.dump();
}
std::string show_run(int run, bool shown) {
    return Json{{"command", "show_run"}, {"run", run}, {"shown", shown}}.dump();
}
std::string delete_run(int run) {
    return Json{{"command", "delete_run"}, {"run", run}}.dump();
}
std::string set_log_loss(bool on) {
    return Json{{"command", "set_log_loss"}, {"on", on}}.dump();
}

}  // namespace convoscope::models::commands
