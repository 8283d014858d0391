#include "web/models/room_commands.h"

#include "web/models/json_reading.h"

namespace convoscope::models::commands {
namespace {

template <class Value>
std::string command_with(std::string_view command, const char* argument, const Value& value) {
    return Json{{"command", command}, {argument, value}}.dump();
}

}  // namespace

std::string with(std::string_view command, const char* argument, bool value) {
    return command_with(command, argument, value);
}

std::string with(std::string_view command, const char* argument, double value) {
    return command_with(command, argument, value);
}

std::string with(std::string_view command, const char* argument, std::int64_t value) {
    return command_with(command, argument, value);
}

std::string with(std::string_view command, const char* argument, std::string_view value) {
    return command_with(command, argument, value);
}

}  // namespace convoscope::models::commands
