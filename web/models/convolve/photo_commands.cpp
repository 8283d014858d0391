#include "web/models/convolve/photo_commands.h"

#include <algorithm>
#include <array>

#include "web/models/command_table.h"
#include "web/models/link_text.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<5> kCameraStates{"off", "asked", "live", "refused", "stopped"};
constexpr int kMostIndex = 1 << 20;

using Act = std::string (*)(Photo& photo, const Json& command);

std::string choose(Photo& photo, const Json& command) {
    PhotoSource source{};
    if (!read_name(text_of(command, "source"), source)) {
        return "the source is rings, data, own or camera";
    }
    const std::int64_t index = integer_of(command, "index");
    if (index < 0 || index > kMostIndex) {
        return "there is no such picture";
    }
    photo.choose(source, index);
    return {};
}

std::string set_side(Photo& photo, const Json& command) {
    photo.set_side(small_of(command, "side", Photo::kLargestSide));
    return {};
}

std::string set_colour(Photo& photo, const Json& command) {
    photo.set_colour(is_true(command, "on"));
    return {};
}

std::string set_look(Photo& photo, const Json& command) {
    return read_name(text_of(command, "look"), photo.look)
               ? std::string()
               : "the look is automatic, values or picture";
}

std::string point_at(Photo& photo, const Json& command) {
    photo.point_at({small_of(command, "row", -1), small_of(command, "column", -1)});
    return {};
}

std::string look_at_plane(Photo& photo, const Json& command) {
    photo.look_at_plane(small_of(command, "plane", Photo::kGreen));
    return {};
}

constexpr std::array<std::pair<std::string_view, Act>, 6> kActs{{{"photo_choose", choose},
                                                                 {"photo_side", set_side},
                                                                 {"photo_colour", set_colour},
                                                                 {"photo_plane", look_at_plane},
                                                                 {"photo_look", set_look},
                                                                 {"photo_point", point_at}}};

void take_pixels(Photo& photo, const Json& event, std::span<const std::byte> payload) {
    std::optional<BroughtPhoto> brought = photo_of(event, payload);
    if (!brought || (brought->source == PhotoSource::camera && photo.source() != brought->source)) {
        return;  // a camera's last frames may come after it has been left
    }
    if (photo.source() != brought->source) {
        photo.choose(brought->source);
    }
    photo.take(std::move(brought->pixels));
}

Json rows_of(std::span<const float> plane, Index rows, Index columns) {
    Json json = Json::array();
    for (Index row = 0; row < rows; ++row) {
        const auto numbers = plane.subspan(at(row * columns), at(columns));
        json.push_back(std::vector<float>(numbers.begin(), numbers.end()));
    }
    return json;
}

}  // namespace

Answer carry_out(Photo& photo, const Json& command) {
    return carry_out_by(kActs, photo, command);
}

std::optional<BroughtPhoto> photo_of(const Json& event, std::span<const std::byte> payload) {
    BroughtPhoto brought{.pixels = {.channels = small_of(event, "channels"),
                                    .rows = small_of(event, "rows"),
                                    .columns = small_of(event, "columns")}};
    PhotoPixels& pixels = brought.pixels;
    const auto possible = [](Index side) { return side >= 1 && side <= Photo::kLargestSide; };
    const bool fits = (pixels.channels == 1 || pixels.channels == 3) && possible(pixels.rows) &&
                      possible(pixels.columns) &&
                      std::ssize(payload) == pixels.channels * pixels.cells() &&
                      read_name(text_of(event, "source"), brought.source);
    if (!fits || text_of(event, "event") != "photo") {
        return std::nullopt;
    }
    for (const std::byte byte : payload) {
        pixels.bytes.push_back(std::to_integer<std::uint8_t>(byte));
    }
    return brought;
}

bool take_event(Photo& photo, std::string_view json, std::span<const std::byte> payload) {
    const Json event = Json::parse(json, nullptr, false);
    if (!event.is_object()) {
        return false;
    }
    const std::string name = text_of(event, "event");
    if (name == "camera") {
        read_name_in(kCameraStates, text_of(event, "state"), photo.camera);
        return true;
    }
    if (name == "photo") {
        take_pixels(photo, event, payload);
        return true;
    }
    return false;
}

Json json_of(const Photo& photo) {
    const PhotoPixels& shown = photo.shown();
    Json json{{"source", name_of(photo.source())},
              {"index", photo.data_index()},
              {"side", photo.side()},
              {"colour", photo.in_colour()},
              {"look", name_of(photo.look)},
              {"shows_values", photo.shows_values()},
              {"camera", name_in(kCameraStates, photo.camera)},
              {"channels", shown.channels},
              {"rows", shown.rows},
              {"columns", shown.columns},
              {"plane", photo.plane()},
              {"white", photo.white()},
              {"problem", photo.problem()},
              {"input", shown.bytes},
              {"place", {photo.place().row, photo.place().column}}};
    Json planes = Json::array();
    const bool convolved = photo.rows().outputs > 0;
    for (Index plane = 0; convolved && plane < shown.channels; ++plane) {
        planes.push_back(
            rows_of(photo.output(plane), photo.rows().outputs, photo.columns().outputs));
    }
    json["output"] = planes;
    Json terms = Json::array();
    if (convolved) {
        for (const Term& term : photo.detail().terms()) {
            terms.push_back({{"value", term.value}, {"factor", term.factor}});
        }
        json["sum"] = photo.detail().arithmetic().output.value(0, 0);
    }
    json["terms"] = terms;
    return json;
}

std::vector<std::pair<std::string, std::string>> link_pairs(const Photo& photo) {
    std::vector<std::pair<std::string, std::string>> pairs;
    std::string source(name_of(photo.source()));
    if (photo.source() == PhotoSource::data) {
        source = "data:" + std::to_string(photo.data_index());
    }
    pairs.emplace_back("photo", source);
    pairs.emplace_back("side", std::to_string(photo.side()));
    pairs.emplace_back("colour", photo.in_colour() ? "1" : "0");
    if (photo.plane() != Photo::kGreen && photo.shown().channels == 3) {
        pairs.emplace_back("plane", std::to_string(photo.plane()));
    }
    pairs.emplace_back("look", name_of(photo.look));
    return pairs;
}

namespace {

/// Calls `take` with the whole number that a link holds; false: it is none, or out of bounds.
template <class Take>
bool take_whole(const std::string& value, int least, int most, Take take) {
    int number = 0;
    const bool whole = read_whole(value, least, most, number);
    if (whole) {
        take(number);
    }
    return whole;
}

}  // namespace

bool apply_pair(Photo& photo, std::string_view name, const std::string& value) {
    if (name == "photo") {
        constexpr std::string_view kData = "data:";
        if (value.starts_with(kData)) {
            return take_whole(value.substr(kData.size()), 0, kMostIndex, [&photo](int index) {
                photo.choose(PhotoSource::data, index);
            });
        }
        PhotoSource source{};
        const bool known = read_name(value, source) && source != PhotoSource::data;
        const bool there = source == PhotoSource::rings || photo.source() == source ||
                           (source == PhotoSource::own && photo.has_own());
        if (known && there && photo.source() != source) {
            photo.choose(source);
        }
        return known && there;  // no link starts a camera
    }
    if (name == "side") {
        return take_whole(value, Photo::kLeastSide, Photo::kLargestSide, [&photo](int side) {
            photo.set_side(side);
        });
    }
    if (name == "colour") {
        return take_whole(value, 0, 1, [&photo](int colour) {
            photo.set_colour(colour == 1);
            photo.look_at_plane(Photo::kGreen);
        });
    }
    if (name == "plane") {
        return take_whole(value, 0, 2, [&photo](int plane) { photo.look_at_plane(plane); });
    }
    return name == "look" && read_name(value, photo.look);
}

namespace commands {

std::string choose_photo(PhotoSource source, std::int64_t index) {
    return Json{{"command", "photo_choose"}, {"source", name_of(source)}, {"index", index}}.dump();
}

std::string point_photo(CellPlace output) {
    return Json{{"command", "photo_point"}, {"row", output.row}, {"column", output.column}}.dump();
}

}  // namespace commands
}  // namespace convoscope::models::convolve
