#include "web/models/boot_options.h"

#include "web/models/json_reading.h"
#include "web/models/link.h"

namespace convoscope::models {

std::string apply_boot_options(AppState& state, std::string_view json) {
    const Json options = Json::parse(json, nullptr, false);
    if (!options.is_object()) {
        return {};
    }
    state.page.system = {.dark = is_true(options, "dark"),
                         .reduced_motion = is_true(options, "reduced_motion"),
                         .high_contrast = is_true(options, "high_contrast")};
    state.page.embedded = is_true(options, "embed");
    state.page.address = text_of(options, "address");
    read_preferences(state.page.preferences, text_of(options, "preferences"));
    set_preference(state.page.preferences, "theme", text_of(options, "theme"));
    const std::string hash = text_of(options, "hash");
    const LinkReading reading = apply_link(state, hash.empty() ? text_of(options, "last") : hash);
    if (const std::string hide = text_of(options, "hide"); !hide.empty()) {
        state.view.hidden.read(hide);
    }
    return hash.empty() ? std::string() : reading.notice();
}

std::optional<WidgetWish> widget_wish(std::string_view json) {
    const Json command = Json::parse(json, nullptr, false);
    if (!command.is_object()) {
        return std::nullopt;
    }
    const std::string name = text_of(command, "command");
    const std::string id = text_of(command, "id");
    if (name == "activate_widget") {
        return WidgetWish{id, WidgetAct::activate};
    }
    if (name == "focus_widget") {
        return WidgetWish{id, WidgetAct::focus};
    }
    if (name == "set_widget") {
        return WidgetWish{id, WidgetAct::set, number_of(command, "value")};
    }
    return std::nullopt;
}

std::string command_text(std::string_view json, const char* member) {
    const Json command = Json::parse(json, nullptr, false);
    return command.is_object() ? text_of(command, member) : std::string();
}

std::string command_name(std::string_view json) {
    return command_text(json, "command");
}

std::string answer_json(const Dispatched& result) {
    if (!result.error.empty()) {
        return Json{{"error", result.error}}.dump();
    }
    return Json{{"ok", true}, {"engine", result.for_engine}}.dump();
}

}  // namespace convoscope::models
