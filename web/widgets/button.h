#pragma once

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class ButtonKind { kNormal, kPrimary, kGhost };

struct ButtonSpec {
    const char* id;
    std::string label;
    Icon icon = Icon::kNone;
    ButtonKind kind = ButtonKind::kNormal;
    bool disabled = false;
    bool active = false;  ///< drawn on the selected ground
    Runs explanation = {};
};

/// Width that fits the label: + 24, + 44 with an icon.
[[nodiscard]] float button_width(const Ui& ui, std::string_view label, bool with_icon);

/// Returns true when it was clicked.
[[nodiscard]] bool button(Ui& ui, const ButtonSpec& spec, Rect rect);

struct IconButtonSpec {
    const char* id;
    std::string label;  ///< also its tip
    Icon icon;
    bool active = false;
    bool outlined = false;
    bool disabled = false;
    std::string shortcut = {};  ///< shown as a key in the tip
};

/// A square with an icon of 18; its tip says the label.
[[nodiscard]] bool icon_button(Ui& ui, const IconButtonSpec& spec, Rect rect);

/// The 40 px disc that plays and pauses.
[[nodiscard]] bool disc_button(Ui& ui, const IconButtonSpec& spec, Point center);

}  // namespace convoscope::widgets
