#include "web/models/link.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

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
    if (passed_over.empty()) {
        return {};
    }
    const std::string quote = "“" + passed_over.front() + "”";
    return passed_over.size() == 1
               ? "A part of the link was passed over: " + quote + "."
               : std::to_string(passed_over.size()) +
                     " parts of the link were passed over, first " + quote + ".";
}

LinkReading apply_link(AppState& state, std::string_view link) {
    LinkReading reading;
    if (link.starts_with('#')) {
        link.remove_prefix(1);
    }
    state.view.hidden = {};
    const auto pass_over = [&](std::string_view pair) {
        std::string quote(pair.substr(0, kLongestQuote));
        std::ranges::replace_if(quote, [](char c) { return !is_plain(c); }, '?');
        reading.passed_over.push_back(std::move(quote));
    };
    if (link.size() > kLongestLink) {  // whole pairs, and the first that is left out
        const auto end = link.substr(0, kLongestLink + 1).rfind('&');
        const auto rest = end == std::string_view::npos ? 0 : end + 1;
        pass_over(link.substr(rest));
        link = link.substr(0, rest);
    }
    for_each_pair(link,
                  [&](std::string_view name, const std::string& value, std::string_view pair) {
                      if (belongs_to_frame(name) && !read_frame(state, name, value, reading)) {
                          pass_over(pair);
                      }
                  });
    const RoomLink& room = link_of_room(state.room);
    if (room.clear != nullptr) {
        room.clear(state);
    }
    for_each_pair(link,
                  [&](std::string_view name, const std::string& value, std::string_view pair) {
                      if (!belongs_to_frame(name) && !room.read(state, name, value)) {
                          pass_over(pair);
                      }
                  });
    return reading;
}

}  // namespace convoscope::models
