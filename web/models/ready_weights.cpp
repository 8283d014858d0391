#include "web/models/ready_weights.h"

#include <algorithm>
#include <array>

#include "web/models/network_choice.h"

namespace convoscope::models {
namespace {

constexpr std::array<std::string_view, 2> kReady{"lenet5", "cifar-quick"};

}  // namespace

bool has_ready_weights(std::string_view network) {
    return std::ranges::find(kReady, network) != kReady.end();
}

bool has_ready_weights(const RunSettings& settings) {
    const NetworkChoice* network = find_network(settings.network);
    return network != nullptr && network->data == settings.data &&
           has_ready_weights(settings.network);
}

bool chooses_weights(const AppState& state) {
    return state.train.configured && state.train.opened_weights.empty() && state.train.step == 0 &&
           !state.train.is_back() && state.train.status == RunStatus::paused &&
           !state.train.experiment.on();
}

std::optional<bool> other_weights_wanted(const AppState& state) {
    if (!chooses_weights(state) || state.room == Room::convolve) {
        return std::nullopt;
    }
    const bool wanted = state.room == Room::inspect && !state.inspect.untrained &&
                        has_ready_weights(state.train.settings);
    return wanted == state.train.ready_weights ? std::nullopt : std::optional(wanted);
}

}  // namespace convoscope::models
