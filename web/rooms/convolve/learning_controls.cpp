#include "web/rooms/convolve/learning_controls.h"

#include <array>

#include <imgui.h>
#include <imgui_internal.h>

#include "web/models/table.h"
#include "web/rooms/convolve/transport.h"
#include "web/widgets/button.h"
#include "web/widgets/segmented.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Learning;

namespace {

/// The kernels that are offered at hand; every other is chosen among the kernels below.
constexpr std::array<const char*, 3> kHidden{"blur", "sobel-x", "sharpen"};

void draw_targets(Context& context, Rect row) {
    const std::array<Segment, 4> segments{
        {{"blur", "blur"}, {"sobel-x", "edges"}, {"sharpen", "sharpen"}, {"painted", "own"}}};
    const std::string& hidden = context.room().learning().hidden;
    int selected = hidden.empty() ? 3 : -1;
    for (std::size_t i = 0; i < kHidden.size(); ++i) {
        selected = hidden == kHidden[i] ? static_cast<int>(i) : selected;
    }
    const auto chosen = segmented(context.ui, "convolve.target", segments, selected, row);
    if (!chosen) {
        return;
    }
    if (*chosen < static_cast<int>(kHidden.size())) {
        context.commands.push(
            model::commands::with("convolve_kernel",
                                  "name",
                                  std::string_view(kHidden[static_cast<std::size_t>(*chosen)])));
        return;
    }
    context.commands.push(
        model::commands::with("convolve_tool", "tool", model::name_of(model::Tool::paint)));
    const model::NumberGrid& target = context.room().learning().target;
    if (!hidden.empty() && target.plane_cells() > 0) {  // as it is, now the reader's
        context.commands.push(
            model::commands::paint(model::commands::Painted::target, {0, 0}, target.value(0, 0)));
    }
}

void draw_rate(Context& context, Rect row) {
    const Learning& learning = context.room().learning();
    const double greatest = learning.greatest_rate > 0 ? learning.greatest_rate : 1.0;
    const auto moved = slider(
        context.ui,
        {.id = "convolve.rate",
         .label = "Rate",
         .value = learning.rate,
         .min = greatest / 500,
         .max = greatest * 2,
         .scale = SliderScale::kLogarithmic,
         .quantity = Quantity::kGradient,
         .usual_min = greatest / 20,
         .usual_max = greatest / 2,
         .label_width = 56,
         .field_width = 62,
         .error = learning.rate > greatest,
         .text = models::table_number(learning.rate),
         .explanation = plain(context,
                              "How far a step goes along the gradient. Above " +
                                  models::table_number(greatest) +
                                  " each step jumps further past the lowest point: try it.")},
        row);
    if (moved) {
        context.commands.push(model::commands::with("convolve_rate", "value", *moved));
    }
}

void push_run(Context& context) {
    context.commands.push(
        model::commands::with("convolve_play", "on", !context.room().learning().running()));
}

void push_again(Context& context) {
    context.commands.push(models::commands::plain("convolve_again"));
}

void push_step(Context& context) {
    context.commands.push(model::commands::with("convolve_descend", "count", 1));
}

/// The three buttons, 44 apart from `x` on.
void draw_buttons(Context& context, float x, float y, float size) {
    const bool running = context.room().learning().running();
    const bool possible = context.room().possible();
    const float half = size / 2;
    if (icon_button(context.ui,
                    {.id = "convolve.learn.again",
                     .label = "Begin again with other weights",
                     .icon = Icon::kReset,
                     .disabled = !possible,
                     .shortcut = "Home"},
                    {x, y - half, size, size})) {
        push_again(context);
    }
    if (disc_button(context.ui,
                    {.id = "convolve.play",
                     .label = running ? "Pause" : "Learn",
                     .icon = running ? Icon::kPause : Icon::kPlay,
                     .disabled = !possible,
                     .shortcut = "space"},
                    {x + size + 24, y})) {
        push_run(context);
    }
    if (icon_button(context.ui,
                    {.id = "convolve.next",
                     .label = "One step",
                     .icon = Icon::kNext,
                     .disabled = !possible || context.room().learning().ended(),
                     .shortcut = "→"},
                    {x + size + 48, y - half, size, size})) {
        push_step(context);
    }
}

Runs progress(const Context& context) {
    const Theme& theme = context.theme();
    const Learning& learning = context.room().learning();
    return {{"step ", FontStyle::kSmall, theme.t3},
            {std::to_string(learning.steps()), FontStyle::kM15, theme.t1},
            {"   mean squared difference ", FontStyle::kSmall, theme.t3},
            {models::table_number(learning.loss()), FontStyle::kM15, theme.grad}};
}

}  // namespace

float draw_learning_controls(Context& context, Rect column) {
    const float top = column.y;
    draw_targets(context, column.take_top(30, 4));
    draw_rate(context, column.take_top(space::k32));
    return column.y - top;
}

void draw_learning_transport(Context& context, Rect dock) {
    const float y = dock.y + 32;
    const float x = dock.x + 20;
    draw_buttons(context, x, y, 32);
    const float speeds = dock.w >= 900 ? 210 : 176;
    const Rect where{dock.right() - space::k24 - speeds, y - 15, speeds, 30};
    draw_speeds(context, where);
    if (context.room().possible()) {
        context.ui.canvas().text({x + 132, y}, progress(context));
    }
}

void draw_phone_learning_transport(Context& context, Rect dock) {
    const Theme& theme = context.theme();
    const Learning& learning = context.room().learning();
    draw_buttons(context, dock.x, dock.y + 28, 44);
    if (!context.room().possible()) {
        return;
    }
    Canvas canvas = context.ui.canvas();
    const float x = dock.x + 156;
    canvas.text({x, dock.y + 16},
                {{"step ", FontStyle::kSmall, theme.t3},
                 {std::to_string(learning.steps()), FontStyle::kM12, theme.t1}});
    canvas.text({x, dock.y + 38},
                {{"difference² ", FontStyle::kSmall, theme.t3},
                 {models::table_number(learning.loss()), FontStyle::kM12, theme.grad}});
    draw_phone_speed(context, {dock.right() - 76, dock.y - 2, 76, 32});
}

void handle_learning_keys(Context& context) {
    if (!context.room().possible() || ImGui::GetIO().NavVisible) {
        return;  // with the focus shown, the keys belong to what has it
    }
    const ImGuiID owner = ImHashStr("convolve.keys");
    ImGui::SetKeyOwner(ImGuiKey_RightArrow, owner);
    if (ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
        push_run(context);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow, owner, ImGuiInputFlags_Repeat)) {
        push_step(context);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Home, false)) {
        push_again(context);
    }
}

}  // namespace convoscope::rooms::convolve
