#include "web/models/link.h"

#include <algorithm>
#include <array>
#include <limits>

#include "web/models/link_text.h"
#include "web/models/room_link.h"

namespace convoscope::models {
namespace {

constexpr int kVersion = 1;
constexpr std::size_t kLongestLink = 16'384;
constexpr std::size_t kLongestQuote = 40;

const RoomLink& link_of_room(Room room) {
    static constexpr std::array kRooms{
        &kConvolveLink, &kTrainLink, &kInspectLink};  // in the order of Room
    return *kRooms[static_cast<std::size_t>(room)];
}

bool is_plain(char c) {
    return c > ' ' && c < '\x7f';
}

/// Read before everything else: the version, and the room whose part the rest is.
bool read_frame(AppState& state,
                std::string_view name,
                const std::string& value,
                LinkReading& reading) {
    if (name == "v") {
        int version = kVersion;
        const bool known = read_whole(value, 1, std::numeric_limits<int>::max(), version);
        reading.of_later_version = version > kVersion;
        return known;
    }
    if (name == "room") {
        return read_name(value, state.room);
    }
    return name == "hide" && state.view.hidden.read(value);
}

bool belongs_to_frame(std::string_view name) {
    return name == "v" || name == "room" || name == "hide";
}

}  // namespace

std::string link_with(const AppState& state, const HiddenParts& hidden) {
    LinkWriter link;
    link.add("v", kVersion);
    link.add("room", name_of(state.room));
    link_of_room(state.room).write(state, link);
    if (!hidden.empty()) {
        link.add("hide", std::string_view(hidden.text()));
    }
    return link.text();
}

std::string link_of(const AppState& state) {
    return link_with(state, state.view.hidden);
}

std::string LinkReading::notice() const {
    if (of_later_version) {
        return "This link was made by a later version; what this one knows of it is shown.";
    }
    if (ignored == 0) {
        return {};
    }
    const std::string quote = "“" + first_ignored + "”";
    return ignored == 1 ? "A part of the link was passed over: " + quote + "."
                        : std::to_string(ignored) + " parts of the link were passed over, first " +
                              quote + ".";
}

LinkReading apply_link(AppState& state, std::string_view link) {
    LinkReading reading;
    if (link.starts_with('#')) {
        link.remove_prefix(1);
    }
    link = link.substr(0, kLongestLink);
    state.view.hidden = {};
    const auto count_ignored = [&](std::string_view pair) {
        if (reading.ignored++ == 0) {
            reading.first_ignored = pair.substr(0, kLongestQuote);
            std::replace_if(
                reading.first_ignored.begin(),
                reading.first_ignored.end(),
                [](char c) { return !is_plain(c); },
                '?');
        }
    };
    for_each_pair(link,
                  [&](std::string_view name, const std::string& value, std::string_view pair) {
                      if (belongs_to_frame(name) && !read_frame(state, name, value, reading)) {
                          count_ignored(pair);
                      }
                  });
    const RoomLink& room = link_of_room(state.room);
    if (room.clear != nullptr) {
        room.clear(state);
    }
    for_each_pair(link,
                  [&](std::string_view name, const std::string& value, std::string_view pair) {
                      if (!belongs_to_frame(name) && !room.read(state, name, value)) {
                          count_ignored(pair);
                      }
                  });
    return reading;
}

}  // namespace convoscope::models
