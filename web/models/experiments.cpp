#include "web/models/experiments.h"

#include <algorithm>

#include "web/models/json_reading.h"
#include "web/models/network_choice.h"
#include "web/models/settings_json.h"

namespace convoscope::models {
namespace {

ExperimentLane lane_of(const Json& json) {
    ExperimentLane lane{
        .name = text_of(json, "name"), .settings = {}, .reported = text_of(json, "reported")};
    read_run_settings(member_of(json, "settings"), lane.settings);
    lane.settings.network = text_of(json, "network");
    if (const NetworkChoice* network = find_network(lane.settings.network)) {
        lane.settings.data = network->data;
    }
    return lane;
}

std::vector<Experiment> read_experiments() {
    std::vector<Experiment> list;
    for (const Json& json : Json::parse(experiments_text(), nullptr, false)) {
        Experiment experiment{.id = text_of(json, "id"),
                              .title = text_of(json, "title"),
                              .sentence = text_of(json, "sentence"),
                              .watch = text_of(json, "watch"),
                              .lesson = text_of(json, "lesson"),
                              .source = text_of(json, "source"),
                              .errors = is_true(json, "errors"),
                              .lanes = {}};
        for (const Json& lane : member_of(json, "lanes")) {
            experiment.lanes.push_back(lane_of(lane));
        }
        list.push_back(std::move(experiment));
    }
    return list;
}

}  // namespace

std::span<const Experiment> experiments() {
    static const std::vector<Experiment> kList = read_experiments();
    return kList;
}

const Experiment* find_experiment(std::string_view id) {
    const auto found = std::ranges::find_if(
        experiments(), [id](const Experiment& experiment) { return experiment.id == id; });
    return found == experiments().end() ? nullptr : &*found;
}

}  // namespace convoscope::models
