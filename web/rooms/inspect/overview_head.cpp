#include "web/rooms/inspect/overview_head.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/why_scene.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kRow = 36;
constexpr float kDirection = 168;
constexpr float kScale = 186;
constexpr float kQuestion = 116;

void draw_direction(Context& context, Rect rect) {
    const std::array<Segment, 2> ways{{{"forward", "Forward"}, {"backward", "Backward"}}};
    if (const auto chosen = segmented(context.ui,
                                      "inspect.direction",
                                      ways,
                                      static_cast<int>(context.room().direction),
                                      rect)) {
        context.commands.push(model::commands::with(
            "inspect_direction",
            "direction",
            std::string_view(model::name_of(static_cast<model::Direction>(*chosen)))));
    }
}

void draw_scale(Context& context, Rect rect) {
    const std::array<Segment, 3> scales{
        {{"layer", "layer"}, {"map", "map"}, {"network", "network"}}};
    if (const auto chosen = segmented(
            context.ui, "inspect.scale", scales, static_cast<int>(context.room().scale), rect)) {
        context.commands.push(model::commands::with(
            "inspect_scale",
            "scale",
            std::string_view(model::name_of(static_cast<model::ScaleOf>(*chosen)))));
    }
}

/// Of what the gradients are: of the loss or the score of a class, which a bar below chooses.
void draw_question(Context& context, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::array<Segment, 2> questions{{{"loss", "Loss"}, {"score", "Score"}}};
    if (const auto chosen = segmented(context.ui,
                                      "inspect.question",
                                      questions,
                                      static_cast<int>(context.room().question),
                                      row.take_left(kQuestion, space::k12))) {
        context.commands.push(model::commands::with(
            "inspect_question",
            "question",
            std::string_view(model::name_of(static_cast<model::Question>(*chosen)))));
    }
    const int type = context.train().snapshot_class;
    if (type >= 0) {
        Runs runs{{"of ", FontStyle::kBody, theme.t2},
                  {context.train().data.class_name(type), FontStyle::kStrong, theme.grad}};
        if (row.w > canvas.width(runs) + 190) {
            runs.push_back({"   a bar below asks for another", FontStyle::kSmall, theme.t3});
        }
        canvas.text({row.x, row.center_y()}, runs);
    }
}

}  // namespace

float draw_overview_head(Context& context, Rect where) {
    const float top = where.y;
    Rect row{where.x, where.y, where.w, kRow};
    draw_scene_switch(context, row);
    const bool one_row = row.w >= kDirection + space::k12 + kScale;
    if (!one_row) {
        row = {where.x, where.y + kRow + space::k4, where.w, kRow};
    }
    draw_scale(context, row.take_right(kScale, space::k12));
    draw_direction(
        context, one_row ? row.take_right(kDirection) : row.take_left(std::min(row.w, kDirection)));
    where.y = row.y + kRow;
    if (context.room().backward()) {
        draw_question(context, {where.x, where.y + space::k4, where.w, kRow});
        where.y += space::k4 + kRow;
    }
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
