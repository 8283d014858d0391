#include "web/models/app_state.h"
#include "web/models/convolve/convolve_json.h"
#include "web/models/convolve/photo_commands.h"
#include "web/models/inspect/inspect_json.h"
#include "web/models/json_reading.h"
#include "web/models/own/own_commands.h"
#include "web/models/settings_json.h"
#include "web/models/slow_motion_commands.h"

namespace convoscope::models {
namespace {

Json evaluations_json(const std::vector<Evaluation>& evaluations) {
    Json list = Json::array();
    for (const Evaluation& evaluation : evaluations) {
        list.push_back({{"step", evaluation.step},
                        {"epoch", evaluation.epoch},
                        {"loss", evaluation.loss},
                        {"accuracy", evaluation.accuracy},
                        {"count", evaluation.count},
                        {"confusion", evaluation.confusion}});
    }
    return list;
}

Json runs_json(const TrainModel& train) {
    Json kept = Json::array();
    for (const KeptRun& run : train.kept_runs) {
        kept.push_back({{"name", run.name.text()},
                        {"settings", run_settings_json(run.settings)},
                        {"steps", run.steps()},
                        {"validation", evaluations_json(run.validation)},
                        {"shown", run.shown}});
    }
    return {{"name", train.run.text()}, {"kept", kept}, {"racing", train.race.on()}};
}

Json curves_json(const AppState& state) {
    Json clock = Json::array();
    for (const RunClock::Mark& mark : state.train.clock.marks()) {
        clock.push_back({mark.step, mark.epoch, mark.seconds});
    }
    return {{"over", name_of(state.view.curves.axis)},
            {"smoothing", state.view.curves.smoothing},
            {"first_step", state.view.first_step},
            {"last_step", state.view.last_step},
            {"clock", clock}};
}

Json evaluating_json(const TrainModel& train) {
    return train.evaluating ? Json{{"split", train.evaluating->split},
                                   {"share", train.evaluating->share},
                                   {"seconds_to_go", train.evaluating->seconds_to_go}}
                            : Json();
}

Json experiment_json(const ExperimentRun& run) {
    Json outcomes = Json::array();
    for (const LaneOutcome& outcome : run.outcomes) {
        outcomes.push_back(
            {{"steps", outcome.steps},
             {"train_accuracy", outcome.train_accuracy},
             {"test_accuracy", outcome.test_accuracy ? Json(*outcome.test_accuracy) : Json()}});
    }
    return {{"id", run.id}, {"on", run.on()}, {"outcomes", outcomes}};
}

Json moments_json(const RunHistory& history) {
    Json list = Json::array();
    for (const Moment& moment : history.moments()) {
        list.push_back({{"id", moment.id}, {"step", moment.step}});
    }
    return list;
}

Json data_json(const DataSetState& data) {
    return {
        {"name", data.name},
        {"classes", data.classes},
        {"train_count", data.train_count},
        {"validation_count", data.validation_count},
        {"test_count", data.test_count},
        {"train_loaded", data.train_loaded},
        {"test_loaded", data.test_loaded},
        {"class_counts", {{"train", data.train_class_counts}, {"test", data.test_class_counts}}},
        {"bytes_loaded", data.bytes_loaded},
        {"bytes_total", data.bytes_total},
        {"loading", data.complete() ? "complete" : name_of(data.loading)},
        {"seconds_to_go", data.seconds_to_go}};
}

Json network_json(const NetworkSummary& network) {
    Json layers = Json::array();
    for (const LayerSummary& layer : network.layers) {
        layers.push_back({{"name", layer.name},
                          {"type", layer.type},
                          {"output_shape", layer.output_shape},
                          {"parameters", layer.parameters},
                          {"multiply_accumulates", layer.multiply_accumulates}});
    }
    return {{"name", network.name},
            {"parameters", network.parameters},
            {"multiply_accumulates", network.multiply_accumulates},
            {"layers", layers}};
}

Json looks_json(const LayerHealth* layer) {
    Json looks = Json::array();
    if (layer == nullptr) {
        return looks;
    }
    for (const LayerLook& look : layer->looks) {
        looks.push_back({{"step", look.step},
                         {"output_norm", look.output_norm},
                         {"gradient_norm", look.gradient_norm.value_or(0.0)},
                         {"low", look.outputs.low},
                         {"high", look.outputs.high},
                         {"counts", look.outputs.counts}});
    }
    return looks;
}

Json health_json(const NetworkHealth& health, const std::string& open) {
    const auto number = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json();
    };
    Json layers = Json::array();
    for (const LayerHealth& layer : health.layers()) {
        layers.push_back({{"name", layer.name},
                          {"output_norm", layer.looks.back().output_norm},
                          {"dead_share", number(layer.dead_share)},
                          {"saturated_share", number(layer.saturated_share)},
                          {"gradient_norm", number(layer.gradient_norm)},
                          {"update_ratio", number(layer.update_ratio)}});
    }
    return {{"step", health.step()},
            {"images", health.images()},
            {"verdict", health.verdict().words},
            {"layers", layers},
            {"open", open},
            {"looks", looks_json(health.find(open))}};
}

Json mistakes_json(const Mistakes& mistakes) {
    Json images = Json::array();
    for (const Mistake& image : mistakes.images) {
        images.push_back({{"index", image.index},
                          {"label", image.label},
                          {"predicted", image.predicted},
                          {"confidence", image.confidence},
                          {"truth", image.truth}});
    }
    return {{"split", mistakes.split},
            {"true", mistakes.true_class},
            {"predicted", mistakes.predicted_class},
            {"step", mistakes.step},
            {"count", mistakes.count},
            {"images", images}};
}

Json picture_json(const TrainModel& train) {
    Json json{{"selected", train.selected_picture},
              {"count", train.pictures.count()},
              {"split", train.pictures.split},
              {"probabilities", train.probabilities()},
              {"snapshot_step", train.snapshot_step}};
    if (train.selected_picture < train.pictures.count()) {
        json["label"] = train.pictures.labels[train.selected_picture];
    }
    return json;
}

Json engine_json(const EngineState& engine) {
    return {{"ready", engine.ready},
            {"variant", engine.variant},
            {"threads", engine.threads},
            {"lanes", engine.lanes},
            {"seconds", engine.seconds},
            {"images_per_second", engine.images_per_second},
            {"gigaflops", engine.gigaflops},
            {"roofline_gigaflops", engine.roofline_gigaflops},
            {"roofline_gigaflops_one_thread", engine.roofline_gigaflops_one_thread},
            {"roofline_threads", engine.roofline_threads},
            {"roofline_share", engine.roofline_share()}};
}

Json exhibit_json(const AppState& state) {
    Json json = json_of(state.train.exhibit);
    json["open"] = state.view.exhibit_open;
    return json;
}

Json page_json(const PageState& page) {
    const Appearance appearance = page.appearance();
    return {{"preferences",
             {{"theme", name_of(page.preferences.theme)},
              {"motion", name_of(page.preferences.motion)},
              {"contrast", name_of(page.preferences.contrast)},
              {"palette", name_of(page.preferences.palette)},
              {"text_scale", page.preferences.text_scale}}},
            {"reduced_motion", appearance.reduced_motion},
            {"high_contrast", appearance.high_contrast},
            {"colour_blind_safe", appearance.colour_blind_safe},
            {"embedded", page.embedded},
            {"can_undo", page.can_undo},
            {"can_redo", page.can_redo}};
}

Json frames_json(const FrameStatistics& frames) {
    return {{"frames_drawn", frames.frames_drawn()},
            {"p50", frames.percentile(0.5)},
            {"p95", frames.percentile(0.95)},
            {"max", frames.greatest()}};
}

}  // namespace

std::string state_json(const AppState& state) {
    const TrainModel& train = state.train;
    Json json{{"settings", run_settings_json(train.settings)},
              {"configured", train.configured},
              {"ready_weights", train.ready_weights},
              {"opened_weights", train.opened_weights},
              {"status", name_of(train.status)},
              {"reason", train.status_reason},
              {"step", train.step},
              {"epoch", train.epoch},
              {"steps_per_epoch", train.steps_per_epoch},
              {"losses", train.loss.values()},
              {"accuracies", train.accuracy.values()},
              {"learning_rates", train.learning_rates.values()},
              {"validation", evaluations_json(train.validation)},
              {"test", evaluations_json(train.test)},
              {"evaluating", evaluating_json(train)},
              {"curves", curves_json(state)},
              {"runs", runs_json(train)},
              {"experiment", experiment_json(train.experiment)},
              {"slow_motion", json_of(train.slow_motion)},
              {"moments", moments_json(train.history)},
              {"engine", engine_json(train.engine)},
              {"exhibit", exhibit_json(state)},
              {"images_per_second", train.engine.images_per_second},
              {"gigaflops", train.engine.gigaflops},
              {"data", data_json(train.data)},
              {"own", own::json_of(state.own)},
              {"network", network_json(train.network)},
              {"health", health_json(train.health, state.view.health_layer)},
              {"mistakes", mistakes_json(train.mistakes)},
              {"confusion_split", train.newest_confusion().split},
              {"picture", picture_json(train)},
              {"convolve", convolve::json_of(state.convolve)},
              {"theme", name_of(state.page.appearance().theme)},
              {"page", page_json(state.page)},
              {"hidden", state.view.hidden.text()},
              {"room", name_of(state.room)},
              {"frames", frames_json(state.frames)},
              {"training_frames", frames_json(state.training_frames)},
              {"frames_drawn", state.frames.frames_drawn()},
              {"idle", state.idle},
              {"error", train.last_error}};
    json["own"]["changed"] = state.own_changed();
    if (state.convolve.scene == convolve::Scene::picture) {
        json["convolve"]["photo"] = convolve::json_of(state.photo);
    }
    if (state.room == Room::inspect) {
        json["inspect"] = inspect::json_of(state.inspect, train.snapshot, train.snapshot_class);
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace convoscope::models
