#include "web/rooms/convolve/repair_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <imgui.h>

#include "web/models/convolve/problem.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kMostWidth = 720;
constexpr float kButtonHeight = 62;
constexpr float kLine = 22;

/// So many cells of the problem's picture.
struct Strip {
    const char* name = "";
    Index count = 0;
    Quantity quantity = Quantity::kInput;
    Index red_from = 0;        ///< from here on there are too many
    Index padding_before = 0;  ///< of the cells, those that are padding
    Index padding_from = 0;    ///< likewise at the end
    Index tap_every = 1;       ///< a cell, and what it leaves out
};

Strip plain_strip(const char* name, Index count, Quantity quantity, Index red_from) {
    return {.name = name,
            .count = count,
            .quantity = quantity,
            .red_from = red_from,
            .padding_from = count};
}

/// What there is, and what is asked of it.
std::array<Strip, 2> strips_of(const model::Setup& setup,
                               const model::Arithmetic& arithmetic,
                               model::Parameter culprit) {
    if (culprit == model::Parameter::groups) {
        const bool channels = setup.input_channels % setup.groups != 0;
        const Index count = channels ? setup.input_channels : setup.output_channels;
        return {plain_strip(channels ? "channels" : "filters",
                            count,
                            channels ? Quantity::kInput : Quantity::kOutput,
                            count - count % setup.groups),
                plain_strip("groups", setup.groups, Quantity::kKernel, setup.groups)};
    }
    const model::AxisSetup& axis = arithmetic.problem_axis == "height" ? setup.height : setup.width;
    const Index extent = axis.window().extent();
    if (culprit == model::Parameter::output_padding) {
        const Index most = std::max(axis.stride, axis.dilation) - 1;
        return {plain_strip("at most", most, Quantity::kInput, most),
                plain_strip("added", axis.output_padding, Quantity::kKernel, most)};
    }
    if (setup.operation == model::Operation::transposed) {
        const Index output = (axis.input - 1) * axis.stride + extent + axis.output_padding;
        const Index cut = 2 * axis.padding_begin;
        return {plain_strip("uncut output", output, Quantity::kOutput, output),
                plain_strip("padding cuts", cut, Quantity::kKernel, output)};
    }
    if (culprit == model::Parameter::padding) {
        const bool pooling = is_pooling(setup.operation);
        const bool mirrors = !pooling && setup.padding_mode == PaddingMode::reflect;
        const Index most = pooling ? axis.kernel / 2 : axis.input - (mirrors ? 1 : 0);
        const Index padding = std::max(axis.padding_begin, axis.padding_end);
        return {plain_strip(pooling ? "half a window" : "at most", most, Quantity::kInput, most),
                plain_strip("padding", padding, Quantity::kKernel, most)};
    }
    const Index padded = axis.input + axis.padding_begin + axis.padding_end;
    return {Strip{.name = "padded input",
                  .count = padded,
                  .red_from = padded,
                  .padding_before = axis.padding_begin,
                  .padding_from = padded - axis.padding_end},
            Strip{.name = "kernel covers",
                  .count = extent,
                  .quantity = Quantity::kKernel,
                  .red_from = padded,
                  .padding_from = extent,
                  .tap_every = axis.dilation}};
}

void draw_strip(Context& context, const Strip& strip, Point at, float unit) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float side = std::clamp(unit - 2, 1.0F, 26.0F);
    const Color fill = fill_of(theme, strip.quantity);
    const float share = strip.quantity == Quantity::kKernel ? 0.75F : 0.45F;
    canvas.text({at.x, at.y + 13}, strip.name, FontStyle::kSmallM, ink_of(theme, strip.quantity));
    for (Index i = 0; i < strip.count; ++i) {
        const bool padding = i < strip.padding_before || i >= strip.padding_from;
        const Rect cell{at.x + 130 + static_cast<float>(i) * unit, at.y, side, side};
        if (i % strip.tap_every != 0) {
            canvas.dashed_outline(cell, tint(fill, 0.5F, theme.bg1), 3, 3);
        } else {
            canvas.fill(cell,
                        padding ? tint(theme.pad, 0.1F, theme.bg1) : tint(fill, share, theme.bg1),
                        radius::kTile);
        }
        if (padding) {
            canvas.hatch(cell, theme.pad.faded(0.5F));
        }
        if (i >= strip.red_from) {
            canvas.outline(cell.inset(-2), theme.err, radius::kTile + 2, stroke::kFocus);
        }
    }
}

/// What is asked for over what there is.
void draw_comparison(Context& context, Rect rect) {
    const std::optional<model::Parameter> culprit =
        model::culprit_of(context.setup(), context.arithmetic());
    if (!culprit) {
        return;
    }
    const std::array<Strip, 2> strips = strips_of(context.setup(), context.arithmetic(), *culprit);
    const Index longest = std::max<Index>({1, strips[0].count, strips[1].count});
    const float fitting = (rect.w - 150) / static_cast<float>(longest);
    const float unit = std::min(fitting < 3 ? fitting : std::floor(fitting), 30.0F);
    draw_strip(context, strips[0], {rect.x, rect.y + 1}, unit);
    draw_strip(context, strips[1], {rect.x, rect.y + 38}, unit);
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
