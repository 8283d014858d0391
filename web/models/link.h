#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/models/app_state.h"

namespace convoscope::models {

/// The state as the part of an address after `#`, such as
/// "v=1&room=train&optimizer=momentum&learning_rate=0.05&seed=7": whatever makes the open room show
/// the same again. Without the `#`.
[[nodiscard]] std::string link_of(const AppState& state);

/// The same, but for what it leaves out.
[[nodiscard]] std::string link_with(const AppState& state, const HiddenParts& hidden);

/// What became of a link.
struct LinkReading {
    /// Pairs that were unknown, or whose value could not be taken as it stands, in bounds or not;
    /// each as in the link, cut to a sensible length.
    std::vector<std::string> passed_over;
    bool of_later_version = false;

    /// A sentence for the reader; empty when all was taken over.
    [[nodiscard]] std::string notice() const;
};

/// Takes over what a link says. The unknown and the unreadable are passed over, so that an old page
/// opens a new link as well as it can, and nothing that stands in an address can harm.
LinkReading apply_link(AppState& state, std::string_view link);

}  // namespace convoscope::models
