#include "web/rooms/inspect/gradient_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/filter_gradients.h"
#include "web/rooms/inspect/patch_rows.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::GradientSum;
using model::Patch;

namespace {

constexpr float kHead = 48;
constexpr float kCheck = 78;
constexpr float kVerdictLine = 17;

/// A parameter is opened, not a number that the stage shows.
bool is_parameter(const Context& context) {
    return context.room().weight >= 0 && context.gradient->tensor != "input" &&
           !context.gradient->tensor.starts_with("activation.");
}

/// Which of the stage's parameters is opened: "weights", "bias", "gamma", "beta"; empty: none.
std::string_view opened_kind(const Context& context) {
    const GradientSum& gradient = *context.gradient;
    if (is_parameter(context)) {
        const model::Model& room = context.room();
        for (const auto& parameter : parameters_of(room.network, room.stages[at(gradient.stage)])) {
            if (parameter.tensor == gradient.tensor) {
                return parameter.kind;
            }
        }
    }
    return {};
}

bool is_weight(const Context& context) {
    return opened_kind(context) == "weights";
}

/// "weights" and their like, as the reader knows them.
const char* name_of_kind(std::string_view kind) {
    return kind == "weights" ? "Weights" : kind == "bias" ? "Bias" : kind == "gamma" ? "γ" : "β";
}

bool is_flat(const Context& context, Index stage) {
    return stage >= 0 && context.pictures.stages()[at(stage)].shape.flat;
}

std::string where_text(const Context& context) {
    const GradientSum& gradient = *context.gradient;
    if (!is_parameter(context)) {
        return place_text(gradient.place, is_flat(context, gradient.stage));
    }
    if (!is_weight(context)) {
        return gradient.tensor + " [" + std::to_string(gradient.element) + "]";
    }
    const std::string channel = std::to_string(gradient.patches.front().channel);
    const model::Place& place = gradient.place;
    return is_flat(context, gradient.stage)
               ? "weight [" + channel + ", " + std::to_string(place.channel) + "]"
               : "weight [" + channel + ", " + std::to_string(place.channel) + ", " +
                     std::to_string(place.row) + ", " + std::to_string(place.column) + "]";
}

void draw_head(Context& context, Rect row) {
    const GradientSum& gradient = *context.gradient;
    const Theme& theme = context.theme();
    draw_opened_head(context, "Inside one gradient", row);
    const std::string name = gradient.stage < 0 ? "input" : context.stage_name(gradient.stage);
    context.ui.canvas().text({row.x, row.y + 34},
                             Runs{{name + "  ", FontStyle::kM13, theme.t1},
                                  {where_text(context), FontStyle::kBody, theme.t2}});
    register_passive(context.ui,
                     {.id = "inspect.gradient",
                      .label = "Opened gradient: " + name + ", " + where_text(context),
                      .role = Role::kStatus,
                      .value = significant_text(gradient.engine, 4)},
                     row);
}

/// The number that the stage shows, or a parameter that made it.
float draw_kind(Context& context, Rect where) {
    const GradientSum& gradient = *context.gradient;
    const model::Model& room = context.room();
    if (gradient.stage < 0) {
        return 0;
    }
    const auto parameters = parameters_of(room.network, room.stages[at(gradient.stage)]);
    std::vector<Segment> kinds{{"number", "Number"}};
    int chosen = 0;
    for (const auto& parameter : parameters) {
        kinds.push_back({parameter.kind, name_of_kind(parameter.kind)});
        chosen =
            parameter.kind == opened_kind(context) ? static_cast<int>(kinds.size()) - 1 : chosen;
    }
    if (parameters.empty()) {
        return 0;
    }
    const Rect row{where.x, where.y, where.w, space::kButton};
    if (const auto wanted = segmented(context.ui, "inspect.kind", kinds, chosen, row)) {
        if (*wanted == 0) {
            context.commands.push(model::commands::weight({}, -1));
        } else if (const auto& parameter = parameters[at(*wanted - 1)];
                   parameter.kind == std::string_view("weights")) {
            context.commands.push(model::commands::weight({}, strongest_weight(context)));
        } else {
            context.commands.push(
                model::commands::weight(parameter.tensor, context.neuron->place.channel));
        }
    }
    return space::kButton + space::k12;
}

/// What the slope says, where it is more than that both are the same; else empty.
std::string verdict_of(const model::Difference& checked, model::Agreement agreement) {
    switch (agreement) {
        case model::Agreement::too_small:
            return "Too small to tell by moving it: rounding alone is ±" +
                   significant_text(checked.rounding, 2) + ".";
        case model::Agreement::kink:
            return "It sits on a kink: within the move a maximum or a rectifier changes hands.";
        case model::Agreement::differs:
            return "They differ by more than a thousandth, and by more than rounding, ±" +
                   significant_text(checked.rounding, 2) + ".";
        case model::Agreement::agrees:
            break;
    }
    return {};
}

/// The gradient, and beside it the slope that was found by moving the number.
float draw_check(Context& context, Rect where) {
    const GradientSum& gradient = *context.gradient;
    const Theme& theme = context.theme();
    const auto& checked = context.room().checked;
    const bool about_this =
        checked && checked->tensor == gradient.tensor && checked->element == gradient.element;
    const auto agreement = about_this ? model::agreement_of(*checked) : model::Agreement::differs;
    const bool agrees = about_this && agreement == model::Agreement::agrees;
    const std::string verdict = about_this ? verdict_of(*checked, agreement) : "";
    const std::string slope = about_this ? significant_text(checked->slope, 4) : "…";
    Canvas canvas = context.ui.canvas();
    const auto lines =
        verdict.empty() ? std::size_t{0}
                        : canvas.lines_of(verdict, FontStyle::kSmall, where.w - space::k8).size();
    where.h = kCheck + static_cast<float>(lines) * kVerdictLine;
    const Rect box = where.inset(-space::k8, 0);
    canvas.box(box, tint(theme.grad_fill, 0.14F, theme.bg1), theme.grad_fill, radius::kCard);
    const float left = box.x + space::k12;
    const float right = box.right() - space::k12;
    const std::string number = significant_text(gradient.engine, 4);
    const std::string name = context.room().question == model::Question::loss
                                 ? "the loss's gradient"
                                 : "the score's gradient";
    const float room = right - left - canvas.width(name, FontStyle::kSmallS) - space::k8;
    const FontStyle style =
        canvas.width(number, FontStyle::kM24) <= room ? FontStyle::kM24 : FontStyle::kM15;
    canvas.text({left, box.y + space::k20}, name, FontStyle::kSmallS, theme.t1);
    canvas.text({right, box.y + space::k20}, number, style, theme.grad, Align::kRight);
    if (agrees) {
        canvas.icon(Icon::kCheck, {left + 7, box.y + 54}, 14, theme.ok);
    }
    const float begin = left + (agrees ? space::k20 : 0);
    const float rest = right - begin - canvas.width(slope, FontStyle::kM15) - space::k8;
    const std::string sentence = "by moving this number a little";
    canvas.text({begin, box.y + 54},
                canvas.width(sentence, FontStyle::kSmall) <= rest ? sentence : "by moving it",
                FontStyle::kSmall,
                theme.t2);
    canvas.text({right, box.y + 54}, slope, FontStyle::kM15, theme.t1, Align::kRight);
    canvas.paragraph({left, box.y + kCheck},
                     where.w - space::k8,
                     verdict,
                     FontStyle::kSmall,
                     theme.t2,
                     kVerdictLine);
    register_passive(context.ui,
                     {.id = "inspect.checked",
                      .label = "By moving this number a little",
                      .role = Role::kStatus,
                      .value = about_this ? (verdict.empty() ? slope : slope + ". " + verdict)
                                          : "being computed"},
                     box);
    return where.h + space::k16;
}

/// At the output: softmax and cross-entropy leave p - y; a score has the slope 1 of itself.
float draw_end(Context& context, Rect where) {
    const model::AnswerEnd& end = *context.gradient->end;
    const Theme& theme = context.theme();
    const float top = where.y;
    where.h = 1000;
    section_head(context.ui, where.x, where.y + space::k8, where.w, "Where it begins");
    where.take_top(space::k24);
    if (end.question == model::Question::loss) {
        draw_total(
            context, where.take_top(kTotal), {"p, by softmax", end.probability, theme.output});
        draw_total(context,
                   where.take_top(kTotal),
                   {end.truth > 0.0 ? "− y: it is the class asked for" : "− y: another class",
                    end.truth,
                    theme.t1});
        draw_total(context,
                   where.take_top(kTotal + 4),
                   {"p − y", context.gradient->sum, theme.grad, true});
    } else {
        draw_total(context,
                   where.take_top(kTotal),
                   {end.truth > 0.0 ? "the score that is asked for" : "another class's score",
                    end.truth,
                    theme.grad,
                    true});
    }
    return where.y - top + space::k8;
}

/// What kind of sum it is, in a sentence.
std::string sentence_of(const Context& context, const Patch& patch) {
    const std::string count = std::to_string(patch.inputs.size());
    const std::string_view kind = opened_kind(context);
    if (kind == "bias" || kind == "beta") {
        return patch.inputs.size() == 1 ? "its error itself"
                                        : "sum of the errors at its " + count + " places";
    }
    if (kind == "gamma") {
        return "sum of " + count + " errors × normalised numbers";
    }
    if (kind == "weights") {
        return patch.inputs.size() == 1 ? "its error times the input that it met"
                                        : "sum over the " + count + " places that use it";
    }
    const auto& layer = context.room().network.layers[at(patch.value - 1)];
    if (layer.type.starts_with("max_pool")) {
        const bool won = patch.sum != 0.0 ||
                         std::ranges::any_of(patch.weights, [](double w) { return w > 0.0; });
        return won ? "greatest: takes the error" : "not the greatest: no error";
    }
    if (layer.type == "relu") {
        return patch.weights.front() > 0.0 ? "above zero: passed on" : "not above zero: stopped";
    }
    return "sum of " + count + (count == "1" ? " error × weight" : " errors × weights");
}

float draw_opened(Context& context, const Patch& patch, Rect where) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::string_view kind = opened_kind(context);
    const bool numbers = kind == "weights" || kind == "gamma";  // and no weights are met
    const std::string met = kind == "weights" ? "inputs met"
                            : kind == "gamma" ? "normalised"
                                              : "weights";
    const bool flat = is_flat(context, context.stage_of_value(patch.value));
    canvas.text({where.x, where.y + space::k8},
                "Errors of " + context.value_name(patch.value) +
                    (flat ? "" : ", map " + std::to_string(patch.channel)) +
                    unit_text(patch.inputs),
                FontStyle::kSmallS,
                theme.grad);
    if (!patch.weights.empty()) {
        canvas.text({where.right(), where.y + space::k8},
                    met + unit_text(patch.weights),
                    FontStyle::kM12,
                    numbers ? theme.input : theme.kernel,
                    Align::kRight);
    }
    const float height =
        draw_products(context,
                      {.id = "inspect.products",
                       .patch = patch,
                       .colours = colours_of(context, context.gradient->patches, patch, true),
                       .input_name = "error",
                       .weight_name = numbers ? "input" : "weight"},
                      {where.x, where.y + space::k24, where.w, 0});
    const float y = where.y + space::k24 + height + space::k16;
    canvas.clipped_text(
        {where.x, y}, where.w - 90, sentence_of(context, patch), FontStyle::kSmall, theme.t2);
    canvas.text({where.right(), y},
                significant_text(patch.sum, 4),
                FontStyle::kM15,
                theme.t1,
                Align::kRight);
    return space::k24 + height + space::k32 + space::k8;
}

/// Through the stage's later layers back to the base layer.
float draw_back_steps(Context& context, Rect where) {
    const std::vector<model::BackStep>& steps = context.gradient->steps;
    if (steps.empty()) {
        return 0;
    }
    section_head(context.ui, where.x, where.y + space::k8, where.w, "And back through this layer");
    float y = where.y + space::k24;
    for (const model::BackStep& step : steps) {
        draw_step(context,
                  {where.x, y, where.w, kStepBox},
                  {.layer = step.layer,
                   .formula = step.formula,
                   .after = step.after,
                   .last = false,
                   .quantity = Quantity::kGradient});
        y += kStepBox + space::k8;
    }
    return y - where.y;
}

}  // namespace

float draw_gradient(Context& context, Rect where) {
    const float top = where.y;
    if (!context.gradient) {
        section_head(context.ui, where.x, where.y + space::k8, where.w, "Inside one gradient");
        ghost(context,
              {where.x, where.y + space::k24, where.w, 80},
              "The gradients appear when the engine has gone back through the network.");
        return 80 + space::k24;
    }
    draw_head(context, {where.x, where.y, where.w, kHead});
    where.y += kHead + space::k8;
    where.y += draw_kind(context, where);
    where.y += draw_check(context, {where.x, where.y, where.w, kCheck});
    if (is_weight(context)) {
        where.y += draw_filter_gradients(context, where);
    }
    const GradientSum& gradient = *context.gradient;
    if (gradient.end) {
        where.y += draw_end(context, where);
    }
    if (!gradient.patches.empty()) {
        const Index opened = context.room().opened_patch(gradient.patches);
        where.y += draw_opened(context, gradient.patches[at(opened)], where);
    }
    if (gradient.patches.size() > 1) {
        where.y += draw_patch_rows(context, gradient.patches, true, where);
        draw_total(context,
                   {where.x, where.y, where.w, kTotal},
                   {"sum over all", gradient.sum, context.theme().t1, true});
        where.y += kTotal + space::k12;
    }
    if (!gradient.whole) {
        context.ui.canvas().paragraph({where.x, where.y + space::k8},
                                      where.w,
                                      "A layer that reads it is not taken apart here: the sum is "
                                      "not whole, the engine's gradient above is.",
                                      FontStyle::kSmall,
                                      context.theme().t2,
                                      17);
        where.y += space::k48;
    }
    where.y += draw_back_steps(context, where);
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
