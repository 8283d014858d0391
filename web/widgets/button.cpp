#include "web/widgets/button.h"

namespace convoscope::widgets {
namespace {

constexpr float kIconInButton = 16;
constexpr float kToolIcon = 18;

/// From rest to hovered to pressed.
Color ground_of(Ui& ui, const ButtonSpec& spec, const Interaction& act) {
    const Theme& theme = *ui.theme;
    const bool primary = spec.kind == ButtonKind::kPrimary;
    if (spec.disabled) {
        return primary ? theme.bg4 : theme.bg1;
    }
    const float hover = ui.animations.toward(
        std::string(spec.id) + ".hover", act.hovered ? 1.0F : 0.0F, motion::kHover, motion::enter);
    const float press = ui.animations.toward(
        std::string(spec.id) + ".press", act.held ? 1.0F : 0.0F, motion::kPress, motion::enter);
    if (primary) {
        return mix(theme.primary, theme.bg0, 0.12F * hover + 0.08F * press);
    }
    const Color rest = spec.active ? theme.bg4 : theme.bg2;
    return mix(mix(rest, spec.active ? theme.bg4 : theme.bg3, hover), theme.bg4, press);
}

Item item_of(const IconButtonSpec& spec) {
    return {.id = spec.id,
            .label = spec.label,
            .role = Role::kButton,
            .disabled = spec.disabled,
            .selected = spec.active};
}

void icon_tip(Ui& ui, const Interaction& act, const IconButtonSpec& spec) {
    Runs title = {{spec.label, FontStyle::kSmallM, ui.theme->t1}};
    if (!spec.shortcut.empty()) {
        title.push_back({"   " + spec.shortcut, FontStyle::kM11, ui.theme->t2});
    }
    tip_for(ui, act, {.title = title, .value = {}, .sentence = {}});
}

}  // namespace

float button_width(const Ui& ui, std::string_view label, bool with_icon) {
    return ui.fonts.width(FontStyle::kMed, label) + (with_icon ? 44.0F : 24.0F);
}

bool button(Ui& ui, const ButtonSpec& spec, Rect rect) {
    const Interaction act = interact(ui,
                                     {.id = spec.id,
                                      .label = spec.label,
                                      .role = Role::kButton,
                                      .disabled = spec.disabled,
                                      .selected = spec.active},
                                     rect,
                                     spec.explanation);
    const Theme& theme = *ui.theme;
    const bool primary = spec.kind == ButtonKind::kPrimary;
    const Color ground = ground_of(ui, spec, act);
    Canvas canvas = ui.canvas();
    if (spec.kind != ButtonKind::kGhost || act.hovered || act.held) {
        canvas.fill(rect, ground, radius::kControl);
    }
    if (spec.kind == ButtonKind::kNormal) {
        canvas.outline(rect, theme.line2, radius::kControl);
    }
    Color ink = primary ? theme.on_primary : theme.t1;
    if (spec.disabled) {
        ink = theme.t3;
    }
    const FontStyle style = primary ? FontStyle::kStrong : FontStyle::kMed;
    const bool with_icon = spec.icon != Icon::kNone;
    const float content = canvas.width(spec.label, style) + (with_icon ? 22.0F : 0.0F);
    float x = rect.center_x() - content / 2;
    if (with_icon) {
        canvas.icon(spec.icon, {x + kIconInButton / 2, rect.center_y()}, kIconInButton, ink);
        x += 22;
    }
    canvas.text({x, rect.center_y()}, spec.label, style, ink);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kControl);
    }
    return act.clicked;
}

bool icon_button(Ui& ui, const IconButtonSpec& spec, Rect rect) {
    const Interaction act = interact(ui, item_of(spec), rect);
    icon_tip(ui, act, spec);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    if (!spec.disabled && (spec.active || act.hovered)) {
        canvas.fill(rect, act.held ? theme.bg4 : theme.bg3, radius::kControl);
    }
    if (spec.outlined) {
        canvas.outline(rect, theme.line2, radius::kControl);
    }
    Color ink = spec.active || act.hovered ? theme.t1 : theme.t2;
    if (spec.disabled) {
        ink = theme.line3;
    }
    canvas.icon(spec.icon, rect.center(), kToolIcon, ink);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kControl);
    }
    return act.clicked;
}

bool disc_button(Ui& ui, const IconButtonSpec& spec, Point center) {
    constexpr float kRadius = 20;
    const Rect rect{center.x - kRadius, center.y - kRadius, 2 * kRadius, 2 * kRadius};
    const Interaction act = interact(ui, item_of(spec), rect);
    icon_tip(ui, act, spec);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const float darker = act.held ? 0.2F : act.hovered ? 0.12F : 0.0F;
    canvas.disc(center, kRadius, spec.disabled ? theme.bg4 : mix(theme.primary, theme.bg0, darker));
    canvas.icon(spec.icon,
                {center.x + (spec.icon == Icon::kPlay ? 1.0F : 0.0F), center.y},
                20,
                spec.disabled ? theme.t3 : theme.on_primary);
    if (act.focused) {
        canvas.focus_ring(rect, kRadius);
    }
    return act.clicked;
}

}  // namespace convoscope::widgets
