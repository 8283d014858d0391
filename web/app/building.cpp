// What the engine is to build: the network of the settings, with random weights or those that come
// with the page, and data sets that are loaded from nowhere.

#include <span>
#include <string>
#include <utility>

#include "web/app/app.h"
#include "web/models/boot_options.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/ready_weights.h"

namespace convoscope::app {

void App::configure(std::span<const std::byte> weights) {
    engine_wishes_.forget();
    asked_weights_.clear();
    state_.train.configured = false;
    state_.train.ready_weights = !weights.empty();
    const models::RunSettings& settings = state_.train.settings;
    if (settings.data == models::own::kOwnData) {
        platform::post(own_set_.configure(state_));
        return;
    }
    const models::DataChoice* data = models::find_data(settings.data);
    if (data != nullptr && data->is_made()) {
        if (std::exchange(made_data_, data->id) != data->id) {
            platform::post(models::make_data(*data));
        }
        platform::post(models::commands::configure(
            models::own::network_with_outputs(models::network_file(settings.network),
                                              static_cast<std::size_t>(data->classes)),
            settings));
        return;
    }
    platform::post(models::commands::configure(models::network_file(settings.network), settings),
                   weights);
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
    return state_.train.settings.data == models::own::kOwnData && !state_.own.problem().empty();
}

/// The page's scripts have brought what an earlier visit kept, if it kept any.
void App::take_kept_pictures() {
    own_set_.take_as_kept(state_.own);
    models::TrainModel& train = state_.train;
    models::own::fit_network(train.settings, state_.own.kind());
    if (wants_own_pictures()) {
        state_.own.open = true;
        toasts_.show(
            {.text = "This link learns pictures that are not in this browser: make some."});
    } else if (train.settings.data == models::own::kOwnData && train.engine.ready) {
        configure();
    }
}

}  // namespace convoscope::app
