#include "web/models/convolve/learning_commands.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "web/models/command_table.h"

namespace convoscope::models::convolve {
namespace {

using Act = std::string (*)(Model& model, const Json& command);

std::string look_from(Model& model, const Json& command) {
    const Outlook& now = model.outlook();
    const Outlook wanted{.yaw = number_of(command, "yaw", now.yaw),
                         .pitch = number_of(command, "pitch", now.pitch),
                         .zoom = number_of(command, "zoom", now.zoom)};
    if (!std::isfinite(wanted.yaw + wanted.pitch + wanted.zoom)) {
        return "yaw, pitch and zoom are numbers";
    }
    model.look_from(is_true(command, "reset") ? Outlook{} : wanted);
    return {};
}

std::string open_learning(Model& model, const Json& command) {
    if (is_true(command, "on") && is_pooling(model.setup().operation)) {
        return "pooling has no weights to learn";
    }
    model.open_learning(is_true(command, "on"));
    return {};
}

std::string set_rate(Model& model, const Json& command) {
    const double rate = number_of(command, "value");
    if (!std::isfinite(rate) || rate <= 0.0) {
        return "the rate is a number above 0";
    }
    model.set_rate(rate);
    return {};
}

std::string start_again(Model& model, const Json&) {
    model.start_again();
    return {};
}

std::string learn_steps(Model& model, const Json& command) {
    constexpr Index kMost = 1000;  // in one frame
    model.learn(std::clamp<Index>(small_of(command, "count"), 0, kMost));
    return {};
}

constexpr std::array<std::pair<std::string_view, Act>, 5> kActs{
    {{"convolve_look", look_from},
     {"convolve_learn", open_learning},
     {"convolve_rate", set_rate},
     {"convolve_again", start_again},
     {"convolve_descend", learn_steps}}};

}  // namespace

Answer carry_out_lens(Model& model, const Json& command) {
    return carry_out_by(kActs, model, command);
}

}  // namespace convoscope::models::convolve
