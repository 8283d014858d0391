#include "web/rooms/inspect/neuron_panel.h"

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/patch_rows.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/rooms/inspect/softmax_panel.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Neuron;
using model::Patch;
using model::Rule;

namespace {

constexpr float kHead = 48;

void draw_head(Context& context, Rect row) {
    const Neuron& neuron = *context.neuron;
    const Theme& theme = context.theme();
    draw_opened_head(context, "Inside one neuron", row);
    const bool flat = context.pictures.stages()[at(neuron.stage)].shape.flat;
    context.ui.canvas().text(
        {row.x, row.y + 34},
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
    const Neuron& neuron = *context.neuron;
    Canvas canvas = context.ui.canvas();
    const bool weighted = !patch.weights.empty();
    const Runs read{{"Channel " + std::to_string(patch.channel), FontStyle::kSmallS, theme.t1},
                    {" of " + context.value_name(patch.value) + unit_text(patch.inputs),
                     FontStyle::kSmall,
                     theme.input}};
    canvas.text({where.x, where.y + space::k8}, read);
    if (weighted) {
        const std::string place = "[" + std::to_string(neuron.place.channel) + ", " +
                                  std::to_string(patch.channel) + "]" + unit_text(patch.weights);
        const float room = where.w - canvas.width(read) - space::k12;
        const bool roomy = canvas.width("kernel " + place, FontStyle::kM12) <= room;
        canvas.text({where.right(), where.y + space::k8},
                    roomy ? "kernel " + place : place,
                    FontStyle::kM12,
                    theme.kernel,
                    Align::kRight);
    }
    const float height =
        draw_products(context,
                      {.id = "inspect.products",
                       .patch = patch,
                       .colours = colours_of(context, neuron.patches, patch, false),
                       .input_name = "input",
                       .weight_name = "weight",
                       .winner = neuron.rule == Rule::maximum ? neuron.winner : -1},
                      {where.x, where.y + space::k24, where.w, 0});
    const std::string count = std::to_string(patch.inputs.size());
    const std::string sentence =
        weighted ? "sum of the " + count + " products"
        : neuron.rule == Rule::mean
            ? "the mean: " + significant_text(patch.sum, 4) + " / " + std::to_string(neuron.divisor)
            : "the greatest of " + count + " numbers";
    canvas.text(
        {where.x, where.y + space::k24 + height + space::k16},
        Runs{{sentence + "  ", FontStyle::kSmall, theme.t2},
             {significant_text(weighted ? patch.sum : neuron.base, 4), FontStyle::kM15, theme.t1}});
    return space::k24 + height + space::k32 + space::k8;
}

/// Whence a number comes that is handed on as it is; a click opens it there.
float draw_origin(Context& context, Rect where) {
    const Patch& patch = context.neuron->patches.front();
    const Index stage = context.stage_of_value(patch.value);
    const model::Place place = patch.place_of(0);
    const bool flat = stage >= 0 && context.pictures.stages()[at(stage)].shape.flat;
    if (button(context.ui,
               {.id = "inspect.origin",
                .label = "From " + context.value_name(patch.value) + ", " + place_text(place, flat),
                .disabled = stage < 0,
                .explanation = {{"It is handed on as it is: click to open it where it was made.",
                                 FontStyle::kBody,
                                 context.theme().t2}}},
               {where.x, where.y, where.w, space::kButton})) {
        context.commands.push(model::commands::pin(context.stage_name(stage), place));
    }
    return space::kButton + space::k12;
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
    draw_total(context, where.take_top(kTotal), {"sum over channels", neuron.sum, theme.t1});
    if (neuron.bias) {
        draw_total(context, where.take_top(kTotal), {"+ bias b", *neuron.bias, theme.kernel});
        context.ui.canvas().horizontal(where.right() - 90, where.right(), where.y + 1, theme.line3);
        draw_total(
            context, where.take_top(kTotal + 2), {"pre-activation z", neuron.base, theme.t1, true});
    }
    return where.y - top + space::k8;
}

/// What the later layers make of it, and the number that the stage shows.
float draw_steps(Context& context, Rect where) {
    float y = where.y;
    for (std::size_t i = 0; i < context.neuron->steps.size(); ++i) {
        const model::Step& step = context.neuron->steps[i];
        draw_step(context,
                  {where.x, y, where.w, kStepBox},
                  {.layer = step.layer,
                   .formula = step.formula,
                   .after = step.after,
                   .last = i + 1 == context.neuron->steps.size()});
        y += kStepBox + space::k8;
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
        const Patch& opened = neuron.patches[at(context.room().opened_patch(neuron.patches))];
        if (neuron.rule != Rule::addition && neuron.rule != Rule::copy &&
            neuron.rule != Rule::own) {
            where.y += draw_opened_patch(context, opened, where);
        }
        if (neuron.patches.size() > 1 || neuron.rule == Rule::addition) {
            where.y += draw_patch_rows(context, neuron.patches, false, where);
        }
    }
    if (neuron.rule == Rule::copy && !neuron.patches.empty()) {
        where.y += draw_origin(context, where);
    }
    where.y += draw_totals(context, where);
    if (neuron.steps.empty()) {
        draw_total(context,
                   {where.x, where.y, where.w, kTotal + space::k8},
                   {neuron.rule == Rule::copy ? "handed on" : "output",
                    neuron.value,
                    context.theme().output,
                    true});
        where.y += kTotal + space::k16;
    }
    where.y += draw_steps(context, where);
    if (const auto softmax = context.room().softmax(neuron, context.train().snapshot)) {
        where.y += draw_softmax(context, *softmax, where);
    }
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
