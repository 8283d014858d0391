#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/room_commands.h"
#include "web/models/slow_motion.h"

namespace convoscope::models {

/// Carries out a command on the slow motion; what the engine is asked for it is added to
/// `for_engine`.
Answer carry_out_on_slow_motion(SlowMotion& slow,
                                const Json& command,
                                std::vector<std::string>& for_engine);

/// Takes the engine's `dissected` over.
void take_dissected(SlowMotion& slow, const Json& event, std::span<const std::byte> payload);

/// For `convoscope.state()`.
[[nodiscard]] Json json_of(const SlowMotion& slow);

[[nodiscard]] const char* name_of(StepStage stage);  ///< "batch", "forward" …

}  // namespace convoscope::models
