#pragma once

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "engine/core/result.h"

namespace convoscope::cli {

/// The command `configure` that the options of `convoscope train` ask for; numbers out of range are
/// noted in `arguments`, wrong words are for the session to refuse.
[[nodiscard]] nlohmann::json configure_command(Arguments& arguments, const nlohmann::json& network);

/// The command `set` for a training that is resumed: what may be said anew.
/// Returns error when an option is there that the checkpoint decides.
[[nodiscard]] Result<nlohmann::json> resume_command(Arguments& arguments);

}  // namespace convoscope::cli
