#pragma once

#include "web/widgets/tokens.h"

namespace convoscope::widgets {

struct ThemeWishes {
    bool dark = true;
    bool high_contrast = false;      ///< text at least 7 : 1, borders at least 3 : 1
    bool colour_blind_safe = false;  ///< quantities and states in the colours of Okabe and Ito
};
[[nodiscard]] Theme theme_for(const ThemeWishes& wishes);

}  // namespace convoscope::widgets
