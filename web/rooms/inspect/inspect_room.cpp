#include "web/rooms/inspect/inspect_room.h"

#include <cmath>

#include "web/rooms/inspect/gradient_panel.h"
#include "web/rooms/inspect/input_panel.h"
#include "web/rooms/inspect/network_stage.h"
#include "web/rooms/inspect/neuron_panel.h"
#include "web/rooms/inspect/reading_strip.h"
#include "web/rooms/inspect/why_scene.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kLeft = 272;
constexpr float kLeftMedium = 240;
constexpr float kRight = 376;
constexpr float kRightMedium = 300;
constexpr float kReading = 136;
constexpr float kPhoneOverview = 480;
constexpr float kPhoneLayer = 640;
constexpr float kHead = 36;
constexpr float kLeastBeside = 600;  ///< of the room, for the input beside a phone's column

/// In place of a sum whose numbers have left all bounds.
float draw_lost(Context& context, Rect where) {
    constexpr float kHeight = 120;
    section_head(context.ui, where.x, where.y + space::k8, where.w, "Inside one neuron");
    ghost(context,
          {where.x, where.y + space::k24, where.w, kHeight},
          "The numbers of this layer are no longer finite, so there is no sum to be shown. The "
          "layers before the first one that is blank still compute: click there.");
    return kHeight + space::k24;
}

/// The very sum that is opened: of a number, or of its gradient.
float draw_inside(Context& context, Rect where) {
    const bool back = context.room().backward() && context.room().scene != model::Scene::why;
    const bool lost =
        back
            ? context.gradient && !std::isfinite(context.gradient->engine + context.gradient->sum)
            : context.neuron && !std::isfinite(context.neuron->value + context.neuron->engine_base);
    if (lost) {
        return draw_lost(context, where);
    }
    return back ? draw_gradient(context, where) : draw_neuron(context, where);
}

void draw_side(
    Context& context, const char* id, Rect rect, Side hairline, float (*view)(Context&, Rect)) {
    const Rect content = begin_panel(context.ui,
                                     {.id = id,
                                      .rect = rect,
                                      .ground = context.theme().bg1,
                                      .hairline_towards = hairline,
                                      .scrolls = true});
    const float padding = space::kPanelPadding;
    const float height =
        view(context, {rect.x + padding, content.y + padding, rect.w - 2 * padding, 0});
    end_panel(height + 2 * padding);
}

void draw_reasons(Context& context, Rect stage, float margin) {
    const Rect content =
        begin_panel(context.ui, {.id = "inspect.stage", .rect = stage, .scrolls = true});
    Rect column{stage.x + margin, content.y + space::k8, stage.w - 2 * margin, 10'000};
    const float top = content.y;
    Rect head = column.take_top(kHead, space::k8);
    draw_scene_switch(context, head);
    column.take_top(draw_why(context, column), space::k24);
    end_panel(column.y - top);
}

void draw_columns(Context& context, Rect stage, bool wide) {
    draw_side(context,
              "inspect.input",
              stage.take_left(wide ? kLeft : kLeftMedium),
              Side::kRight,
              draw_input);
    draw_side(context,
              "inspect.inside",
              stage.take_right(wide ? kRight : kRightMedium),
              Side::kLeft,
              draw_inside);
    const Rect reading = stage.take_bottom(kReading);
    const float margin = wide ? space::k24 : space::k16;
    if (context.room().scene == model::Scene::why) {
        draw_reasons(context, stage, margin);
    } else {
        begin_panel(context.ui, {.id = "inspect.stage", .rect = stage});
        context.ui.canvas().dots(stage);
        draw_network(context, stage.inset(margin, space::k8));
        end_panel();
    }
    begin_panel(context.ui,
                {.id = "inspect.readings",
                 .rect = reading,
                 .ground = context.theme().bg1,
                 .hairline_towards = Side::kTop});
    draw_reading(context, reading.inset(margin, space::k16));
    end_panel();
}

void draw_phone(Context& context, Rect stage) {
    const bool beside = stage.w >= kLeastBeside;
    if (beside) {
        draw_side(context, "inspect.input", stage.take_left(kLeftMedium), Side::kRight, draw_input);
    }
    const Rect content =
        begin_panel(context.ui, {.id = "inspect.stage", .rect = stage, .scrolls = true});
    Rect column{stage.x + space::k16, content.y + space::k16, stage.w - 2 * space::k16, 10'000};
    const float top = content.y;
    draw_reading(context, column.take_top(kReading - space::k16, space::k16));
    if (!beside) {
        column.take_top(draw_input(context, column), space::k24);
    }
    if (context.room().scene == model::Scene::why) {
        Rect head = column.take_top(kHead, space::k8);
        draw_scene_switch(context, head);
        column.take_top(draw_why(context, column), space::k24);
    } else {
        const float height = context.room().opened_stage() ? kPhoneLayer : kPhoneOverview;
        draw_network(context, column.take_top(height, space::k24));
    }
    column.take_top(draw_inside(context, column), space::k24);
    end_panel(column.y - top);
}

}  // namespace

void draw_inspect_room(Context& context, Rect stage, float page_width) {
    if (page_width < breakpoint::kPhone) {
        draw_phone(context, stage);
    } else {
        draw_columns(context, stage, page_width >= breakpoint::kWide);
    }
}

}  // namespace convoscope::rooms::inspect
