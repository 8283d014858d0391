#include "web/models/inspect/inspect_commands.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "web/models/command_table.h"
#include "web/models/convolve/photo_commands.h"
#include "web/models/inspect/pad_commands.h"

namespace convoscope::models::inspect {
namespace {

constexpr std::int64_t kMostPictures = 100'000;

Index whole_of(const Json& command, const char* name) {
    constexpr double kMost = 1e6;
    const double value = number_of(command, name);
    return std::isfinite(value) ? static_cast<Index>(std::clamp(value, -1.0, kMost)) : Index{-1};
}

std::string take_picture(Model& model, const Json& command) {
    const std::int64_t index = integer_of(command, "index", -1);
    if (index < 0 || index >= kMostPictures) {
        return "there is no such picture";
    }
    const std::string split = text_of(command, "split");
    if (!split.empty() && split != "test" && split != "train") {
        return "a picture is of the split \"train\" or \"test\"";
    }
    model.split = split.empty() ? "test" : split;
    model.source = Source::picture;
    model.picture = index;
    return {};
}

std::string draw(Model& model, const Json& command) {
    if (!model.takes_drawings()) {
        return "this network reads no drawings: its input is " + model.network.input.text();
    }
    model.source = Source::drawing;
    draw_on(model.pad, command, model.erases, model.brush);
    return {};
}

std::string clear(Model& model, const Json&) {
    model.pad.clear();
    return {};
}

std::string set_brush(Model& model, const Json& command) {
    return read_name(text_of(command, "brush"), model.brush) ? "" : "there is no such brush";
}

std::string set_erase(Model& model, const Json& command) {
    model.erases = is_true(command, "on");
    return {};
}

std::string set_scale(Model& model, const Json& command) {
    return read_name(text_of(command, "scale"), model.scale) ? "" : "there is no such scale";
}

std::string set_untrained(Model& model, const Json& command) {
    model.untrained = is_true(command, "on");
    return {};
}

std::string pin(Model& model, const Json& command) {
    const Selection wanted{
        text_of(command, "layer"),
        {whole_of(command, "channel"), whole_of(command, "row"), whole_of(command, "column")}};
    model.channel = -1;
    model.weight = -1;
    if (wanted.layer.empty() || model.pinned == wanted) {
        model.pinned.reset();
        return {};
    }
    if (wanted.layer != kInputName && !stage_with(model.network, model.stages, wanted.layer)) {
        return "the network has no layer \"" + wanted.layer + "\"";
    }
    model.pin(wanted);
    return {};
}

/// A number that is pinned elsewhere is let go of.
std::string open_layer(Model& model, const Json& command) {
    const std::string layer = text_of(command, "layer");
    const auto stage = stage_with(model.network, model.stages, layer);
    if (!layer.empty() && !stage) {
        return "the network has no layer \"" + layer + "\"";
    }
    model.pinned.reset();
    model.channel = -1;
    model.weight = -1;
    model.opened.reset();
    if (stage) {
        model.opened = {model.network.layers[at(model.stages[at(*stage)].base())].name,
                        std::max(whole_of(command, "channel"), Index{0})};
        model.scene = Scene::layers;
    }
    return {};
}

std::string step_back(Model& model, const Json&) {
    model.step_back();
    return {};
}

std::string open_channel(Model& model, const Json& command) {
    model.channel = whole_of(command, "channel");
    return {};
}

std::string set_scene(Model& model, const Json& command) {
    return read_name(text_of(command, "scene"), model.scene) ? "" : "there is no such scene";
}

std::string set_direction(Model& model, const Json& command) {
    model.channel = -1;
    model.weight = -1;
    if (!read_name(text_of(command, "direction"), model.direction)) {
        return "there is no such direction";
    }
    if (!model.backward() && model.pinned && model.pinned->layer == kInputName) {
        model.pinned.reset();
    }
    return {};
}

std::string set_question(Model& model, const Json& command) {
    return read_name(text_of(command, "question"), model.question)
               ? ""
               : "gradients are of the loss or of a score";
}

std::string open_weight(Model& model, const Json& command) {
    model.channel = -1;
    model.weight = whole_of(command, "element");
    model.parameter = text_of(command, "tensor");
    return {};
}

std::string set_offer(Model& model, const Json& command) {
    constexpr int kMostClasses = 10'000;
    const int type = small_of(command, "class", model.offered_class);
    if (type < 0 || type >= kMostClasses || !read_name(text_of(command, "offer"), model.offer)) {
        return "there are no such test images";
    }
    model.offered_class = type;
    return {};
}

std::string set_camera(Model& model, const Json& command) {
    if (!is_true(command, "on")) {
        model.source = model.source == Source::camera ? Source::picture : model.source;
        return {};
    }
    if (std::string refusal = refusal_of_photos(model.network.input); !refusal.empty()) {
        return refusal;
    }
    model.own = {.values = {}, .picture = {}, .revision = model.own.revision + 1};
    model.source = Source::camera;
    return {};
}

std::string look(Model& model, const Json& command) {
    const Outlook& now = model.outlook;
    const Outlook wanted{.yaw = number_of(command, "yaw", now.yaw),
                         .pitch = number_of(command, "pitch", now.pitch),
                         .zoom = number_of(command, "zoom", now.zoom)};
    if (!std::isfinite(wanted.yaw + wanted.pitch + wanted.zoom)) {
        return "yaw, pitch and zoom are numbers";
    }
    model.outlook = is_true(command, "reset") ? kFirstOutlook : within_reach(wanted);
    return {};
}

std::string set_target(Model& model, const Json& command) {
    const int wanted = small_of(command, "class", -1);
    model.target = wanted == model.target ? -1 : std::max(wanted, -1);
    for (const Why why : {Why::saliency, Why::occlusion, Why::grad_cam}) {
        model.explanations.forget(why);
    }
    return {};
}

std::string set_projection(Model& model, const Json& command) {
    if (!read_name(text_of(command, "projection"), model.projection)) {
        return "there is no such projection";
    }
    model.explanations.forget(Why::projection);
    return {};
}

std::string set_opacity(Model& model, const Json& command) {
    const double opacity = number_of(command, "opacity", model.opacity);
    model.opacity = std::isfinite(opacity) ? std::clamp(opacity, 0.0, 1.0) : model.opacity;
    return {};
}

using Act = std::string (*)(Model&, const Json&);
constexpr std::array<std::pair<std::string_view, Act>, 21> kActs{
    {{"inspect_picture", take_picture},
     {"inspect_draw", draw},
     {"inspect_clear", clear},
     {"inspect_brush", set_brush},
     {"inspect_erase", set_erase},
     {"inspect_scale", set_scale},
     {"inspect_untrained", set_untrained},
     {"inspect_pin", pin},
     {"inspect_channel", open_channel},
     {"inspect_open", open_layer},
     {"inspect_back", step_back},
     {"inspect_scene", set_scene},
     {"inspect_direction", set_direction},
     {"inspect_question", set_question},
     {"inspect_weight", open_weight},
     {"inspect_offer", set_offer},
     {"inspect_camera", set_camera},
     {"inspect_look", look},
     {"inspect_target", set_target},
     {"inspect_projection", set_projection},
     {"inspect_opacity", set_opacity}}};

}  // namespace

Answer carry_out(Model& model, const Json& command) {
    return carry_out_by(kActs, model, command);
}

bool take_photo(Model& model,
                std::string_view json,
                std::span<const std::byte> payload,
                std::string& refusal) {
    if (json.find("\"photo\"") == std::string_view::npos) {
        return false;
    }
    const Json event = Json::parse(json, nullptr, false);
    const auto brought = event.is_object() ? convolve::photo_of(event, payload) : std::nullopt;
    if (!brought) {
        return false;
    }
    const bool live = brought->source == convolve::PhotoSource::camera;
    if (!live || model.source == Source::camera) {  // its last frames may come after it was left
        refusal = model.take(brought->pixels, live ? Source::camera : Source::own);
    }
    return true;
}

namespace commands {

std::string look_from(const Outlook& outlook) {
    return Json{{"command", "inspect_look"},
                {"yaw", outlook.yaw},
                {"pitch", outlook.pitch},
                {"zoom", outlook.zoom}}
        .dump();
}

std::string picture(std::int64_t index, std::string_view split) {
    return Json{{"command", "inspect_picture"}, {"split", split}, {"index", index}}.dump();
}

std::string draw(double x, double y, bool begins) {
    return Json{{"command", "inspect_draw"}, {"x", x}, {"y", y}, {"begins", begins}}.dump();
}

std::string pin(std::string_view layer, const Place& place) {
    return Json{{"command", "inspect_pin"},
                {"layer", layer},
                {"channel", place.channel},
                {"row", place.row},
                {"column", place.column}}
        .dump();
}

std::string open(std::string_view layer, Index channel) {
    return Json{{"command", "inspect_open"}, {"layer", layer}, {"channel", channel}}.dump();
}

std::string weight(std::string_view tensor, Index element) {
    return Json{{"command", "inspect_weight"}, {"tensor", tensor}, {"element", element}}.dump();
}

std::string offer(Offer offer, int type) {
    return Json{{"command", "inspect_offer"}, {"offer", name_of(offer)}, {"class", type}}.dump();
}

std::string channel(Index channel) {
    return Json{{"command", "inspect_channel"}, {"channel", channel}}.dump();
}

}  // namespace commands
}  // namespace convoscope::models::inspect
