#include "web/models/convolve/convolve_link.h"
#include "web/models/convolve/photo_commands.h"
#include "web/models/room_link.h"

namespace convoscope::models {
namespace {

void write(const AppState& state, LinkWriter& link) {
    for (const auto& [name, value] : convolve::link_pairs(state.convolve)) {
        link.add(name, std::string_view(value));
    }
    if (state.convolve.scene == convolve::Scene::picture) {
        if (state.photo.source() == convolve::PhotoSource::data) {
            link.add("data", std::string_view(state.train.settings.data));
        }
        for (const auto& [name, value] : convolve::link_pairs(state.photo)) {
            link.add(name, std::string_view(value));
        }
    }
}

bool read(AppState& state, std::string_view name, const std::string& value) {
    if (name == "data") {  // only a real picture can be the data set's
        return state.convolve.scene == convolve::Scene::picture &&
               kTrainLink.read(state, name, value);
    }
    return convolve::apply_pair(state.convolve, name, value) ||
           convolve::apply_pair(state.photo, name, value);
}

void clear(AppState& state) {
    convolve::clear_unsaid(state.convolve);
}

}  // namespace

const RoomLink kConvolveLink{Room::convolve, write, read, clear};

}  // namespace convoscope::models
