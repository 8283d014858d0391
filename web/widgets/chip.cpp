#include "web/widgets/chip.h"

namespace convoscope::widgets {
namespace {

constexpr float kBorderTint = 0.42F;

bool has_mark(const ChipSpec& spec) {
    return spec.icon != Icon::kNone || spec.quantity != Quantity::kNone;
}

Color color_of_chip(const Theme& theme, const ChipSpec& spec) {
    return spec.quantity != Quantity::kNone ? ink_of(theme, spec.quantity)
                                            : color_of(theme, spec.status);
}

}  // namespace

Color color_of(const Theme& theme, Status status) {
    switch (status) {
        case Status::kNeutral:
            return theme.t2;
        case Status::kOk:
            return theme.ok;
        case Status::kWarn:
            return theme.warn;
        case Status::kError:
            return theme.err;
    }
    return theme.t2;
}

float chip_width(const Ui& ui, const ChipSpec& spec) {
    return ui.fonts.width(FontStyle::kSmallM, spec.label) + (has_mark(spec) ? 34.0F : 20.0F);
}

ChipResult chip(Ui& ui, const ChipSpec& spec, Point at, Color ground) {
    const Theme& theme = *ui.theme;
    const Color color = color_of_chip(theme, spec);
    const Rect rect{at.x, at.y, chip_width(ui, spec), space::kChip};
    Interaction act;
    if (spec.id != nullptr) {
        act = interact(ui,
                       {.id = spec.id, .label = spec.label, .role = Role::kButton},
                       rect,
                       spec.explanation);
    }
    Canvas canvas = ui.canvas();
    const float amount = theme.chip_tint * (act.hovered ? 1.8F : 1.0F);
    canvas.box(rect, tint(color, amount, ground), tint(color, kBorderTint, ground), radius::kPill);
    if (spec.icon != Icon::kNone) {
        canvas.icon(spec.icon, {rect.x + 15, rect.center_y()}, 14, color);
    } else if (spec.quantity != Quantity::kNone) {
        canvas.glyph(spec.quantity, {rect.x + 15, rect.center_y()}, 8, color);
    }
    canvas.text({rect.x + (has_mark(spec) ? 26.0F : 10.0F), rect.center_y()},
                spec.label,
                FontStyle::kSmallM,
                color);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kPill);
    }
    return {rect.w, act.clicked};
}

ChipResult engine_pill(Ui& ui, const PillSpec& spec, Point right_center) {
    const Theme& theme = *ui.theme;
    const float height = space::kEnginePill;
    const float offline = spec.offline ? 20.0F : 0.0F;
    const float text = spec.compact ? 0 : ui.fonts.width(FontStyle::kM11, spec.text) + 14;
    const float width = height + text + offline;
    const Rect rect{right_center.x - width, right_center.y - height / 2, width, height};
    const std::string value = spec.offline ? spec.text + ", no network" : spec.text;
    const Interaction act =
        interact(ui,
                 {.id = spec.id, .label = spec.text, .role = Role::kStatus, .value = value},
                 rect,
                 spec.explanation);
    if (spec.compact) {
        tip_for(ui,
                act,
                {.title = {{value, FontStyle::kSmallM, theme.t1}}, .value = {}, .sentence = {}});
    }
    Canvas canvas = ui.canvas();
    if (act.hovered) {
        canvas.fill(rect, theme.bg2, height / 2);
    }
    canvas.outline(rect, theme.line2, height / 2);
    canvas.disc({rect.x + (spec.compact ? 13.0F : 15.0F), rect.center_y()},
                3.5F,
                color_of(theme, spec.status));
    if (!spec.compact) {
        canvas.text({rect.x + 26, rect.center_y()}, spec.text, FontStyle::kM11, theme.t2);
    }
    if (spec.offline) {
        canvas.icon(Icon::kOffline, {rect.right() - 17, rect.center_y()}, 14, theme.t3);
    }
    if (act.focused) {
        canvas.focus_ring(rect, height / 2);
    }
    return {width, act.clicked};
}

}  // namespace convoscope::widgets
