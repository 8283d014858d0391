#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/models/app_state.h"

namespace convoscope::models {

/// What the page's scripts know at its start:
///
///     dark, reduced_motion, high_contrast   what the system asks for
///     preferences                           the reader's, as kept by an earlier visit
///     theme, hide                           wishes of the address
///     hash                                  the link, or "": then `last`, an earlier visit's state
///     embed, address                        see PageState
///
/// Returns a notice for the reader when the link could not be taken over as a whole.
std::string apply_boot_options(AppState& state, std::string_view json);

/// What the accessible mirror asks of a widget: `activate_widget`, `focus_widget`, or `set_widget`
/// with a value.
enum class WidgetAct { activate, focus, set };
struct WidgetWish {
    std::string id;
    WidgetAct act = WidgetAct::activate;
    double value = 0.0;
};
[[nodiscard]] std::optional<WidgetWish> widget_wish(std::string_view json);

/// A command's name, or one of its texts; empty when there is none.
[[nodiscard]] std::string command_name(std::string_view json);
[[nodiscard]] std::string command_text(std::string_view json, const char* member);

/// `{"ok": true}` or `{"error": "…"}`.
[[nodiscard]] std::string answer_json(const Dispatched& result);

}  // namespace convoscope::models
