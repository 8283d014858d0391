#include "web/app/welcome.h"

#include <string>

#include "web/models/boot_options.h"
#include "web/models/room_commands.h"
#include "web/widgets/popover.h"

namespace convoscope::app {

using namespace widgets;

namespace {

constexpr float kWidth = 520;
constexpr float kRow = 80;
constexpr float kNarrowRow = 96;
constexpr float kIcon = 56;
constexpr float kLine = 18;
constexpr float kFoot = 28;

const char* purpose_of(models::Room room) {
    switch (room) {
        case models::Room::convolve:
            return "Step through a convolution cell by cell, and see every number that goes into "
                   "the next one.";
        case models::Room::train:
            return "Train a network on handwritten digits, here and now: 99 of 100 are read after "
                   "less than a minute.";
        case models::Room::inspect:
            return "Draw a digit, and open any neuron down to the sum that made its number.";
    }
    return "";
}

/// Returns true when it was chosen.
bool draw_choice(Ui& ui, const RoomEntry& entry, Rect row) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    const char* purpose = purpose_of(entry.room);
    const std::string id = std::string(kWelcomePopover) + "." + entry.item.id;
    const Interaction act = interact(
        ui, {.id = id, .label = entry.item.label + ": " + purpose, .role = Role::kButton}, row);
    canvas.box(row,
               act.hovered || act.held ? theme.bg4 : theme.bg2,
               act.hovered ? theme.line3 : theme.line1,
               radius::kCard);
    Rect inside = row.inset(0, space::k12);
    const Rect icon = inside.take_left(kIcon);
    canvas.icon(entry.item.icon, icon.center(), 24, theme.t1);
    const Rect arrow = inside.take_right(space::k32);
    canvas.icon(Icon::kChevronRight, arrow.center(), 18, theme.t2);
    const std::vector<std::string_view> lines =
        canvas.lines_of(purpose, FontStyle::kSmall, inside.w);
    const float height = kLine * static_cast<float>(lines.size() + 1);
    const float top = row.center_y() - height / 2 + kLine / 2;
    canvas.text({inside.x, top - 1}, entry.item.label, FontStyle::kLeadS, theme.t1);
    canvas.paragraph(
        {inside.x, top + kLine}, inside.w, purpose, FontStyle::kSmall, theme.t2, kLine);
    if (act.focused) {
        canvas.focus_ring(row, radius::kCard);
    }
    return act.clicked;
}

}  // namespace

bool is_first_visit(std::string_view boot_options) {
    const auto has = [&](const char* member) {
        return !models::command_text(boot_options, member).empty();
    };
    return !has("hash") && !has("last");
}

void draw_welcome(const rooms::RoomFrame& frame, const RoomTable& rooms) {
    const bool narrow = frame.page_width < breakpoint::kPhone;
    const float height = narrow ? kNarrowRow : kRow;
    const auto count = static_cast<float>(rooms.entries().size());
    const PopoverSpec spec{.id = kWelcomePopover,
                           .title = "See inside convolutional networks",
                           .anchor = {},
                           .width = kWidth,
                           .height = count * (height + space::k8) + kFoot};
    const PopoverArea popover = begin_popover(frame.ui, spec);
    if (!popover) {
        return;
    }
    Rect area = popover.content;
    for (const RoomEntry& entry : rooms.entries()) {
        if (draw_choice(frame.ui, entry, area.take_top(height, space::k8))) {
            frame.commands.push(models::commands::open_room(entry.room));
            close_popover();
        }
    }
    frame.ui.canvas().text({area.x, area.y + space::k12},
                           "All of it runs in this tab. Nothing is uploaded.",
                           FontStyle::kSmall,
                           frame.ui.theme->t3);
    end_popover(spec);
}

}  // namespace convoscope::app
