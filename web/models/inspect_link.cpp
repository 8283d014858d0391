#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "web/models/inspect/inspect_model.h"
#include "web/models/network_choice.h"
#include "web/models/room_link.h"

namespace convoscope::models {
namespace {

constexpr int kMostPictures = 100'000;
constexpr int kMostPlace = 1'000'000;
constexpr int kMostElement = 1 << 30;
constexpr std::size_t kLongestName = 100;

void write(const AppState& state, LinkWriter& link) {
    const inspect::Model& room = state.inspect;
    link.add("data", state.train.settings.data);
    link.add("network", state.train.settings.network);
    if (room.source == inspect::Source::drawing) {
        link.add("drawing", room.pad.text());
    } else if (room.source == inspect::Source::picture && room.split == "test") {
        // No link holds a photograph; a training image is known by its mistake alone.
        link.add("image", static_cast<int>(room.picture));
    }
    link.add("scale", inspect::name_of(room.scale));
    if (room.scene != inspect::Scene::layers) {
        link.add("scene", inspect::name_of(room.scene));
    }
    if (room.scene == inspect::Scene::space && room.outlook != inspect::kFirstOutlook) {
        constexpr double kTenths = 10.0;
        constexpr double kHundredths = 100.0;
        link.add("yaw", std::round(room.outlook.yaw * kTenths) / kTenths);
        link.add("pitch", std::round(room.outlook.pitch * kTenths) / kTenths);
        link.add("zoom", std::round(room.outlook.zoom * kHundredths) / kHundredths);
    }
    if (room.backward()) {
        link.add("direction", inspect::name_of(room.direction));
        link.add("gradient", inspect::name_of(room.question));
    }
    if (room.untrained) {
        link.add("weights", "untrained");
    }
    if (room.opened) {
        link.add("opened", room.opened->name);
        link.add("map", static_cast<int>(room.opened->channel));
    }
    if (room.pinned) {
        const inspect::Place& place = room.pinned->place;
        link.add("layer", room.pinned->layer);
        link.add("at",
                 std::to_string(place.channel) + "." + std::to_string(place.row) + "." +
                     std::to_string(place.column));
        if (room.weight >= 0) {
            link.add("weight", static_cast<int>(room.weight));
            if (!room.parameter.empty()) {
                link.add("parameter", room.parameter);
            }
        }
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

bool read_outlook(inspect::Model& room, std::string_view name, const std::string& value) {
    constexpr double kMost = 360.0;
    models::Outlook& seen = room.outlook;
    const std::array<std::pair<std::string_view, double*>, 3> numbers{
        {{"yaw", &seen.yaw}, {"pitch", &seen.pitch}, {"zoom", &seen.zoom}}};
    const auto* const number =
        std::ranges::find(numbers, name, [](const auto& candidate) { return candidate.first; });
    const models::Outlook before = seen;
    const bool readable =
        number != numbers.end() && read_number(value, -kMost, kMost, *number->second);
    const bool reached = readable && within_reach(seen) == seen;
    seen = reached ? seen : before;
    return reached;
}

bool is_name(const std::string& value) {
    return !value.empty() && value.size() <= kLongestName;
}

/// What is looked at backwards.
bool read_backward(inspect::Model& room, std::string_view name, const std::string& value) {
    if (name == "direction") {
        return inspect::read_name(value, room.direction);
    }
    if (name == "gradient") {
        return inspect::read_name(value, room.question);
    }
    if (name == "parameter" && is_name(value)) {
        room.parameter = value;
        return true;
    }
    int element = 0;
    if (name != "weight" || !read_whole(value, 0, kMostElement, element)) {
        return false;
    }
    room.weight = element;
    return true;
}

bool read_channel(const std::string& value, Index& channel) {
    int number = 0;
    if (!read_whole(value, 0, kMostPlace, number)) {
        return false;
    }
    channel = number;
    return true;
}

bool read(AppState& state, std::string_view name, const std::string& value) {
    inspect::Model& room = state.inspect;
    if (read_outlook(room, name, value) || read_backward(room, name, value)) {
        return true;
    }
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
        room.split = "test";
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
    if (name == "opened" && is_name(value)) {
        room.opened = {value, 0};
        return true;
    }
    if (name == "map" && room.opened) {
        return read_channel(value, room.opened->channel);
    }
    if (name == "layer" && is_name(value)) {
        room.pinned = {value, {}};
        return true;
    }
    return name == "at" && room.pinned && read_place(value, room.pinned->place);
}

void clear(AppState& state) {
    state.inspect.pinned.reset();
    state.inspect.opened.reset();
    state.inspect.pad.clear();
    state.inspect.untrained = false;
    state.inspect.scene = inspect::Scene::layers;
    state.inspect.outlook = inspect::kFirstOutlook;
    state.inspect.direction = inspect::Direction::forward;
    state.inspect.question = inspect::Question::loss;
    state.inspect.weight = -1;
    state.inspect.parameter.clear();
}

}  // namespace

const RoomLink kInspectLink{Room::inspect, write, read, clear};

}  // namespace convoscope::models
