#include "web/rooms/convolve/transport.h"

#include <algorithm>
#include <array>

#include <imgui.h>
#include <imgui_internal.h>

#include "web/rooms/convolve/learning_controls.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scrubber.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Playback;

namespace {

constexpr float kRoomForStep = 160;  ///< the word, beside the speed

constexpr std::array<double, 5> kSpeeds{0.5, 1.0, 2.0, 4.0, Playback::kJump};

Index row_length(const Context& context) {
    switch (context.room().playback.order) {
        case model::Order::rows:
            return context.room().backward() ? context.setup().width.input
                                             : context.arithmetic().output.columns;
        case model::Order::columns:
            return context.room().backward() ? context.setup().height.input
                                             : context.arithmetic().output.rows;
        case model::Order::random:
            return 0;
    }
    return 0;
}

void push_play(Context& context) {
    context.commands.push(
        model::commands::with("convolve_play", "on", !context.room().playback.playing));
}

void draw_step_button(
    Context& context, const char* id, const char* label, Icon icon, Index by, Rect where) {
    if (icon_button(context.ui,
                    {.id = id,
                     .label = label,
                     .icon = icon,
                     .disabled = !context.room().possible(),
                     .shortcut = by < 0 ? "←" : "→"},
                    where)) {
        context.commands.push(model::commands::step_by(by));
    }
}

void draw_play(Context& context, Point center) {
    const bool playing = context.room().playback.playing;
    if (disc_button(context.ui,
                    {.id = "convolve.play",
                     .label = playing ? "Pause" : "Play",
                     .icon = playing ? Icon::kPause : Icon::kPlay,
                     .disabled = !context.room().possible(),
                     .shortcut = "space"},
                    center)) {
        push_play(context);
    }
}

void draw_scrubber(Context& context, Rect where, bool labels, float knob) {
    const model::Model& room = context.room();
    const auto count = static_cast<int>(room.order().size());
    const auto current = static_cast<int>(room.playback.step);
    const auto wanted =
        scrubber(context.ui,
                 {.id = "convolve.step",
                  .label = room.backward() ? "Input" : "Output",
                  .value = std::to_string(current + 1) + " of " + std::to_string(count),
                  .count = count,
                  .current = current,
                  .row_length = static_cast<int>(row_length(context)),
                  .row_labels = labels && room.playback.order == model::Order::rows,
                  .knob_radius = knob},
                 where);
    if (wanted) {
        context.commands.push(model::commands::step_to(*wanted, true));
    }
}

int speed_index(double speed) {
    for (std::size_t i = 0; i < kSpeeds.size(); ++i) {
        if (kSpeeds[i] == speed) {
            return static_cast<int>(i);
        }
    }
    return 1;
}

}  // namespace

void draw_order(Context& context, Rect where) {
    static constexpr std::array<const char*, 3> kNames{"rows", "columns", "random"};
    const std::array<Segment, 3> segments{{{"rows", "→"}, {"columns", "↓"}, {"random", "mix"}}};
    if (const auto chosen = segmented(context.ui,
                                      "convolve.order",
                                      segments,
                                      static_cast<int>(context.room().playback.order),
                                      where)) {
        context.commands.push(
            model::commands::with("convolve_order",
                                  "order",
                                  std::string_view(kNames[static_cast<std::size_t>(*chosen)])));
    }
}

void draw_speeds(Context& context, Rect where) {
    const std::array<Segment, 5> segments{
        {{"half", "½×"}, {"one", "1×"}, {"two", "2×"}, {"four", "4×"}, {"max", "max"}}};
    if (const auto chosen = segmented(context.ui,
                                      "convolve.speed",
                                      segments,
                                      speed_index(context.room().playback.speed),
                                      where)) {
        context.commands.push(model::commands::with(
            "convolve_speed", "speed", kSpeeds[static_cast<std::size_t>(*chosen)]));
    }
}

void draw_phone_speed(Context& context, Rect target) {
    static constexpr std::array<const char*, 5> kNames{
        "½× speed", "1× speed", "2× speed", "4× speed", "max speed"};
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const int speed = speed_index(context.room().playback.speed);
    const char* name = kNames[static_cast<std::size_t>(speed)];
    const Interaction act =
        interact(context.ui, {.id = "convolve.speed", .label = "Speed", .value = name}, target);
    canvas.text({target.right(), target.y + 18}, name, FontStyle::kSmall, theme.t3, Align::kRight);
    if (act.focused) {
        canvas.focus_ring(target, radius::kControl);
    }
    if (act.clicked) {
        context.commands.push(
            model::commands::with("convolve_speed",
                                  "speed",
                                  kSpeeds[static_cast<std::size_t>(speed + 1) % kSpeeds.size()]));
    }
}

void draw_transport(Context& context, Rect dock) {
    if (context.room().learns()) {
        draw_learning_transport(context, dock);
        return;
    }
    constexpr float kButton = 32;
    const Theme& theme = context.theme();
    const model::Model& room = context.room();
    const bool wide = dock.w >= 900;
    const float y = dock.y + 32;
    float x = dock.x + 20;
    draw_step_button(context,
                     "convolve.previous",
                     "One back",
                     Icon::kPrev,
                     -1,
                     {x, y - kButton / 2, kButton, kButton});
    x += 36;
    draw_play(context, {x + 20, y});
    x += 44;
    draw_step_button(context,
                     "convolve.next",
                     "One forth",
                     Icon::kNext,
                     1,
                     {x, y - kButton / 2, kButton, kButton});
    x += 36;
    if (icon_button(context.ui,
                    {.id = "convolve.loop",
                     .label = room.playback.loops ? "Begins again at the end" : "Stops at the end",
                     .icon = Icon::kLoop,
                     .active = room.playback.loops},
                    {x, y - kButton / 2, kButton, kButton})) {
        context.commands.push(model::commands::with("convolve_loop", "on", !room.playback.loops));
    }
    x += 46;
    Canvas canvas = context.ui.canvas();
    const Index step = room.order().empty() ? 0 : room.playback.step + 1;
    const Runs position{
        {integer_text(step), FontStyle::kM15, theme.t1},
        {" / " + integer_text(std::ssize(room.order())), FontStyle::kM13, theme.t3}};
    canvas.text({x, y}, position);
    x += std::max(66.0F, canvas.width(position) + 18);
    float right = dock.right() - space::k24;
    const float speeds = wide ? 210 : 176;
    draw_speeds(context, {right - speeds, y - 15, speeds, 30});
    right -= speeds + 12;
    const float orders = wide ? 120 : 108;
    draw_order(context, {right - orders, y - 15, orders, 30});
    right -= orders + 20;
    if (room.possible()) {
        draw_scrubber(context, {x, y - 16, right - x, 32}, true, 7);
    }
}

void draw_phone_transport(Context& context, Rect dock) {
    if (context.room().learns()) {
        draw_phone_learning_transport(context, dock);
        return;
    }
    const Theme& theme = context.theme();
    const model::Model& room = context.room();
    const float y = dock.y + 28;
    draw_step_button(
        context, "convolve.previous", "One back", Icon::kPrev, -1, {dock.x, y - 22, 44, 44});
    draw_play(context, {dock.x + 70, y});
    draw_step_button(
        context, "convolve.next", "One forth", Icon::kNext, 1, {dock.x + 98, y - 22, 44, 44});
    if (!room.possible()) {
        return;
    }
    const float x = dock.x + 154;
    Canvas canvas = context.ui.canvas();
    Runs place{{integer_text(room.playback.step + 1), FontStyle::kM12, theme.t1},
               {" of " + integer_text(std::ssize(room.order())), FontStyle::kSmall, theme.t3}};
    if (dock.right() - x > kRoomForStep) {
        place.insert(place.begin(), {"step ", FontStyle::kSmall, theme.t3});
    }
    canvas.text({x, dock.y + 12}, place);
    draw_phone_speed(context, {dock.right() - 76, dock.y - 6, 76, 25});
    draw_scrubber(context, {x, dock.y + 19, dock.right() - x, 32}, false, 9);
}

void handle_transport_keys(Context& context) {
    if (context.room().learns()) {
        handle_learning_keys(context);
        return;
    }
    const ImGuiIO& io = ImGui::GetIO();
    if (!context.room().possible() || io.NavVisible) {
        return;  // with the focus shown, the keys belong to what has it
    }
    // Owned, so that Dear ImGui's navigation leaves them alone.
    const ImGuiID owner = ImHashStr("convolve.keys");
    const auto pressed = [owner](ImGuiKey key) {
        ImGui::SetKeyOwner(key, owner);
        return ImGui::IsKeyPressed(key, owner, ImGuiInputFlags_Repeat);
    };
    if (ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
        push_play(context);
    }
    const Index far = io.KeyShift ? std::max<Index>(1, row_length(context)) : 1;
    if (pressed(ImGuiKey_LeftArrow)) {
        context.commands.push(model::commands::step_by(-far));
    }
    if (pressed(ImGuiKey_RightArrow)) {
        context.commands.push(model::commands::step_by(far));
    }
    if (pressed(ImGuiKey_Home)) {
        context.commands.push(model::commands::step_to(0, false));
    }
    if (pressed(ImGuiKey_End)) {
        context.commands.push(
            model::commands::step_to(std::ssize(context.room().order()) - 1, false));
    }
}

}  // namespace convoscope::rooms::convolve
