#pragma once

#include <string>
#include <string_view>

#include "web/models/app_state.h"

namespace convoscope::models {

/// The state as the part of an address after `#`, such as
/// "v=1&room=train&optimizer=momentum&learning_rate=0.05&seed=7": settings that make the run
/// again, and the theme. Without the `#`.
[[nodiscard]] std::string link_of(const AppState& state);

/// Takes over what a link says. Unknown names, unreadable numbers and links of a later version are
/// passed over, so that an old page opens a new link as well as it can.
void apply_link(AppState& state, std::string_view link);

}  // namespace convoscope::models
