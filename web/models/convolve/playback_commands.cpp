#include "web/models/convolve/playback_commands.h"

#include <array>
#include <utility>

#include "web/models/command_table.h"
#include "web/models/convolve/command_reading.h"

namespace convoscope::models::convolve {
namespace {

using Act = std::string (*)(Model& model, const Json& command);

std::string take_step(Model& model, const Json& command) {
    if (model.learns()) {
        return "the filter learns: its steps are those of convolve_descend";
    }
    const Index count = model.steps();
    const Index target = command.contains("by") ? model.playback.step + whole_of(command, "by")
                                                : whole_of(command, "to");
    if (is_true(command, "at_once")) {
        model.playback.jump_to(target, count);
    } else {
        model.playback.go_to(target, count);
    }
    model.follow_playback();
    return {};
}

std::string play(Model& model, const Json& command) {
    if (model.learns()) {
        model.run_learning(is_on(command));
        return {};
    }
    model.playback.playing = is_on(command) && model.possible();
    return {};
}

std::string set_speed(Model& model, const Json& command) {
    const double speed = number_of(command, "speed", 1.0);
    for (const double known : {0.5, 1.0, 2.0, 4.0, Playback::kJump}) {
        if (speed == known) {
            model.playback.speed = speed;
            return {};
        }
    }
    return "the speed is 0.5, 1, 2, 4, or 0 for jumps";
}

std::string set_order(Model& model, const Json& command) {
    Order order{};
    if (!read_name(text_of(command, "order"), order)) {
        return "the order is rows, columns or random";
    }
    model.set_order(order);
    return {};
}

std::string set_loop(Model& model, const Json& command) {
    model.playback.loops = is_on(command);
    return {};
}

constexpr std::array<std::pair<std::string_view, Act>, 5> kActs{{{"convolve_step", take_step},
                                                                 {"convolve_play", play},
                                                                 {"convolve_speed", set_speed},
                                                                 {"convolve_order", set_order},
                                                                 {"convolve_loop", set_loop}}};

}  // namespace

Answer carry_out_playback(Model& model, const Json& command) {
    return carry_out_by(kActs, model, command);
}

namespace commands {

std::string step_to(Index step, bool at_once) {
    return Json{{"command", "convolve_step"}, {"to", step}, {"at_once", at_once}}.dump();
}

std::string step_by(Index steps) {
    return Json{{"command", "convolve_step"}, {"by", steps}}.dump();
}

}  // namespace commands
}  // namespace convoscope::models::convolve
