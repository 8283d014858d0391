#include "web/rooms/inspect/patch_rows.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Patch;

namespace {

constexpr float kRow = 40;
constexpr Index kMostRows = 16;

struct PatchRow {
    const Patch& patch;
    Index index = 0;
    PatchColours colours;
    double greatest = 0.0;
    bool opened = false;
};

void draw_row(Context& context, const PatchRow& shown, Rect row) {
    const Patch& patch = shown.patch;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::string id = "inspect.patch." + std::to_string(shown.index);
    const std::string name =
        "Channel " + std::to_string(patch.channel) + " of " + context.value_name(patch.value);
    const Interaction act =
        interact(context.ui,
                 {.id = id,
                  .label = name,
                  .role = Role::kRadio,
                  .value = signed_text(patch.sum),
                  .selected = shown.opened},
                 row,
                 {{name + " adds " + signed_text(patch.sum) + ". Click to see its products.",
                   FontStyle::kBody,
                   theme.t2}});
    if (act.clicked) {
        context.commands.push(model::commands::channel(shown.index));
    }
    if (shown.opened || act.hovered) {
        canvas.fill(
            row.inset(-space::k8, 1), shown.opened ? theme.bg3 : theme.bg2, radius::kSegment);
    }
    if (act.focused) {
        canvas.focus_ring(row, radius::kSegment);
    }
    const float y = row.center_y();
    canvas.text({row.x, y}, std::to_string(patch.channel), FontStyle::kM12, theme.t2);
    const float side = row.h - space::k8;
    float x = row.x + space::k24;
    draw_patch_inputs(context, patch, shown.colours, {x, y - side / 2, side, side});
    x += side + space::k8;
    if (!patch.weights.empty()) {
        draw_patch_weights(context, patch, shown.colours, {x, y - side / 2, side, side});
        x += side + space::k12;
    }
    constexpr float kNumber = 64;
    draw_bar(context, {x, y - 5, row.right() - kNumber - x, 10}, patch.sum, shown.greatest);
    canvas.text({row.right(), y}, signed_text(patch.sum), FontStyle::kM12, theme.t1, Align::kRight);
}

float draw_rest(Context& context,
                const std::vector<Patch>& patches,
                const std::vector<Index>& shown,
                Rect where) {
    double rest = 0.0;
    for (const Patch& patch : patches) {
        rest += patch.sum;
    }
    for (const Index i : shown) {
        rest -= patches[at(i)].sum;
    }
    Canvas canvas = context.ui.canvas();
    const float y = where.y + space::k12;
    canvas.text({where.x, y},
                "the other " + std::to_string(patches.size() - shown.size()) + " together",
                FontStyle::kSmall,
                context.theme().t2);
    canvas.text(
        {where.right(), y}, signed_text(rest), FontStyle::kM12, context.theme().t1, Align::kRight);
    return kTotal;
}

}  // namespace

void draw_bar(Context& context, Rect track, double value, double greatest) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.fill(track, theme.bg3, radius::kTick);
    const float half = track.w / 2;
    const auto share = static_cast<float>(greatest > 0.0 ? std::abs(value) / greatest : 0.0);
    const float width = half * share;
    canvas.fill(
        {value < 0.0 ? track.center_x() - width : track.center_x(), track.y, width, track.h},
        value < 0.0 ? theme.diverging.front() : theme.diverging[8],
        radius::kTick);
    canvas.vertical(track.center_x(), track.y - 2, track.bottom() + 2, theme.t3);
}

std::string signed_text(double value, int digits) {
    const std::string text = significant_text(value, digits);
    return value > 0.0 ? "+" + text : text;
}

float draw_patch_rows(Context& context,
                      const std::vector<Patch>& patches,
                      bool gradients,
                      Rect where) {
    const auto count = std::ssize(patches);
    std::vector<Index> order(patches.size());
    std::iota(order.begin(), order.end(), Index{0});
    const bool many = count > kMostRows;
    if (many) {
        std::ranges::stable_sort(
            order, std::greater(), [&](Index i) { return std::abs(patches[at(i)].sum); });
        order.resize(kMostRows);
    }
    const double greatest = greatest_magnitude(patches, &Patch::sum);
    section_head(context.ui,
                 where.x,
                 where.y + space::k8,
                 where.w,
                 many ? "The " + std::to_string(kMostRows) + " that count most"
                      : "All " + std::to_string(count) + " channels",
                 many        ? "of " + std::to_string(count)
                 : gradients ? "error · weight"
                             : "patch · kernel");
    float y = where.y + space::k24;
    const Index opened = context.room().opened_patch(patches);
    for (const Index i : order) {
        draw_row(context,
                 {.patch = patches[at(i)],
                  .index = i,
                  .colours = colours_of(context, patches, patches[at(i)], gradients),
                  .greatest = greatest,
                  .opened = i == opened},
                 {where.x, y, where.w, kRow});
        y += kRow;
    }
    if (many) {
        y += draw_rest(context, patches, order, {where.x, y, where.w, kTotal});
    }
    return y - where.y + space::k8;
}

void draw_opened_head(Context& context, const char* name, Rect row) {
    section_head(context.ui, row.x, row.y + space::k8, row.w, name);
    if (!context.room().pinned) {
        context.ui.canvas().text({row.right(), row.y + space::k8},
                                 "the strongest",
                                 FontStyle::kSmall,
                                 context.theme().t3,
                                 Align::kRight);
        return;
    }
    const Rect corner{
        row.right() - space::kButton, row.y - space::k8, space::kButton, space::kButton};
    if (icon_button(context.ui,
                    {.id = "inspect.unpin",
                     .label = "Let go of it",
                     .icon = Icon::kPin,
                     .active = true,
                     .shortcut = "Esc"},
                    corner)) {
        context.commands.push(model::commands::pin({}, {}));
    }
}

void draw_total(Context& context, Rect row, const Total& total) {
    Canvas canvas = context.ui.canvas();
    canvas.text({row.x, row.center_y()}, total.name, FontStyle::kBody, context.theme().t2);
    canvas.text({row.right(), row.center_y()},
                significant_text(total.value, total.digits),
                total.large ? FontStyle::kM18 : FontStyle::kM15,
                total.color,
                Align::kRight);
}

void draw_step(Context& context, Rect row, const StepBox& step) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Color fill = fill_of(theme, step.quantity);
    const Rect box = row.inset(-space::k8, 0);
    canvas.box(box,
               step.last ? tint(fill, 0.16F, theme.bg1) : theme.bg2,
               step.last ? fill : theme.line2,
               radius::kCard);
    const std::string value = significant_text(step.after, 4);
    const FontStyle style = step.last ? FontStyle::kM24 : FontStyle::kM15;
    const float room = box.w - 3 * space::k12 - canvas.width(value, style);
    const float name = canvas.width(step.layer + "  ", FontStyle::kSmallS);
    canvas.text({box.x + space::k12, box.center_y()}, step.layer, FontStyle::kSmallS, theme.t1);
    canvas.clipped_text({box.x + space::k12 + name, box.center_y()},
                        room - name,
                        true_minus(step.formula),
                        FontStyle::kM12,
                        theme.t2);
    canvas.text({box.right() - space::k12, box.center_y()},
                value,
                style,
                step.last ? ink_of(theme, step.quantity) : theme.t1,
                Align::kRight);
}

}  // namespace convoscope::rooms::inspect
