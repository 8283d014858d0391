#include "web/models/inspect/inspect_commands.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace convoscope::models::inspect {
namespace {

constexpr std::int64_t kMostPictures = 100'000;

Index whole_of(const Json& command, const char* name) {
    constexpr double kMost = 1e6;
    const double value = number_of(command, name);
    return std::isfinite(value) ? static_cast<Index>(std::clamp(value, -1.0, kMost)) : Index{-1};
}

bool is_on(const Json& command, const char* name) {
    return member_of(command, name) == true;
}

std::string take_picture(Model& model, const Json& command) {
    const std::int64_t index = integer_of(command, "index", -1);
    if (index < 0 || index >= kMostPictures) {
        return "there is no such picture";
    }
    model.source = Source::picture;
    model.picture = index;
    return {};
}

std::string draw(Model& model, const Json& command) {
    if (!model.takes_drawings()) {
        return "this network reads no drawings: its input is " + model.network.input.text();
    }
    const auto step = [&](const char* axis) {
        const double share = number_of(command, axis);
        return std::isfinite(share)
                   ? static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0, 1.0) * kPadSteps))
                   : std::uint8_t{0};
    };
    const PadPoint at{step("x"), step("y")};
    model.source = Source::drawing;
    if (is_on(command, "begins")) {
        model.pad.begin(model.erases, model.brush, at);
    } else {
        model.pad.extend(at);
    }
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
    model.erases = is_on(command, "on");
    return {};
}

std::string set_scale(Model& model, const Json& command) {
    return read_name(text_of(command, "scale"), model.scale) ? "" : "there is no such scale";
}

std::string set_untrained(Model& model, const Json& command) {
    model.untrained = is_on(command, "on");
    return {};
}

std::string pin(Model& model, const Json& command) {
    const Selection wanted{
        text_of(command, "layer"),
        {whole_of(command, "channel"), whole_of(command, "row"), whole_of(command, "column")}};
    model.channel = -1;
    if (wanted.layer.empty() || model.pinned == wanted) {
        model.pinned.reset();
        return {};
    }
    if (!stage_with(model.network, model.stages, wanted.layer)) {
        return "the network has no layer \"" + wanted.layer + "\"";
    }
    model.pinned = wanted;
    return {};
}

std::string open_channel(Model& model, const Json& command) {
    model.channel = whole_of(command, "channel");
    return {};
}

std::string set_scene(Model& model, const Json& command) {
    return read_name(text_of(command, "scene"), model.scene) ? "" : "there is no such scene";
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
constexpr std::array<std::pair<std::string_view, Act>, 13> kActs{
    {{"inspect_picture", take_picture},
     {"inspect_draw", draw},
     {"inspect_clear", clear},
     {"inspect_brush", set_brush},
     {"inspect_erase", set_erase},
     {"inspect_scale", set_scale},
     {"inspect_untrained", set_untrained},
     {"inspect_pin", pin},
     {"inspect_channel", open_channel},
     {"inspect_scene", set_scene},
     {"inspect_target", set_target},
     {"inspect_projection", set_projection},
     {"inspect_opacity", set_opacity}}};

}  // namespace

Answer carry_out(Model& model, const Json& command) {
    return carry_out_by(kActs, model, command);
}

namespace commands {

std::string picture(std::int64_t index) {
    return Json{{"command", "inspect_picture"}, {"index", index}}.dump();
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

std::string channel(Index channel) {
    return Json{{"command", "inspect_channel"}, {"channel", channel}}.dump();
}

}  // namespace commands
}  // namespace convoscope::models::inspect
