#pragma once

#include <string>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// Text to be read and taken along: as many lines as fit, the rest cut with an ellipsis.
struct TextBoxSpec {
    const char* id;
    std::string label;
    std::string text;
};
void text_box(Ui& ui, const TextBoxSpec& spec, Rect rect);

}  // namespace convoscope::widgets
