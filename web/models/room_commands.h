#pragma once

#include <string>
#include <string_view>

#include "web/models/json_reading.h"

namespace convoscope::models {

/// What became of a command that was offered to a room.
struct Answer {
    bool known = false;
    std::string error = {};  ///< empty: carried out
};

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

namespace commands {

/// Any command with one argument of type number, boolean or text.
template <class Value>
[[nodiscard]] std::string with(std::string_view command, const char* argument, const Value& value) {
    return Json{{"command", command}, {argument, value}}.dump();
}

}  // namespace commands
}  // namespace convoscope::models
