#include "web/app/own_set.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "web/models/commands.h"
#include "web/models/own/own_choice.h"
#include "web/models/own/own_commands.h"
#include "web/platform/platform.h"

namespace convoscope::app {

std::string OwnSet::configure(models::AppState& state) {
    if (!state.own_used && state.own.problem().empty()) {
        state.own_used = state.own;
        const std::vector<std::uint8_t> pixels = state.own.all_pixels();
        platform::keep(models::own::kept_json(state.own, "own_used"),
                       std::as_bytes(std::span(pixels)));
    }
    if (state.own_used && !std::exchange(given_, true)) {
        for (const models::own::EngineMessage& message : models::own::for_engine(*state.own_used)) {
            platform::post(message.json, message.payload);
        }
    }
    const models::RunSettings& settings = state.train.settings;
    const models::own::Model& own = state.own_used ? *state.own_used : state.own;
    return models::commands::configure(
        models::own::network_with_outputs(models::network_file(settings.network),
                                          std::max<std::size_t>(2, own.classes().size())),
        settings,
        state.own_used ? own.shares().validation : 0);
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
