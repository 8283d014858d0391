#include "web/app/own_set.h"

#include <algorithm>
#include <utility>

#include "web/models/commands.h"
#include "web/models/own/own_choice.h"
#include "web/models/own/own_commands.h"
#include "web/platform/platform.h"

namespace convoscope::app {

std::string OwnSet::configure(const models::AppState& state) {
    const models::own::Model& own = state.own;
    if (!given_classes_ && own.problem().empty()) {
        for (const models::own::EngineMessage& message : models::own::for_engine(own)) {
            platform::post(message.json, message.payload);
        }
        given_classes_ = own.classes().size();
        held_out_ = own.shares().validation;
    }
    const models::RunSettings& settings = state.train.settings;
    const std::size_t classes =
        given_classes_.value_or(std::max<std::size_t>(2, own.classes().size()));
    return models::commands::configure(
        models::own::network_with_outputs(models::network_file(settings.network), classes),
        settings,
        held_out_);
}

void OwnSet::follow(const models::AppState& state) {
    const models::own::Model& own = state.own;
    if (std::exchange(told_revision_, own.revision()) != own.revision()) {
        platform::tell("own_changed", "");
    }
    const bool wanted = state.room == models::Room::train && own.open && own.camera;
    if (std::exchange(camera_wanted_, wanted) != wanted) {
        platform::tell("own_camera", wanted ? "start" : "stop");
    }
}

}  // namespace convoscope::app
