#include <string>

#include "web/models/inspect/inspect_model.h"
#include "web/models/network_choice.h"
#include "web/models/room_link.h"

namespace convoscope::models {
namespace {

constexpr int kMostPictures = 100'000;
constexpr int kMostPlace = 1'000'000;
constexpr std::size_t kLongestName = 100;

void write(const AppState& state, LinkWriter& link) {
    const inspect::Model& room = state.inspect;
    link.add("data", state.train.settings.data);
    link.add("network", state.train.settings.network);
    if (room.source == inspect::Source::drawing) {
        link.add("drawing", room.pad.text());
    } else {
        link.add("image", static_cast<int>(room.picture));
    }
    link.add("scale", inspect::name_of(room.scale));
    if (room.scene == inspect::Scene::why) {
        link.add("scene", inspect::name_of(room.scene));
    }
    if (room.untrained) {
        link.add("weights", "untrained");
    }
    if (room.pinned) {
        const inspect::Place& place = room.pinned->place;
        link.add("layer", room.pinned->layer);
        link.add("at",
                 std::to_string(place.channel) + "." + std::to_string(place.row) + "." +
                     std::to_string(place.column));
    }
}

bool read_place(const std::string& text, inspect::Place& place) {
    const auto first = text.find('.');
    const auto second = text.find('.', first == std::string::npos ? first : first + 1);
    int channel = 0;
    int row = 0;
    int column = 0;
    if (second == std::string::npos || !read_whole(text.substr(0, first), 0, kMostPlace, channel) ||
        !read_whole(text.substr(first + 1, second - first - 1), 0, kMostPlace, row) ||
        !read_whole(text.substr(second + 1), 0, kMostPlace, column)) {
        return false;
    }
    place = {channel, row, column};
    return true;
}

bool read(AppState& state, std::string_view name, const std::string& value) {
    inspect::Model& room = state.inspect;
    if (name == "data" || name == "network") {
        return kTrainLink.read(state, name, value);
    }
    if (name == "drawing") {
        const bool drawn = room.pad.read(value);
        room.source = drawn ? inspect::Source::drawing : room.source;
        return drawn;
    }
    if (name == "image") {
        int picture = 0;
        if (!read_whole(value, 0, kMostPictures, picture)) {
            return false;
        }
        room.picture = picture;
        room.source = inspect::Source::picture;
        return true;
    }
    if (name == "scale") {
        return inspect::read_name(value, room.scale);
    }
    if (name == "scene") {
        return inspect::read_name(value, room.scene);
    }
    if (name == "weights") {
        room.untrained = value == "untrained";
        return room.untrained || value == "ready";
    }
    if (name == "layer" && !value.empty() && value.size() <= kLongestName) {
        room.pinned = {value, {}};
        return true;
    }
    return name == "at" && room.pinned && read_place(value, room.pinned->place);
}

void clear(AppState& state) {
    state.inspect.pinned.reset();
    state.inspect.pad.clear();
    state.inspect.untrained = false;
    state.inspect.scene = inspect::Scene::layers;
}

}  // namespace

const RoomLink kInspectLink{Room::inspect, write, read, clear};

}  // namespace convoscope::models
