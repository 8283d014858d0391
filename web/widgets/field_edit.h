#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

// The one field of the page that is open for typing, as fields of numbers and of words share it.

/// Opens the field of this id with a text in it, cut to what fits.
void open_edit(Ui& ui, const char* id, std::string_view text);

/// Draws the open field's text and caret. Returns what was typed when it is committed, by Enter or
/// by leaving; closes it then, or on Escape.
[[nodiscard]] std::optional<std::string> edit_text(Ui& ui, FontStyle style, Rect rect);

}  // namespace convoscope::widgets
