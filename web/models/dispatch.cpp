#include <algorithm>
#include <array>

#include "web/models/app_state.h"
#include "web/models/convolve/convolve_commands.h"
#include "web/models/convolve/photo_commands.h"
#include "web/models/experimenting.h"
#include "web/models/going_back.h"
#include "web/models/inspect/inspect_commands.h"
#include "web/models/json_reading.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/own/own_commands.h"
#include "web/models/racing.h"
#include "web/models/run_commands.h"
#include "web/models/settings_json.h"
#include "web/models/slow_motion_commands.h"

namespace convoscope::models {
namespace {

constexpr std::array<std::string_view, 26> kEngineCommands{"dissect",    "open_data",
                                                           "augmented",  "keep",
                                                           "rewind",     "branch",
                                                           "mistakes",   "roofline",
                                                           "statistics", "export",
                                                           "save",       "load",
                                                           "add_shard",  "configure",
                                                           "start",      "pause",
                                                           "step",       "train_epoch",
                                                           "reset",      "set",
                                                           "evaluate",   "capture",
                                                           "images",     "predict",
                                                           "explain",    "cancel_explanation"};

/// Returns what is wrong; empty: nothing.
std::string choose_convolution(ConvolutionExhibit& exhibit, const std::string& id) {
    if (exhibit.running()) {
        return "the measuring has not ended yet";
    }
    if (std::ranges::none_of(exhibit_choices(),
                             [&](const ExhibitChoice& choice) { return choice.id == id; })) {
        return "there is no convolution \"" + id + "\"";
    }
    exhibit.choose(id);
    return {};
}

/// The curves show the whole run: what was looked at closely is no more.
void show_whole_run(ViewChoices& view) {
    view.first_step = 0;
    view.last_step = 0;
}

/// What stands in place of the curves leaves.
void close_opened(AppState& state) {
    state.view.experiments_open = false;
    state.view.exhibit_open = false;
    state.own.open = false;
    state.own.camera = false;
    state.train.slow_motion.hide();
}

/// The Inspect room shows what the list of mistakes may soon have no more.
void keep_picture(inspect::Model& room, const Mistakes& mistakes) {
    const Pictures& pictures = mistakes.pictures;
    const auto found = std::ranges::find(pictures.indices, room.picture);
    if (room.split != mistakes.image_split() || found == pictures.indices.end()) {
        return;
    }
    const auto place = static_cast<std::size_t>(found - pictures.indices.begin());
    const auto first =
        pictures.pixels.begin() + static_cast<std::ptrdiff_t>(place * pictures.picture_size());
    const auto last = first + static_cast<std::ptrdiff_t>(pictures.picture_size());
    Pictures one{.split = room.split,
                 .indices = {room.picture},
                 .labels = {pictures.labels[place]},
                 .channels = pictures.channels,
                 .height = pictures.height,
                 .width = pictures.width,
                 .pixels = {first, last}};
    room.own = {.values = {}, .picture = std::move(one), .revision = room.own.revision + 1};
}

/// Returns false when the command is none of the views'.
bool dispatch_to_views(AppState& state,
                       const std::string& name,
                       const Json& command,
                       std::string& error) {
    ViewChoices& view = state.view;
    if (name == "open_room") {
        if (!read_name(text_of(command, "room"), state.room)) {
            error = "there is no room \"" + text_of(command, "room") + "\"";
        }
    } else if (name == "set_preference") {
        const std::string which = text_of(command, "name");
        if (!set_preference(state.page.preferences, which, text_of(command, "value"))) {
            error = "there is no such value of the preference \"" + which + "\"";
        }
    } else if (name == "hide_part") {
        view.hidden.set(text_of(command, "part"), is_true(command, "hidden"));
    } else if (name == "select_picture") {
        const auto picture = static_cast<std::size_t>(integer_of(command, "picture", 0));
        if (picture < state.train.pictures.count()) {
            state.train.selected_picture = picture;
        } else {
            error = "there is no such picture";
        }
    } else if (name == "select_confusion") {
        view.true_class = small_of(command, "true", -1);
        view.predicted_class = small_of(command, "predicted", -1);
    } else if (name == "show_chart") {
        if (const std::string chart = text_of(command, "chart");
            chart == "accuracy" || chart == "loss") {
            view.chart = chart;
        } else {
            error = "chart is accuracy or loss";
        }
    } else if (name == "show_tuning") {
        view.tuning_open = is_true(command, "open");
    } else if (name == "show_steps") {
        const int first = small_of(command, "first", 0);
        const int last = small_of(command, "last", 0);
        if (first < 0 || (last != 0 && last <= first)) {
            error = "the steps go from first, at least 0, to last, which is greater, or 0 for all";
            return true;
        }
        view.first_step = first;
        view.last_step = last;
    } else if (name == "show_over") {
        if (!read_name(text_of(command, "axis"), view.curves.axis)) {
            error = "the curves are drawn over step, epoch or time";
        }
    } else if (name == "smooth_curves") {
        const double smoothing = number_of(command, "smoothing", -1.0);
        if (!(smoothing >= 0.0 && smoothing <= CurveView::kMostSmoothing)) {
            error = "smoothing goes from 0, which is none, to 0.99";
            return true;
        }
        view.curves.smoothing = smoothing;
    } else if (name == "show_more_settings") {
        view.more_settings_open = is_true(command, "open");
    } else if (name == "show_health") {
        view.health_layer = text_of(command, "layer");
    } else if (name == "show_exhibit") {
        close_opened(state);
        view.exhibit_open = is_true(command, "open");
    } else if (name == "show_experiments") {
        close_opened(state);
        view.experiments_open = is_true(command, "open");
    } else if (name == "choose_convolution") {
        error = choose_convolution(state.train.exhibit, text_of(command, "convolution"));
    } else if (name == "set_log_loss") {
        view.log_loss = is_true(command, "on");
    } else {
        return false;
    }
    return true;
}

/// Returns what is wrong. The reader's own pictures have a page of their own while they are
/// wanting.
std::string choose_data(AppState& state, RunSettings& wanted, const std::string& data) {
    if (find_data(data) == nullptr) {
        return "there is no data set \"" + data + "\"";
    }
    if (data == own::kOwnData) {
        if (wanted.data == data || !state.own.problem().empty()) {
            close_opened(state);
            state.own.open = true;
        } else {
            own::use(wanted, state.own);
        }
    } else if (data != wanted.data) {
        own::leave(wanted);
        wanted.data = data;
        wanted.network = first_network_of(data).id;
    }
    return {};
}

std::string choose_network(RunSettings& wanted, own::Kind kind, const std::string& id) {
    const NetworkChoice* network = find_network(id);
    if (network == nullptr) {
        return "there is no network \"" + id + "\"";
    }
    wanted.network = network->id;
    if (!own::fits(*network, wanted, kind)) {
        own::leave(wanted);
        wanted.data = network->data;
    }
    return {};
}

/// Opens another data set, another network, or both. Returns false when the command is neither.
bool dispatch_choice(AppState& state,
                     const std::string& name,
                     const Json& command,
                     Dispatched& result) {
    TrainModel& train = state.train;
    RunSettings wanted = train.settings;
    if (name == "choose_data") {
        result.error = choose_data(state, wanted, text_of(command, "data"));
    } else if (name == "choose_network") {
        result.error = choose_network(wanted, state.own_kind(), text_of(command, "network"));
    } else if (name == "choose_preprocessing") {
        wanted.preprocess = text_of(command, "type");
        result.error = find_preprocessing(wanted.preprocess) == nullptr
                           ? "there is no preprocessing \"" + wanted.preprocess + "\""
                           : "";
    } else if (name == "choose_dropout") {
        wanted.dropout = number_of(command, "rate", -1.0);
        result.error = wanted.dropout >= 0.0 && wanted.dropout <= kMostDropout
                           ? ""
                           : "the rate of dropout goes from 0, which is none, to 0.9";
    } else if (name == "own_use") {
        result.error = state.own.problem();
        result.other_data = result.error.empty();  // also when they have become others
    } else {
        return false;
    }
    if (!result.error.empty()) {
        return true;
    }
    if (result.other_data) {
        own::use(wanted, state.own);
        close_opened(state);
    }
    result.other_data = result.other_data || wanted.data != train.settings.data;
    result.other_network = wanted.network != train.settings.network ||
                           wanted.preprocess != train.settings.preprocess ||
                           (wanted.dropout != train.settings.dropout && train.step == 0);
    if (result.other_data || result.other_network) {
        show_whole_run(state.view);
    }
    train.settings = wanted;
    if (result.other_data) {
        train.forget_data();
        if (wanted.data == own::kOwnData) {
            state.own_used.reset();  // as they are now
        }
    }
    return true;
}

/// Pictures of the reader's own set. Returns false when the command is another.
bool dispatch_to_own(AppState& state,
                     const std::string& name,
                     const Json& command,
                     Dispatched& result) {
    if (name == "own_open") {
        close_opened(state);
    }
    const Answer answer = own::carry_out(state.own, command);
    result.error = answer.error;
    result.tells_reader = answer.known;
    return answer.known;
}

/// Begins an experiment, or closes it. Returns false when the command is neither.
bool dispatch_experiment(AppState& state,
                         const std::string& name,
                         const Json& command,
                         Dispatched& result) {
    TrainModel& train = state.train;
    const std::string data = train.settings.data;
    if (name == "run_experiment") {
        result.error = begin_experiment(train, text_of(command, "experiment"));
        show_whole_run(state.view);
    } else if (name == "close_experiment") {
        if (!train.experiment.open()) {
            result.error = "no experiment is open";
        } else {
            close_experiment(train);
        }
    } else {
        return false;
    }
    if (result.error.empty()) {
        close_opened(state);
        result.other_network = true;
        result.other_data = train.settings.data != data;
        if (result.other_data) {
            train.forget_data();
        }
    }
    return true;
}

}  // namespace

void settle(AppState& state) {
    state.photo.take_data(state.train.pictures, state.train.pictures_revision);
    state.photo.follow(state.convolve);
    inspect::Model& room = state.inspect;
    if (state.train.awaits_other_data) {
        room.split = "test";
        if (room.source == inspect::Source::picture && room.own.picture.count() > 0) {
            room.own = {.values = {}, .picture = {}, .revision = room.own.revision + 1};
        }
    }
}

Dispatched dispatch(AppState& state, std::string_view json) {
    const Json command = Json::parse(json, nullptr, false);
    if (!command.is_object()) {
        return {.error = "a command is a JSON object"};
    }
    const std::string name = text_of(command, "command");
    Dispatched result;
    if (dispatch_to_views(state, name, command, result.error)) {
        return result;
    }
    if (ends_experiment(name)) {
        state.train.experiment.waiting = ExperimentRun::Waiting::nothing;
    }
    if (dispatch_choice(state, name, command, result) ||
        dispatch_to_own(state, name, command, result) ||
        dispatch_experiment(state, name, command, result)) {
        return result;
    }
    if (const Answer answer = carry_out_on_runs(state.train, command, result.before);
        answer.known) {
        result.error = answer.error;
        if (name == "race" && result.error.empty()) {
            show_whole_run(state.view);
        }
        return result;
    }
    if (const Answer answer =
            carry_out_on_slow_motion(state.train.slow_motion, command, result.before);
        answer.known) {
        if (!result.before.empty()) {
            state.train.race = {};  // a batch is trained
        }
        if (state.train.slow_motion.open) {
            state.view.experiments_open = false;
            state.view.exhibit_open = false;
            state.own.open = false;
        }
        result.error = answer.error;
        return result;
    }
    if (const Answer answer = convolve::carry_out(state.convolve, command); answer.known) {
        return {.error = answer.error};
    }
    if (const Answer answer = convolve::carry_out(state.photo, command); answer.known) {
        return {.error = answer.error};
    }
    if (const Answer answer = inspect::carry_out(state.inspect, command); answer.known) {
        if (name == "inspect_camera" && answer.error.empty()) {
            state.photo.camera = convolve::CameraState::off;  // and is asked for anew
        }
        if (name == "inspect_picture" && answer.error.empty()) {
            keep_picture(state.inspect, state.train.mistakes);
        }
        return {.error = answer.error};
    }
    if (std::find(kEngineCommands.begin(), kEngineCommands.end(), name) == kEngineCommands.end()) {
        return {.error = "there is no command \"" + name + "\""};
    }
    if (ends_race(name)) {
        state.train.race = {};
    }
    if (name == "start" || name == "train_epoch") {
        state.train.slow_motion.hide();  // the curves are what there is to see
        state.own.open = false;
    }
    if (name == "set") {
        result.before = before_change(state.train);
    }
    if (name == "set" || name == "configure" || name == "reset") {
        read_settings(command, state.train.settings);
        state.train.count_steps_per_epoch();
    }
    if (name == "reset") {
        state.train.scrub_target = 0;
        state.train.begun_with = state.train.settings.initializer;
        state.train.opened_weights.clear();
        // A layer more or less is another network.
        result.other_network = state.train.built_dropout != state.train.settings.dropout;
    }
    result.for_engine = !result.other_network;
    return result;
}

}  // namespace convoscope::models
