#pragma once

#include <optional>
#include <string>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// A word that can be changed where it stands: pressed, it becomes a field.
struct TextFieldSpec {
    const char* id;
    std::string label;  ///< what it is, as a screen reader says it
    std::string text;
    FontStyle style = FontStyle::kStrong;
    Runs explanation = {};
};

/// Returns the new text when it was committed and is another.
[[nodiscard]] std::optional<std::string> text_field(Ui& ui, const TextFieldSpec& spec, Rect rect);

}  // namespace convoscope::widgets
