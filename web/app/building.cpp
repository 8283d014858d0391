// What the engine is to build: the network of the settings, with random weights or those that come
// with the page, and data sets that are loaded from nowhere.

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "web/app/app.h"
#include "web/models/boot_options.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/ready_weights.h"
#include "web/models/weights_file.h"

namespace convoscope::app {

/// The network of these settings, for their data set.
std::string App::configure_command(const models::RunSettings& settings) {
    return settings.data == models::own::kOwnData
               ? own_set_.configure(state_)
               : models::commands::configure(
                     models::network_for_data(settings.network, settings.data), settings);
}

/// Has the engine make the data set of the settings, where it is made by formula and not there.
void App::make_wanted_data() {
    const models::DataChoice* data = models::find_data(state_.train.settings.data);
    if (data != nullptr && data->is_made() && std::exchange(made_data_, data->id) != data->id) {
        platform::post(models::make_data(*data));
    }
}

void App::configure(std::span<const std::byte> weights) {
    engine_wishes_.forget();
    asked_weights_.clear();
    opening_weights_.reset();
    state_.train.configured = false;
    state_.train.ready_weights = !weights.empty();
    state_.train.opened_weights.clear();
    make_wanted_data();
    platform::post(configure_command(state_.train.settings), weights);
}

/// The engine has the last word; until then nothing changes.
bool App::open_weights(std::string_view json, std::span<const std::byte> payload) {
    const std::optional<models::WeightsFile> file = models::read_weights_file(json);
    if (!file) {
        return false;
    }
    if (const auto settings = models::settings_for(state_.train, *file)) {
        opening_weights_ = OpeningWeights{.file = file->name, .settings = *settings};
        platform::post(configure_command(*settings), payload);
    } else {
        platform::tell("problem", models::misfit_text(state_.train, *file));
    }
    return true;
}

/// What becomes of the weights that are being opened, before the event is taken.
void App::follow_opening(std::string_view json) {
    if (!opening_weights_) {
        return;
    }
    const models::RunSettings& wanted = opening_weights_->settings;
    const models::NetworkChoice* network = models::find_network(wanted.network);
    const models::Building building =
        models::building_of(json, network == nullptr ? "" : network->name);
    if (building == models::Building::other_event) {
        return;
    }
    const OpeningWeights opened = *std::exchange(opening_weights_, std::nullopt);
    if (building == models::Building::refused) {
        return;  // and what is wrong is said, as of any error
    }
    engine_wishes_.forget();
    asked_weights_.clear();
    models::TrainModel& train = state_.train;
    const bool other_data = opened.settings.data != train.settings.data;
    if (other_data) {
        train.forget_data();
    }
    train.settings = opened.settings;
    train.experiment.waiting = models::ExperimentRun::Waiting::nothing;
    train.ready_weights = false;
    train.opened_weights = opened.file;
    if (other_data) {
        own_set_.forget();
        made_data_ = {};
        make_wanted_data();
        platform::load_data(train.settings.data);
    }
    toasts_.show({.text = std::string(network->name) + " has the weights of " + opened.file});
}

void App::take_own_pictures(const std::string& refused) {
    if (!refused.empty()) {
        toasts_.show({.text = refused, .status = widgets::Status::kWarn});
    }
    platform::request_frames();
}

void App::arrange_weights() {
    const auto ready = models::other_weights_wanted(state_);
    const std::string& network = state_.train.settings.network;
    if (ready == false) {
        configure();
    } else if (ready == true && asked_weights_ != network) {
        asked_weights_ = network;
        platform::tell("load_weights", network);
    }
}

/// The page has brought them, or says why not.
void App::take_weights(std::string_view json, std::span<const std::byte> payload) {
    if (asked_weights_.empty() || models::command_text(json, "event") != "weights") {
        return;
    }
    if (const std::string error = models::command_text(json, "error"); !error.empty()) {
        toasts_.show({.text = error, .status = widgets::Status::kWarn});
        return;  // and asks no second time
    }
    const std::string asked = std::exchange(asked_weights_, {});
    if (models::command_text(json, "network") == asked &&
        models::other_weights_wanted(state_) == true) {
        configure(payload);
    }
}

/// The link is of pictures that are not here.
bool App::wants_own_pictures() const {
    return state_.train.settings.data == models::own::kOwnData && !state_.has_own();
}

/// The page's scripts have brought what an earlier visit kept, if it kept any.
void App::take_kept_pictures() {
    own_set_.take_as_kept(state_.own);
    models::TrainModel& train = state_.train;
    models::own::fit_network(train.settings, state_.own_kind());
    if (wants_own_pictures()) {
        state_.own.open = true;
        toasts_.show(
            {.text = "This link learns pictures that are not in this browser: make some."});
    } else if (train.settings.data == models::own::kOwnData && train.engine.ready) {
        configure();
    }
}

}  // namespace convoscope::app
