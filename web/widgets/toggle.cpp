#include "web/widgets/toggle.h"

namespace convoscope::widgets {
namespace {

constexpr float kLabelGap = 10;

Interaction act_of(Ui& ui, const ToggleSpec& spec, Rect row, Role role) {
    return interact(ui,
                    {.id = spec.id,
                     .label = spec.label,
                     .role = role,
                     .value = spec.on ? "on" : "off",
                     .disabled = spec.disabled,
                     .selected = spec.on},
                    row,
                    spec.explanation);
}

void draw_label(Ui& ui, const ToggleSpec& spec, Rect row, float mark_width) {
    ui.canvas().text({row.x + mark_width + kLabelGap, row.center_y()},
                     spec.label,
                     FontStyle::kBody,
                     spec.disabled ? ui.theme->t3 : ui.theme->t2);
}

}  // namespace

float toggle_width(Ui& ui, const std::string& label) {
    return space::kToggleWidth + kLabelGap + ui.canvas().width(label, FontStyle::kBody);
}

bool toggle(Ui& ui, const ToggleSpec& spec, Rect row) {
    const Interaction act = act_of(ui, spec, row, Role::kToggle);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const Rect body{row.x,
                    row.center_y() - space::kToggleHeight / 2,
                    space::kToggleWidth,
                    space::kToggleHeight};
    const float way =
        ui.animations.toward(spec.id, spec.on ? 1.0F : 0.0F, motion::kToggle, motion::move);
    const float round = space::kToggleHeight / 2;
    const Color on_ground = spec.disabled ? theme.line3 : theme.t1;
    canvas.fill(body, mix(theme.bg4, on_ground, way), round);
    if (!spec.on) {
        canvas.outline(body, theme.line3, round);
    }
    canvas.disc({body.x + 9 + 14 * way, body.center_y()}, 6, mix(theme.t3, theme.bg1, way));
    draw_label(ui, spec, row, space::kToggleWidth);
    if (act.focused) {
        canvas.focus_ring(body, round);
    }
    return act.clicked;
}

bool check_box(Ui& ui, const ToggleSpec& spec, Rect row) {
    const Interaction act = act_of(ui, spec, row, Role::kToggle);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const Rect box{row.x, row.center_y() - space::kCheck / 2, space::kCheck, space::kCheck};
    if (spec.on) {
        canvas.fill(box, spec.disabled ? theme.line3 : theme.primary, radius::kTile);
        canvas.icon(Icon::kCheck, box.center(), 14, theme.on_primary, 2);
    } else {
        canvas.outline(box, act.hovered ? theme.t3 : theme.line3, radius::kTile, stroke::kSelect);
    }
    draw_label(ui, spec, row, space::kCheck);
    if (act.focused) {
        canvas.focus_ring(box, radius::kTile);
    }
    return act.clicked;
}

bool radio(Ui& ui, const ToggleSpec& spec, Rect row) {
    const Interaction act = act_of(ui, spec, row, Role::kRadio);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const Point center{row.x + 8, row.center_y()};
    canvas.ring(center, 7.2F, spec.on ? theme.t1 : theme.line3, 1.6F);
    if (spec.on) {
        canvas.disc(center, 4, theme.t1);
    }
    draw_label(ui, spec, row, space::kCheck);
    if (act.focused) {
        canvas.focus_ring({center.x - 8, center.y - 8, 16, 16}, 8);
    }
    return act.clicked;
}

}  // namespace convoscope::widgets
