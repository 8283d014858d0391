#pragma once

#include "web/widgets/tokens.h"

namespace convoscope::widgets {

/// Dear ImGui's own style from the tokens, for what it draws itself: text input, scroll bars.
/// `coarse_pointer` widens what a finger can hit.
void apply_theme(const Theme& theme, bool coarse_pointer);

}  // namespace convoscope::widgets
