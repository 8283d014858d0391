#pragma once

#include <string>

#include "web/models/json_reading.h"
#include "web/models/room_commands.h"

namespace convoscope::models {

/// Carries out a command by a room's table of names and functions, which return what is wrong.
template <class Acts, class Model>
Answer carry_out_by(const Acts& acts, Model& model, const Json& command) {
    const std::string name = text_of(command, "command");
    for (const auto& [known, act] : acts) {
        if (known == name) {
            return {true, act(model, command)};
        }
    }
    return {};
}

}  // namespace convoscope::models
