#include "web/rooms/convolve/repair_card.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

#include "web/widgets/panel.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kMostWidth = 720;
constexpr float kButtonHeight = 62;
constexpr float kLine = 22;

/// The axis with the problem: what the kernel covers over what there is.
void draw_comparison(Context& context, Rect rect) {
    const model::Setup& setup = context.setup();
    if (context.arithmetic().problem_axis.empty()) {
        return;
    }
    const bool height = context.arithmetic().problem_axis == "height";
    const model::AxisSetup& axis = height ? setup.height : setup.width;
    const Index padded = axis.input + axis.padding_begin + axis.padding_end;
    const Index extent = axis.window().extent();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Index longest = std::max(padded, extent);
    const float unit = std::min(30.0F, std::floor((rect.w - 150) / static_cast<float>(longest)));
    const float side = std::min(unit - 2, 26.0F);
    const float x = rect.x + 130;
    canvas.text({rect.x, rect.y + 14}, "padded input", FontStyle::kSmallM, theme.input);
    for (Index i = 0; i < padded; ++i) {
        const bool pixel = i >= axis.padding_begin && i < axis.padding_begin + axis.input;
        const Rect cell{x + static_cast<float>(i) * unit, rect.y + 1, unit - 2, side};
        canvas.fill(
            cell,
            pixel ? tint(theme.input_fill, 0.45F, theme.bg1) : tint(theme.pad, 0.1F, theme.bg1),
            radius::kTile);
        if (!pixel) {
            canvas.hatch(cell, theme.pad.faded(0.5F));
        }
    }
    const float below = rect.y + 38;
    canvas.text({rect.x, below + 13}, "kernel covers", FontStyle::kSmallM, theme.kernel);
    for (Index i = 0; i < extent; ++i) {
        const bool tap = i % axis.dilation == 0;
        const Rect cell{x + static_cast<float>(i) * unit, below, unit - 2, side};
        if (tap) {
            canvas.fill(cell, tint(theme.kernel_fill, 0.75F, theme.bg1), radius::kTile);
        } else {
            canvas.dashed_outline(cell, tint(theme.kernel_fill, 0.5F, theme.bg1), 3, 3);
        }
        if (i >= padded) {
            canvas.outline(cell.inset(-2), theme.err, radius::kTile + 2, stroke::kFocus);
        }
    }
}

void draw_choice(Context& context, std::size_t number, Rect rect) {
    const model::Repair& repair = context.room().repairs()[number];
    const Theme& theme = context.theme();
    const std::string key = std::to_string(number + 1);
    const std::string id = "convolve.repair." + key;
    const Interaction act = interact(
        context.ui,
        {.id = id, .label = repair.label, .role = Role::kButton, .value = repair.outcome},
        rect,
        plain(context, "Change this alone: " + repair.label + ", then " + repair.outcome + "."));
    Canvas canvas = context.ui.canvas();
    canvas.box(rect,
               act.held      ? theme.bg4
               : act.hovered ? theme.bg3
                             : theme.bg2,
               act.hovered ? theme.line3 : theme.line2,
               radius::kSegment);
    canvas.key_cap({rect.x + 12, rect.center_y() - 10}, key);
    canvas.text({rect.x + 44, rect.y + 22}, repair.label, FontStyle::kStrong, theme.t1);
    canvas.text({rect.x + 44, rect.y + 42}, repair.outcome, FontStyle::kSmallM, theme.output);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kSegment);
    }
    const auto digit = static_cast<ImGuiKey>(ImGuiKey_1 + static_cast<int>(number));
    const bool typed = !ImGui::GetIO().WantTextInput && ImGui::IsKeyPressed(digit, false);
    if (act.clicked || typed) {
        context.commands.push(
            model::commands::with("convolve_repair", "repair", static_cast<double>(number)));
    }
}

}  // namespace

void draw_repair_card(Context& context, Rect area) {
    const Theme& theme = context.theme();
    const std::vector<model::Repair>& repairs = context.room().repairs();
    const bool narrow = area.w < 560;
    const float width = std::min(kMostWidth, area.w);
    const float choices =
        narrow ? (kButtonHeight + 8) * static_cast<float>(repairs.size()) : kButtonHeight;
    const float height = 24 + 2 * kLine + 16 + 76 + 12 + choices + 20;
    const Rect rect{
        area.center_x() - width / 2, area.y + std::max(0.0F, (area.h - height) / 2), width, height};
    Canvas canvas = context.ui.canvas();
    canvas.box(rect,
               tint(theme.err, theme.dark ? 0.05F : 0.03F, theme.bg1),
               tint(theme.err, 0.42F, theme.bg1),
               radius::kCard);
    Rect body = rect.inset(space::k20, 0);
    canvas.icon(Icon::kError, {body.x + 10, rect.y + 30}, 20, theme.err);
    const std::string& sentence = context.arithmetic().problem;
    canvas.paragraph(
        {body.x + 32, rect.y + 30}, body.w - 32, sentence, FontStyle::kLeadS, theme.t1, kLine);
    register_passive(
        context.ui,
        {.id = "convolve.problem", .label = "Impossible", .role = Role::kStatus, .value = sentence},
        {body.x, rect.y + 18, body.w, 2 * kLine});
    const float after = rect.y + 24 + 2 * kLine + 12;
    draw_comparison(context, {body.x, after, body.w, 76});
    Rect row{body.x, after + 92, body.w, choices};
    const float gap = space::k12;
    const auto count = static_cast<float>(std::max<std::size_t>(1, repairs.size()));
    const float each = (row.w - gap * (count - 1)) / count;
    for (std::size_t i = 0; i < repairs.size(); ++i) {
        draw_choice(context, i, narrow ? row.take_top(kButtonHeight, 8) : row.take_left(each, gap));
    }
}

}  // namespace convoscope::rooms::convolve
