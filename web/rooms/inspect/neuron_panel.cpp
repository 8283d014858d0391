#include "web/rooms/inspect/neuron_panel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Neuron;
using model::Patch;
using model::Rule;

namespace {

constexpr float kHead = 48;
constexpr float kGridSide = 150;
constexpr float kRow = 40;
constexpr float kTotal = 24;
constexpr float kStep = 46;
constexpr Index kMostRows = 16;

std::string signed_text(double value) {
    const std::string text = significant_text(value, 3);
    return value > 0.0 ? "+" + text : text;
}

void draw_head(Context& context, Rect row) {
    const Neuron& neuron = *context.neuron;
    const Theme& theme = context.theme();
    section_head(context.ui, row.x, row.y + space::k8, row.w, "Inside one neuron");
    Canvas canvas = context.ui.canvas();
    const bool pinned = context.room().pinned.has_value();
    if (pinned) {
        Rect corner{
            row.right() - space::kButton, row.y - space::k8, space::kButton, space::kButton};
        if (icon_button(context.ui,
                        {.id = "inspect.unpin",
                         .label = "Let go of this neuron",
                         .icon = Icon::kPin,
                         .active = true,
                         .shortcut = "Esc"},
                        corner)) {
            context.commands.push(model::commands::pin({}, {}));
        }
    } else {
        canvas.text({row.right(), row.y + space::k8},
                    "the strongest",
                    FontStyle::kSmall,
                    theme.t3,
                    Align::kRight);
    }
    const bool flat = context.pictures.stages()[at(neuron.stage)].shape.flat;
    canvas.text({row.x, row.y + 34},
                Runs{{context.stage_name(neuron.stage) + "  ", FontStyle::kM13, theme.t1},
                     {place_text(neuron.place, flat), FontStyle::kBody, theme.t2}});
    register_passive(context.ui,
                     {.id = "inspect.neuron",
                      .label = "Opened neuron: " + context.stage_name(neuron.stage) + ", " +
                               place_text(neuron.place, flat),
                      .role = Role::kStatus,
                      .value = significant_text(neuron.value, 4)},
                     row);
}

/// One patch large: its numbers, its weights, their sum.
float draw_opened_patch(Context& context, const Patch& patch, Rect where) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool weighted = !patch.weights.empty();
    canvas.text({where.x, where.y + space::k8},
                Runs{{"Channel " + std::to_string(patch.channel), FontStyle::kSmallS, theme.t1},
                     {" of " + context.value_name(patch.value), FontStyle::kSmall, theme.input}});
    const float side = std::min(kGridSide, (where.w - space::k32) / 2);
    const float tall =
        side * std::min(1.0F, static_cast<float>(patch.rows) / static_cast<float>(patch.columns));
    const float y = where.y + space::k24;
    draw_patch_inputs(context,
                      patch,
                      {where.x, y, side, tall},
                      true,
                      context.neuron->rule == Rule::maximum ? context.neuron->winner : Index{-1});
    const std::string count = std::to_string(patch.inputs.size());
    std::string sentence = "the greatest of " + count + " numbers";
    double result = context.neuron->base;
    if (weighted) {
        canvas.text({where.right(), where.y + space::k8},
                    "kernel [" + std::to_string(context.neuron->place.channel) + ", " +
                        std::to_string(patch.channel) + "]",
                    FontStyle::kM12,
                    theme.kernel,
                    Align::kRight);
        draw_patch_weights(context, patch, {where.right() - side, y, side, tall}, true);
        canvas.ring({where.center_x(), y + tall / 2}, 8, theme.t3, stroke::kHair);
        canvas.disc({where.center_x(), y + tall / 2}, 1.5F, theme.t2);
        sentence = "sum of the " + count + " products";
        result = patch.sum;
    } else if (context.neuron->rule == Rule::mean) {
        sentence = "the mean: " + significant_text(patch.sum, 4) + " / " +
                   std::to_string(context.neuron->divisor);
    }
    canvas.text({where.x, y + tall + space::k16},
                Runs{{sentence + "  ", FontStyle::kSmall, theme.t2},
                     {significant_text(result, 4), FontStyle::kM15, theme.t1}});
    return space::k24 + tall + space::k32 + space::k8;
}

/// A bar from the middle: to the right what adds, to the left what takes away.
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

void draw_channel_row(
    Context& context, const Patch& patch, Index index, double greatest, bool opened, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::string id = "inspect.patch." + std::to_string(index);
    const std::string name =
        "Channel " + std::to_string(patch.channel) + " of " + context.value_name(patch.value);
    const Interaction act =
        interact(context.ui,
                 {.id = id,
                  .label = name,
                  .role = Role::kRadio,
                  .value = signed_text(patch.sum),
                  .selected = opened},
                 row,
                 {{name + " adds " + signed_text(patch.sum) + ". Click to see its products.",
                   FontStyle::kBody,
                   theme.t2}});
    if (act.clicked) {
        context.commands.push(model::commands::channel(index));
    }
    if (opened || act.hovered) {
        canvas.fill(row.inset(-space::k8, 1), opened ? theme.bg3 : theme.bg2, radius::kSegment);
    }
    if (act.focused) {
        canvas.focus_ring(row, radius::kSegment);
    }
    const float y = row.center_y();
    canvas.text({row.x, y}, std::to_string(patch.channel), FontStyle::kM12, theme.t2);
    const float side = row.h - space::k8;
    float x = row.x + space::k24;
    draw_patch_inputs(context, patch, {x, y - side / 2, side, side}, false);
    x += side + space::k8;
    if (!patch.weights.empty()) {
        draw_patch_weights(context, patch, {x, y - side / 2, side, side}, false);
        x += side + space::k12;
    }
    const float number = 64;
    draw_bar(context, {x, y - 5, row.right() - number - x, 10}, patch.sum, greatest);
    canvas.text({row.right(), y}, signed_text(patch.sum), FontStyle::kM12, theme.t1, Align::kRight);
}

/// Every channel's part, the greatest first where there are many.
float draw_channels(Context& context, Rect where) {
    const std::vector<Patch>& patches = context.neuron->patches;
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
                 many ? "of " + std::to_string(count) : "patch · kernel");
    float y = where.y + space::k24;
    const Index opened = context.room().opened_patch(*context.neuron);
    for (const Index i : order) {
        draw_channel_row(
            context, patches[at(i)], i, greatest, i == opened, {where.x, y, where.w, kRow});
        y += kRow;
    }
    if (many) {
        double rest = context.neuron->sum;
        for (const Index i : order) {
            rest -= patches[at(i)].sum;
        }
        Canvas canvas = context.ui.canvas();
        canvas.text({where.x, y + space::k12},
                    "the other " + std::to_string(count - kMostRows) + " together",
                    FontStyle::kSmall,
                    context.theme().t2);
        canvas.text({where.right(), y + space::k12},
                    signed_text(rest),
                    FontStyle::kM12,
                    context.theme().t1,
                    Align::kRight);
        y += kTotal;
    }
    return y - where.y + space::k8;
}

void draw_total(
    Context& context, Rect row, const std::string& name, double value, Color color, bool large) {
    Canvas canvas = context.ui.canvas();
    canvas.text({row.x, row.center_y()}, name, FontStyle::kBody, context.theme().t2);
    canvas.text({row.right(), row.center_y()},
                significant_text(value, 4),
                large ? FontStyle::kM18 : FontStyle::kM15,
                color,
                Align::kRight);
}

float draw_totals(Context& context, Rect where) {
    const Neuron& neuron = *context.neuron;
    const Theme& theme = context.theme();
    if (neuron.rule != Rule::weighted_sum && neuron.rule != Rule::addition) {
        return 0;
    }
    const float top = where.y;
    where.h = 1000;
    context.ui.canvas().horizontal(where.x, where.right(), where.y, theme.line1);
    where.take_top(space::k8);
    draw_total(context, where.take_top(kTotal), "sum over channels", neuron.sum, theme.t1, false);
    if (neuron.bias) {
        draw_total(context, where.take_top(kTotal), "+ bias b", *neuron.bias, theme.kernel, false);
        context.ui.canvas().horizontal(where.right() - 90, where.right(), where.y + 1, theme.line3);
        draw_total(
            context, where.take_top(kTotal + 2), "pre-activation z", neuron.base, theme.t1, true);
    }
    return where.y - top + space::k8;
}

/// What the later layers make of it, and the number that the stage shows.
float draw_steps(Context& context, Rect where) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    float y = where.y;
    for (std::size_t i = 0; i < context.neuron->steps.size(); ++i) {
        const model::Step& step = context.neuron->steps[i];
        const bool last = i + 1 == context.neuron->steps.size();
        const Rect box{where.x - space::k8, y, where.w + 2 * space::k8, kStep};
        canvas.box(box,
                   last ? tint(theme.output_fill, 0.16F, theme.bg1) : theme.bg2,
                   last ? theme.output_fill : theme.line2,
                   radius::kCard);
        const std::string value = significant_text(step.after, 4);
        const FontStyle style = last ? FontStyle::kM24 : FontStyle::kM15;
        const float room = box.w - 2 * space::k12 - canvas.width(value, style) - space::k12;
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
                    last ? theme.output : theme.t1,
                    Align::kRight);
        y += kStep + space::k8;
    }
    return y - where.y;
}

}  // namespace

float draw_neuron(Context& context, Rect where) {
    const float top = where.y;
    if (!context.neuron) {
        section_head(context.ui, where.x, where.y + space::k8, where.w, "Inside one neuron");
        ghost(context,
              {where.x, where.y + space::k24, where.w, 80},
              "Click any cell of any map to open the sum that made its number.");
        return 80 + space::k24;
    }
    draw_head(context, {where.x, where.y, where.w, kHead});
    where.y += kHead + space::k8;
    const Neuron& neuron = *context.neuron;
    if (!neuron.patches.empty()) {
        const Patch& opened = neuron.patches[at(context.room().opened_patch(neuron))];
        if (neuron.rule != Rule::addition && neuron.rule != Rule::copy &&
            neuron.rule != Rule::own) {
            where.y += draw_opened_patch(context, opened, where);
        }
        if (neuron.patches.size() > 1 || neuron.rule == Rule::addition) {
            where.y += draw_channels(context, where);
        }
    }
    where.y += draw_totals(context, where);
    if (neuron.steps.empty()) {
        draw_total(context,
                   {where.x, where.y, where.w, kTotal + space::k8},
                   neuron.rule == Rule::copy ? "handed on" : "output",
                   neuron.value,
                   context.theme().output,
                   true);
        where.y += kTotal + space::k16;
    }
    where.y += draw_steps(context, where);
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
