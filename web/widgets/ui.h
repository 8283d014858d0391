#pragma once

#include <array>
#include <string>

#include "web/widgets/animation.h"
#include "web/widgets/canvas.h"
#include "web/widgets/fonts.h"
#include "web/widgets/item_registry.h"
#include "web/widgets/text_run.h"
#include "web/widgets/tokens.h"

namespace convoscope::widgets {

/// The one numeric field that is open for typing, and what stands in it.
struct FieldEdit {
    std::string id;
    std::array<char, 32> text{};
    bool opening = false;
    bool drawn = false;  ///< in this frame; a field that is not drawn any more closes
};

/// What every widget of a frame needs to know; made once by the app, passed everywhere.
struct Ui {
    const Theme* theme = &kDark;
    Fonts fonts;
    ItemRegistry items;
    Animations animations;
    double time_s = 0;
    bool coarse_pointer = false;  ///< a finger: targets grow to 44 px
    bool reduced_motion = false;
    float pinch = 1;        ///< how far two fingers spread in this frame, as a factor
    Runs explanation;       ///< what the hovered thing says, for the explain line
    Runs last_explanation;  ///< of the frame before, for a line that is drawn early
    Item menu_item;         ///< what was held, or clicked with the right button, and has a value
    Point menu_at;
    bool menu_asked = false;
    FieldEdit edit;  ///< the numeric field that is being typed into

    /// After ImGui::NewFrame.
    void begin_frame(float elapsed_s);

    [[nodiscard]] Canvas canvas() const;             ///< of the current window
    [[nodiscard]] Canvas foreground_canvas() const;  ///< above everything
    [[nodiscard]] bool animating() const { return animations.moving(); }
};

/// What the reader did to a widget in this frame.
struct Interaction {
    bool clicked = false;  ///< pointer released on it, Enter or space, or by the mirror
    bool double_clicked = false;
    bool hovered = false;
    bool held = false;
    bool focused = false;  ///< and the focus is to be shown
    bool right_clicked = false;
};

/// An invisible item over `rect` that is registered as `item`; the caller draws, also the ring of
/// the focus, except around text. Hovering shows `explanation` in the explain line.
Interaction interact(Ui& ui, Item item, Rect rect, const Runs& explanation = {});

/// Registers something that is only looked at: a picture, a chart, a status.
void register_passive(Ui& ui, Item item, Rect rect);

/// After a widget: a tip with a title, a large value and one sentence, once the pointer has stayed
/// over it for the design's delay.
struct Tip {
    Runs title;
    Run value;
    std::string sentence;
};
void tip_for(Ui& ui, const Interaction& interaction, const Tip& tip);

}  // namespace convoscope::widgets
