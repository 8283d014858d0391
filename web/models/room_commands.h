#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "web/models/json.h"

namespace convoscope::models {

/// What became of a command that was offered to a room.
struct Answer {
    bool known = false;
    std::string error = {};  ///< empty: carried out
};

namespace commands {

/// Any command with one argument, as JSON.
[[nodiscard]] std::string with(std::string_view command, const char* argument, bool value);
[[nodiscard]] std::string with(std::string_view command, const char* argument, double value);
[[nodiscard]] std::string with(std::string_view command, const char* argument, std::int64_t value);
[[nodiscard]] std::string with(std::string_view command,
                               const char* argument,
                               std::string_view value);
[[nodiscard]] inline std::string with(std::string_view command,
                                      const char* argument,
                                      const char* value) {
    return with(command, argument, std::string_view(value));
}
template <std::integral Whole>
[[nodiscard]] std::string with(std::string_view command, const char* argument, Whole value) {
    return with(command, argument, static_cast<std::int64_t>(value));
}

}  // namespace commands
}  // namespace convoscope::models
