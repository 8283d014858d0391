#pragma once

#include "web/widgets/tokens.h"

namespace convoscope::widgets {

/// Dear ImGui's own style from the tokens, for what it draws itself: text input, scroll bars.
void apply_theme(const Theme& theme);

}  // namespace convoscope::widgets
