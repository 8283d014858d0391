#include "web/rooms/inspect/why_scene.h"

#include <algorithm>
#include <array>
#include <string>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/why_images.h"
#include "web/rooms/inspect/why_maps.h"
#include "web/rooms/inspect/why_projection.h"
#include "web/widgets/segmented.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kSlider = 220;
constexpr float kNarrow = 480;

/// Which class is asked about, and how strongly the maps lie over the picture.
void draw_question(Context& context, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const auto& answer = context.room().explanations.of(model::Why::saliency);
    const bool narrow = row.w < kNarrow;
    const Rect control = narrow ? row : row.take_right(kSlider, space::k16);
    if (const auto opacity = slider(context.ui,
                                    {.id = "inspect.opacity",
                                     .label = "opacity",
                                     .value = context.room().opacity,
                                     .min = 0,
                                     .max = 1,
                                     .step = 0.05,
                                     .label_width = 56},
                                    control)) {
        context.commands.push(model::commands::with("inspect_opacity", "opacity", *opacity));
    }
    if (!narrow && answer.type >= 0) {
        canvas.text({row.x, row.center_y()},
                    Runs{{"Why " + context.train().data.class_name(answer.type) + "?  ",
                          FontStyle::kTitle,
                          theme.t1},
                         {"a bar below asks for another class", FontStyle::kSmall, theme.t3}});
    }
}

}  // namespace

float draw_why(Context& context, Rect where) {
    const float top = where.y;
    draw_question(context, {where.x, where.y, where.w, space::k32});
    where.y += space::k32 + space::k12;
    where.y += draw_why_maps(context, where) + space::k12;
    where.y += draw_nearest_images(context, where) + space::k20;
    where.y += draw_projection(context, where) + space::k24;
    where.y += draw_filter_wishes(context, where);
    return where.y - top;
}

void draw_scene_switch(Context& context, Rect& row) {
    const bool narrow = row.w < kNarrow;
    const std::array<Segment, 3> scenes{{{"layers", narrow ? "Flat" : "Layers"},
                                         {"space", narrow ? "Space" : "In space"},
                                         {"why", "Why"}}};
    if (const auto chosen = segmented(context.ui,
                                      "inspect.scene",
                                      scenes,
                                      static_cast<int>(context.room().scene),
                                      row.take_left(narrow ? 168.0F : 216.0F, space::k12))) {
        context.commands.push(model::commands::with(
            "inspect_scene",
            "scene",
            std::string_view(model::name_of(static_cast<model::Scene>(*chosen)))));
    }
}

}  // namespace convoscope::rooms::inspect
