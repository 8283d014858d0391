#include "web/app/share_popover.h"

#include <string>

#include "web/widgets/button.h"
#include "web/widgets/panel.h"
#include "web/widgets/popover.h"
#include "web/widgets/text_box.h"
#include "web/widgets/toggle.h"

namespace convoscope::app {

using namespace widgets;

namespace {

constexpr float kBox = 44;
constexpr float kTallBox = 78;
constexpr float kRow = 32;

bool copy_row(Ui& ui, const TextBoxSpec& box, float height, const char* id, Rect& area) {
    text_box(ui, box, area.take_top(height, space::k8));
    const std::string label = "Copy " + box.label;
    const float width = button_width(ui, label, true);
    return button(ui,
                  {.id = id, .label = label, .icon = Icon::kLink},
                  area.take_top(space::kButton, space::k20).take_left(width));
}

void draw_parts(Ui& ui,
                models::HiddenParts& hidden,
                std::span<const rooms::HideablePart> parts,
                Rect area) {
    const float half = area.w / 2;
    Rect row;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i % 2 == 0) {
            row = area.take_top(kRow);
        }
        const std::string id = std::string("share.show.") + parts[i].name;
        const bool shown = !hidden.has(parts[i].name);
        if (check_box(ui,
                      {.id = id.c_str(), .label = parts[i].label, .on = shown},
                      row.take_left(half))) {
            hidden.set(parts[i].name, shown);
        }
    }
}

}  // namespace

std::optional<ShareAct> draw_share_popover(Ui& ui,
                                           Sharing& sharing,
                                           std::span<const rooms::HideablePart> parts,
                                           Rect anchor) {
    const float rows = static_cast<float>((parts.size() + 1) / 2) * kRow;
    const PopoverSpec spec{.id = kSharePopover,
                           .title = "Share",
                           .anchor = anchor,
                           .width = 420,
                           .height = kBox + kTallBox +
                                     2 * (space::kButton + space::k8 + space::k20) + space::k24 +
                                     space::k16 + rows};
    const PopoverArea popover = begin_popover(ui, spec);
    if (!popover) {
        return std::nullopt;
    }
    std::optional<ShareAct> act;
    Rect area = popover.content;
    if (copy_row(ui,
                 {.id = "share.link", .label = "link", .text = sharing.link},
                 kBox,
                 "share.copy_link",
                 area)) {
        act = ShareAct::copy_link;
    }
    if (!parts.empty()) {
        section_head(ui, area.x, area.y + space::k8, area.w, "Shown", "in link and frame");
        area.take_top(space::k24);
        draw_parts(ui, sharing.hidden, parts, area.take_top(rows, space::k16));
    }
    if (copy_row(ui,
                 {.id = "share.embed", .label = "code for a course page", .text = sharing.embed},
                 kTallBox,
                 "share.copy_embed",
                 area)) {
        act = ShareAct::copy_embed;
    }
    end_popover(spec);
    return act;
}

}  // namespace convoscope::app
