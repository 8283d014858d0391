#include "web/models/own/own_commands.h"

#include <array>
#include <utility>

#include "web/models/command_table.h"
#include "web/models/inspect/pad_commands.h"
#include "web/models/own/own_choice.h"

namespace convoscope::models::own {
namespace {

using Act = std::string (*)(Model& model, const Json& command);

std::size_t place_of(const Json& command, const char* name) {
    constexpr std::int64_t kNowhere = 1 << 30;
    const std::int64_t place = integer_of(command, name, kNowhere);
    return static_cast<std::size_t>(place >= 0 && place < kNowhere ? place : kNowhere);
}

std::string set_open(Model& model, const Json& command) {
    model.open = is_true(command, "open");
    model.camera = model.camera && model.open;
    return {};
}

std::string set_kind(Model& model, const Json& command) {
    Kind kind{};
    return read_name(text_of(command, "kind"), kind) ? model.set_kind(kind)
                                                     : "the kind is grey or colour";
}

std::string draw(Model& model, const Json& command) {
    inspect::draw_on(model.pad, command, false, inspect::Brush::medium);
    return {};
}

std::string clear(Model& model, const Json&) {
    model.pad.clear();
    return {};
}

std::string set_camera(Model& model, const Json& command) {
    model.camera = is_true(command, "on");
    model.camera_live = false;
    return {};
}

constexpr std::array<std::pair<std::string_view, Act>, 14> kActs{
    {{"own_open", set_open},
     {"own_kind", set_kind},
     {"own_add_class", [](Model& model, const Json&) { return model.add_class(); }},
     {"own_choose",
      [](Model& model, const Json& command) {
          return model.choose_class(place_of(command, "class"));
      }},
     {"own_class",
      [](Model& model, const Json& command) {
          return model.choose_class_named(text_of(command, "name"));
      }},
     {"own_name",
      [](Model& model, const Json& command) {
          return model.name_class(place_of(command, "class"), text_of(command, "name"));
      }},
     {"own_delete_class",
      [](Model& model, const Json& command) {
          return model.delete_class(place_of(command, "class"));
      }},
     {"own_draw", draw},
     {"own_clear", clear},
     {"own_add", [](Model& model, const Json&) { return model.add_drawing(); }},
     {"own_camera", set_camera},
     {"own_take", [](Model& model, const Json&) { return model.add_camera_picture(); }},
     {"own_remove",
      [](Model& model, const Json& command) {
          return model.remove(place_of(command, "class"), place_of(command, "picture"));
      }},
     {"own_put_back", [](Model& model, const Json&) { return model.put_back(); }}}};

std::span<const std::uint8_t> bytes_of(std::span<const std::byte> payload) {
    return {reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size()};
}

std::string restore(Model& model, const Json& event, std::span<const std::byte> payload) {
    constexpr std::string_view kDamaged =
        "The pictures that were kept here are damaged, and have been left out.";
    Kind kind{};
    if (!read_name(text_of(event, "kind"), kind)) {
        return std::string(kDamaged);
    }
    const std::size_t size = picture_size(kind);
    std::span<const std::uint8_t> bytes = bytes_of(payload);
    std::vector<PictureClass> classes;
    for (const Json& each : member_of(event, "classes")) {
        const std::size_t count = each.is_object() ? place_of(each, "count") : kMostPictures + 1;
        if (count > kMostPictures || count * size > bytes.size()) {
            return std::string(kDamaged);
        }
        const auto pixels = bytes.first(count * size);
        classes.push_back({text_of(each, "name"), {pixels.begin(), pixels.end()}});
        bytes = bytes.subspan(count * size);
    }
    return bytes.empty() && model.restore(kind, std::move(classes)) ? std::string()
                                                                    : std::string(kDamaged);
}

const char* camera_state(const Model& model) {
    if (!model.camera) {
        return "off";
    }
    return model.camera_live ? "live" : "asked";
}

Json classes_json(const Model& model) {
    Json classes = Json::array();
    for (std::size_t i = 0; i < model.classes().size(); ++i) {
        classes.push_back({{"name", model.classes()[i].name}, {"count", model.count_of(i)}});
    }
    return classes;
}

/// `add_images` of one split, the classes by turns, so that the first images show them all.
EngineMessage images_of(const Model& model, bool test) {
    const std::size_t size = picture_size(model.kind());
    Json labels = Json::array();
    EngineMessage message;
    for (std::size_t picture = 0; picture < kMostPictures; ++picture) {
        for (std::size_t i = 0; i < model.classes().size(); ++i) {
            if (picture < model.count_of(i) && is_for_test(picture) == test) {
                const auto pixels = std::as_bytes(std::span(model.classes()[i].pixels));
                const auto one = pixels.subspan(picture * size, size);
                labels.push_back(i);
                message.payload.insert(message.payload.end(), one.begin(), one.end());
            }
        }
    }
    message.json = Json{{"command", "add_images"},
                        {"split", test ? "test" : "train"},
                        {"labels", std::move(labels)}}
                       .dump();
    return message;
}

}  // namespace

Answer carry_out(Model& model, const Json& command) {
    return carry_out_by(kActs, model, command);
}

std::optional<std::string> take_event(Model& model,
                                      std::string_view json,
                                      std::span<const std::byte> payload) {
    if (json.find("\"own_") == std::string_view::npos) {
        return std::nullopt;  // the engine's long events are not read twice
    }
    const Json event = Json::parse(json, nullptr, false);
    const std::string name = event.is_object() ? text_of(event, "event") : std::string();
    if (name == "own_picture") {
        return model.add_brought(bytes_of(payload));
    }
    if (name == "own_camera_picture") {
        model.show_camera(bytes_of(payload));
        return std::string();
    }
    if (name == "own_camera") {
        const std::string state = text_of(event, "state");
        model.camera = model.camera && state != "refused" && state != "stopped";
        model.camera_live = model.camera && state == "live";
        return std::string();
    }
    if (name == "own_kept") {
        return restore(model, event, payload);
    }
    return std::nullopt;
}

std::optional<Model> take_used(std::string_view json, std::span<const std::byte> payload) {
    if (json.find("\"own_used\"") == std::string_view::npos) {
        return std::nullopt;
    }
    const Json event = Json::parse(json, nullptr, false);
    Model used;
    const bool sound = event.is_object() && text_of(event, "event") == "own_used" &&
                       restore(used, event, payload).empty() && used.problem().empty();
    return sound ? std::optional(std::move(used)) : std::nullopt;
}

std::string kept_json(const Model& model, const char* event) {
    return Json{{"event", event}, {"kind", name_of(model.kind())}, {"classes", classes_json(model)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const Model& model) {
    const Shares shares = model.shares();
    return {{"open", model.open},
            {"kind", name_of(model.kind())},
            {"classes", classes_json(model)},
            {"current", model.current()},
            {"problem", model.problem()},
            {"camera", camera_state(model)},
            {"strokes", model.pad.strokes().size()},
            {"shares",
             {{"train", shares.train}, {"validation", shares.validation}, {"test", shares.test}}}};
}

std::vector<EngineMessage> for_engine(const Model& model) {
    Json names = Json::array();
    for (const PictureClass& each : model.classes()) {
        names.push_back(each.name);
    }
    std::vector<EngineMessage> messages;
    messages.push_back({Json{{"command", "open_images"},
                             {"name", kOwnName},
                             {"input", {model.channels(), model.side(), model.side()}},
                             {"classes", std::move(names)}}
                            .dump(-1, ' ', false, Json::error_handler_t::replace),
                        {}});
    messages.push_back(images_of(model, true));
    messages.push_back(images_of(model, false));
    return messages;
}

namespace commands {

std::string name_class(std::size_t class_index, std::string_view name) {
    return Json{{"command", "own_name"}, {"class", class_index}, {"name", name}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}
std::string draw(double x, double y, bool begins) {
    return Json{{"command", "own_draw"}, {"x", x}, {"y", y}, {"begins", begins}}.dump();
}
std::string remove(std::size_t class_index, std::size_t picture) {
    return Json{{"command", "own_remove"}, {"class", class_index}, {"picture", picture}}.dump();
}

}  // namespace commands
}  // namespace convoscope::models::own
