#include "web/widgets/navigation.h"

namespace convoscope::widgets {
namespace {

constexpr float kItemPitch = 60;
constexpr float kItemHeight = 54;
constexpr float kRoomsTop = 60;
constexpr float kNavIcon = 20;

bool rail_item(Ui& ui, const NavItem& item, Rect rect, bool current, bool label, float rail_x) {
    const Interaction act = interact(
        ui, {.id = item.id, .label = item.label, .role = Role::kTab, .selected = current}, rect);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    if (current) {
        canvas.fill(rect, theme.rail_current, radius::kSegment);
        canvas.fill({rail_x, rect.y + 15, 3, 24}, theme.t1, stroke::kSelect);
    } else if (act.hovered) {
        canvas.fill(rect, theme.bg2, radius::kSegment);
    }
    const Color ink = current ? theme.t1 : act.hovered ? theme.t2 : theme.t3;
    const float icon_y = label ? rect.y + 19 : rect.center_y();
    canvas.icon(item.icon, {rect.center_x(), icon_y}, kNavIcon, ink);
    if (label) {
        canvas.text(
            {rect.center_x(), rect.y + 41}, item.label, FontStyle::kMicro, ink, Align::kCenter);
    } else {
        tip_for(
            ui,
            act,
            {.title = {{item.label, FontStyle::kSmallM, theme.t1}}, .value = {}, .sentence = {}});
    }
    if (act.focused) {
        canvas.outline(rect.inset(-2), theme.t1, radius::kCard, stroke::kFocus);
    }
    return act.clicked;
}

}  // namespace

std::optional<int> nav_rail(Ui& ui,
                            std::span<const NavItem> rooms,
                            std::span<const NavItem> foot,
                            int current,
                            Rect rect,
                            bool labels) {
    Canvas canvas = ui.canvas();
    canvas.fill(rect, ui.theme->bg0);
    canvas.vertical(rect.right() - 1, rect.y, rect.bottom(), ui.theme->line1);
    constexpr float kLogo = 28;
    canvas.logo({rect.center_x() - kLogo / 2, rect.y + 10}, kLogo);
    std::optional<int> chosen;
    int index = 0;
    const auto place = [&](const NavItem& item, float y) {
        const Rect hit{rect.x + 6, y, rect.w - 12, kItemHeight};
        if (rail_item(ui, item, hit, index == current, labels, rect.x)) {
            chosen = index;
        }
        ++index;
    };
    float y = rect.y + kRoomsTop;
    for (const NavItem& item : rooms) {
        place(item, y);
        y += kItemPitch;
    }
    y = rect.bottom() - 4 - kItemPitch * static_cast<float>(foot.size());
    for (const NavItem& item : foot) {
        place(item, y);
        y += kItemPitch;
    }
    return chosen;
}

std::optional<int> bottom_tabs(Ui& ui, std::span<const NavItem> rooms, int current, Rect rect) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.fill(rect, theme.bg1);
    canvas.horizontal(rect.x, rect.right(), rect.y, theme.line1);
    std::optional<int> chosen;
    const float width = rooms.empty() ? 0 : rect.w / static_cast<float>(rooms.size());
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        const bool on = static_cast<int>(i) == current;
        const Rect hit{rect.x + width * static_cast<float>(i), rect.y + 2, width, 58};
        const Interaction act = interact(
            ui,
            {.id = rooms[i].id, .label = rooms[i].label, .role = Role::kTab, .selected = on},
            hit);
        const Color ink = on ? theme.t1 : theme.t3;
        const float cx = hit.center_x();
        const Rect pill{cx - 28, rect.y + 6, 56, 28};
        if (on || act.held) {
            canvas.fill(pill, theme.bg4, 14);
        }
        canvas.icon(rooms[i].icon, {cx, rect.y + 20}, kNavIcon, ink);
        canvas.text({cx, rect.y + 45}, rooms[i].label, FontStyle::kMicro, ink, Align::kCenter);
        if (act.focused) {
            canvas.focus_ring(pill, 14);
        }
        if (act.clicked) {
            chosen = static_cast<int>(i);
        }
    }
    return chosen;
}

void top_bar(Ui& ui, Rect rect) {
    Canvas canvas = ui.canvas();
    canvas.fill(rect, ui.theme->bg0);
    canvas.horizontal(rect.x, rect.right(), rect.bottom() - 1, ui.theme->line1);
}

float draw_headline(Ui& ui, Rect rect, std::string_view room, std::span<const Fact> facts) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const float cy = rect.center_y();
    float x = rect.x + space::k20;
    x += canvas.text({x, cy}, room, FontStyle::kLeadS, theme.t1) + 14;
    if (!facts.empty()) {
        canvas.vertical(x, cy - 8, cy + 8, theme.line2);
        x += 14;
    }
    for (const Fact& fact : facts) {
        if (fact.icon != Icon::kNone) {
            canvas.icon(fact.icon, {x + 8, cy}, 16, theme.t3, 1.4F);
            x += 22;
        }
        const bool plain = fact.color == Color{};
        x += canvas.text({x, cy}, fact.text, fact.style, plain ? theme.t2 : fact.color) + 12;
    }
    return x;
}

float phone_bar(Ui& ui, Rect rect, std::string_view room, std::string_view fact) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.fill(rect, theme.bg0);
    canvas.horizontal(rect.x, rect.right(), rect.bottom() - 1, theme.line1);
    canvas.logo({rect.x + 16, rect.y + 14}, 24);
    float x = rect.x + 52;
    x += canvas.text({x, rect.y + 26}, room, FontStyle::kLeadS, theme.t1) + 10;
    const float room_for_fact = rect.right() - x - 92;
    return x +
           canvas.clipped_text({x, rect.y + 26}, room_for_fact, fact, FontStyle::kBody, theme.t3);
}

}  // namespace convoscope::widgets
