#include "web/models/boot_options.h"

#include "web/models/json_reading.h"
#include "web/models/link.h"

namespace convoscope::models {

void apply_boot_options(AppState& state, std::string_view json) {
    const Json options = Json::parse(json, nullptr, false);
    if (!options.is_object()) {
        return;
    }
    if (const Json& dark = member_of(options, "dark"); dark.is_boolean()) {
        state.view.theme = dark.get<bool>() ? Theme::dark : Theme::light;
    }
    read_name(text_of(options, "theme"), state.view.theme);
    apply_link(state, text_of(options, "hash"));
}

std::optional<WidgetWish> widget_wish(std::string_view json) {
    const Json command = Json::parse(json, nullptr, false);
    if (!command.is_object()) {
        return std::nullopt;
    }
    const std::string name = text_of(command, "command");
    const std::string id = text_of(command, "id");
    if (name == "activate_widget") {
        return WidgetWish{id, std::nullopt};
    }
    if (name == "set_widget") {
        return WidgetWish{id, number_of(command, "value")};
    }
    return std::nullopt;
}

bool is_command(std::string_view json, std::string_view name) {
    const Json command = Json::parse(json, nullptr, false);
    return command.is_object() && text_of(command, "command") == name;
}

std::string answer_json(const Dispatched& result) {
    return result.error.empty() ? Json{{"ok", true}}.dump() : Json{{"error", result.error}}.dump();
}

}  // namespace convoscope::models
