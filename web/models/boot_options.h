#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/models/app_state.h"

namespace convoscope::models {

/// `{"hash", "theme": "dark" | "light" | "auto", "dark": bool}`: the system's theme, then the
/// address's wish, then what the link says.
void apply_boot_options(AppState& state, std::string_view json);

/// What the accessible mirror asks of a widget: `activate_widget`, or `set_widget` with a value.
struct WidgetWish {
    std::string id;
    std::optional<double> value;
};
[[nodiscard]] std::optional<WidgetWish> widget_wish(std::string_view json);

[[nodiscard]] bool is_command(std::string_view json, std::string_view name);

/// `{"ok": true}` or `{"error": "…"}`.
[[nodiscard]] std::string answer_json(const Dispatched& result);

}  // namespace convoscope::models
