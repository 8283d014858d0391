#include "web/app/explain_wishes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "web/models/inspect/maps.h"
#include "web/models/json_reading.h"
#include "web/platform/platform.h"

namespace convoscope::app {
namespace {

using models::Json;
using models::inspect::Why;

constexpr int kFound = 8;
constexpr std::int64_t kSearched = 2000;  ///< images, as the engine does unless told

bool is_about_picture(Why why) {
    return why == Why::saliency || why == Why::occlusion || why == Why::grad_cam ||
           why == Why::nearest_images || why == Why::projection;
}

bool is_about_class(Why why) {
    return why == Why::saliency || why == Why::occlusion || why == Why::grad_cam;
}

}  // namespace

bool has_image(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    switch (room.source) {
        case models::inspect::Source::picture:
            return room.has_network() &&
                   (room.split == "test" ? state.train.data.test_loaded
                                         : state.train.data.train_loaded) > room.picture;
        case models::inspect::Source::drawing:
            break;
        case models::inspect::Source::own:
        case models::inspect::Source::camera:
            return room.has_network() && !room.own.values.empty();
    }
    return room.has_network();
}

void ExplainWishes::update(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    if (!has_image(state)) {
        return;
    }
    if (room.scene == models::inspect::Scene::why) {
        for (std::size_t i = 0; i < models::inspect::kWhys; ++i) {
            ask(state, static_cast<Why>(i));
        }
    } else {
        ask(state, Why::effective_field);
    }
}

void ExplainWishes::ask(const models::AppState& state, Why why) {
    const models::inspect::Model& room = state.inspect;
    const models::TrainModel& train = state.train;
    if (why == Why::grad_cam && !models::inspect::has_maps(room.network)) {
        return;
    }
    Json command{{"command", "explain"}, {"kind", models::inspect::name_of(why)}};
    std::string about;
    std::vector<float> image;
    if (is_about_picture(why)) {
        image = room.own_image();
        if (image.empty()) {
            command["image"] = {{"split", room.split}, {"index", room.picture}};
        } else {
            about = " " + room.image_key();
        }
        if (is_about_class(why)) {
            command["class"] = room.target;
        }
        if (why == Why::nearest_images) {
            command["count"] = kFound;
        }
        if (why == Why::projection) {
            command["method"] = models::inspect::name_of(room.projection);
        }
    } else {
        const auto neuron = room.neuron(train.snapshot);
        if (!neuron) {
            return;
        }
        const models::inspect::Stage& stage = room.stages[at(neuron->stage)];
        const bool shown = why == Why::exciting_images;
        command["layer"] = room.network.layers[at(shown ? stage.shown : stage.base())].name;
        command["channel"] = neuron->place.channel;
        if (why == Why::exciting_images) {
            command["count"] = kFound;
        }
        if (why == Why::effective_field) {
            command["row"] = neuron->place.row;
            command["column"] = neuron->place.column;
        }
    }
    const bool searches = why == Why::nearest_images || why == Why::exciting_images;
    const bool projects = why == Why::projection;
    std::int64_t loaded = 0;
    if (searches || projects) {
        const models::DataSetState& data = train.data;
        loaded = std::min(projects ? data.test_loaded : data.train_loaded, kSearched);
        if (loaded == 0) {
            return;
        }
    }
    std::string text = command.dump();
    std::string question = text + about + " network " + std::to_string(room.network_revision) +
                           (train.ready_weights ? " ready " : " ") + std::to_string(loaded);
    std::string& asked = asked_[static_cast<std::size_t>(why)];
    const bool same = asked.starts_with(question + " step");
    question += " step " + std::to_string(train.step);
    if (asked == question || (same && train.working())) {
        return;
    }
    asked = std::move(question);
    platform::post(text, std::as_bytes(std::span(image)));
}

}  // namespace convoscope::app
