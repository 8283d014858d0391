#include "web/rooms/inspect/input_panel.h"

#include <algorithm>
#include <array>
#include <vector>

#include "web/models/inspect/inspect_commands.h"
#include "web/models/ready_weights.h"
#include "web/rooms/drawing_pad.h"
#include "web/rooms/inspect/offered_images.h"
#include "web/rooms/inspect/why_maps.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kTool = 36;
constexpr float kFact = 24;
constexpr float kSeen = 84;

/// The receptive field of the opened neuron, on a picture of the input.
void draw_field(Context& context, Rect where) {
    const auto box = context.neuron ? context.room().field(*context.neuron) : std::nullopt;
    if (!box) {
        return;
    }
    const Shape& input = context.room().network.input;
    const float across = where.w / static_cast<float>(input.width);
    const float down = where.h / static_cast<float>(input.height);
    const Rect field{where.x + static_cast<float>(box->left) * across,
                     where.y + static_cast<float>(box->top) * down,
                     static_cast<float>(box->right - box->left) * across,
                     static_cast<float>(box->bottom - box->top) * down};
    Canvas canvas = context.ui.canvas();
    canvas.push_clip(where);  // what lies in the padding has no place on the picture
    const auto& effective = context.room().explanations.of(model::Why::effective_field);
    const models::CapturedTensor* map = effective.find("map");
    const model::Place& place = context.neuron->place;
    if (map != nullptr && effective.layer == context.stage_name(context.neuron->stage) &&
        effective.row == place.row && effective.column == place.column) {
        draw_pixel_light(context, map->values, where, 0.75F);
    } else {
        canvas.fill(field, context.theme().kernel_fill.faded(0.16F), radius::kTick);
    }
    canvas.outline(field, context.theme().kernel_fill, radius::kTick, 2);
    canvas.pop_clip();
}

void draw_pad(Context& context, Rect pad) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool drawn = context.room().source == model::Source::drawing;
    const bool pictured = context.room().source == model::Source::picture;
    const Interaction act = interact(
        context.ui,
        {.id = "inspect.pad",
         .label = "Drawing pad",
         .role = Role::kImage,
         .value = drawn      ? "your drawing"
                  : pictured ? (context.room().split == "test" ? "a picture of the test set"
                                                               : "a held-out picture")
                             : "your photograph",
         .takes_strokes = true},
        pad,
        {{"Draw a digit with the pointer, a finger, or the arrows with Enter held.",
          FontStyle::kBody,
          theme.t2}});
    canvas.image(drawn ? context.pictures.drawing() : context.input_image(), pad, radius::kTile);
    canvas.outline(pad, drawn ? theme.input : theme.line2, radius::kTile, stroke::kSelect);
    if (drawn && context.room().pad.empty()) {
        canvas.text(pad.center(),
                    "Draw a digit here",
                    FontStyle::kBody,
                    theme.dark ? theme.t2 : theme.bg4,
                    Align::kCenter);
    }
    if (!drawn) {
        draw_field(context, pad);
    }
    if (const auto mark = pen_on(context.ui, act, pad, context.room().takes_drawings())) {
        context.commands.push(model::commands::draw(mark->x, mark->y, mark->begins));
    }
}

void draw_tools(Context& context, Rect row) {
    const auto tool = [&](const char* id, const char* label, Icon icon, bool active) {
        return icon_button(context.ui,
                           {.id = id, .label = label, .icon = icon, .active = active},
                           row.take_left(space::kButton, space::k4));
    };
    const bool erases = context.room().erases;
    if (tool("inspect.draw", "Draw", Icon::kPencil, !erases)) {
        context.commands.push(model::commands::with("inspect_erase", "on", false));
    }
    if (tool("inspect.erase", "Erase", Icon::kEraser, erases)) {
        context.commands.push(model::commands::with("inspect_erase", "on", true));
    }
    if (tool("inspect.clear", "Clear the pad", Icon::kTrash, false)) {
        context.commands.push(models::commands::plain("inspect_clear"));
    }
    const std::array<Segment, 3> brushes{{{"fine", "fine"}, {"medium", "mid"}, {"broad", "bold"}}};
    if (const auto chosen = segmented(context.ui,
                                      "inspect.brush",
                                      brushes,
                                      static_cast<int>(context.room().brush),
                                      row.take_right(std::min(row.w, 132.0F)))) {
        context.commands.push(model::commands::with(
            "inspect_brush",
            "brush",
            std::string_view(model::name_of(static_cast<model::Brush>(*chosen)))));
    }
}

/// The drawing as the network reads it: cut out, scaled, centred.
void draw_seen(Context& context, Rect row) {
    const Rect picture = row.take_left(kSeen, space::k12);
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.image(context.pictures.digit(), picture, radius::kTile);
    draw_field(context, picture);
    canvas.text({row.x, row.y + space::k8}, "As the network sees it", FontStyle::kSmallS, theme.t1);
    canvas.paragraph({row.x, row.y + 28},
                     row.w,
                     "cut out, 20 pixels high, its centre of mass in the middle",
                     FontStyle::kSmall,
                     theme.t2,
                     17);
}

void draw_fact(
    Context& context, Rect row, const std::string& name, const std::string& value, Color color) {
    Canvas canvas = context.ui.canvas();
    canvas.text({row.x, row.center_y()}, name, FontStyle::kBody, context.theme().t2);
    canvas.text({row.right(), row.center_y()}, value, FontStyle::kM12, color, Align::kRight);
    canvas.horizontal(row.x, row.right(), row.bottom(), context.theme().line1);
}

std::string range_text(std::int64_t first, std::int64_t end) {
    return true_minus(std::to_string(first)) + " to " + true_minus(std::to_string(end - 1));
}

float draw_field_facts(Context& context, Rect where) {
    const Theme& theme = context.theme();
    section_head(context.ui, where.x, where.y + space::k8, where.w, "Receptive field");
    Rect rows{where.x, where.y + space::k24, where.w, 1000};
    if (!context.neuron) {
        return space::k24;
    }
    const auto box = context.room().field(*context.neuron);
    if (!box) {
        draw_fact(context, rows.take_top(kFact), "size", "the whole input", theme.kernel);
        return rows.y - where.y;
    }
    const InputBox inside = context.room().on_input(*box);
    const std::int64_t height = box->bottom - box->top;
    const std::int64_t width = box->right - box->left;
    const std::int64_t seen = (inside.bottom - inside.top) * (inside.right - inside.left);
    draw_fact(context,
              rows.take_top(kFact),
              "size",
              std::to_string(height) + " × " + std::to_string(width),
              theme.kernel);
    draw_fact(context, rows.take_top(kFact), "rows", range_text(box->top, box->bottom), theme.t1);
    draw_fact(
        context, rows.take_top(kFact), "columns", range_text(box->left, box->right), theme.t1);
    draw_fact(context,
              rows.take_top(kFact),
              "padding in it",
              std::to_string(height * width - seen) + " of " + std::to_string(height * width),
              theme.t2);
    return rows.y - where.y;
}

/// The field of each stage, as bars.
float draw_growth(Context& context, Rect where) {
    const model::Model& room = context.room();
    const std::vector<std::int64_t> widths = room.field_widths();
    const Theme& theme = context.theme();
    section_head(context.ui, where.x, where.y + space::k8, where.w, "How it grows", "pixels");
    Rect rows{where.x, where.y + space::k24, where.w, 1000};
    const float greatest = static_cast<float>(room.network.input.width);
    Canvas canvas = context.ui.canvas();
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const Rect row = rows.take_top(22);
        const bool current = context.neuron && context.neuron->stage == static_cast<Index>(i);
        const auto size = static_cast<float>(widths[i]);
        canvas.text({row.x, row.center_y()},
                    context.stage_name(static_cast<Index>(i)),
                    FontStyle::kSmall,
                    current ? theme.t1 : theme.t2);
        const Rect track{row.x + 60, row.center_y() - 4, row.w - 60 - space::k32, 8};
        canvas.fill(track, theme.bg3, radius::kTick);
        canvas.fill({track.x, track.y, track.w * std::min(1.0F, size / greatest), track.h},
                    current ? theme.kernel_fill : tint(theme.kernel_fill, 0.45F, theme.bg3),
                    radius::kTick);
        canvas.text({row.right(), row.center_y()},
                    std::to_string(widths[i]),
                    FontStyle::kM12,
                    current ? theme.t1 : theme.t2,
                    Align::kRight);
    }
    return rows.y - where.y;
}

/// Before a run's first step: trained weights that come with the page, or the run's own.
float draw_weights(Context& context, Rect where) {
    const models::TrainModel& train = context.train();
    if (train.step > 0 || train.is_back() || !models::has_ready_weights(train.settings)) {
        return 0;
    }
    const std::array<Segment, 2> weights{
        {{"trained", "trained for you"}, {"untrained", "untrained"}}};
    section_head(
        context.ui, where.x, where.y + space::k8, where.w, "Weights", "before your own run");
    const Rect row{where.x, where.y + space::k24, where.w, space::kButton};
    if (const auto chosen = segmented(
            context.ui, "inspect.weights", weights, context.room().untrained ? 1 : 0, row)) {
        context.commands.push(model::commands::with("inspect_untrained", "on", *chosen == 1));
    }
    return space::k24 + space::kButton + space::k20;
}

}  // namespace

float draw_input(Context& context, Rect where) {
    const float top = where.y;
    where.y += draw_weights(context, where);
    const model::Model& room = context.room();
    const Shape& input = room.network.input;
    const bool draws = room.takes_drawings();
    section_head(context.ui,
                 where.x,
                 where.y + space::k8,
                 where.w,
                 draws ? "Draw a digit" : "Picture",
                 room.has_network()
                     ? std::to_string(input.height) + " × " + std::to_string(input.width)
                     : "the network is being built");
    where.y += space::k24 + space::k4;
    const float side = std::min(where.w, 300.0F);
    draw_pad(context, {where.x, where.y, side, side});
    where.y += side + space::k8;
    if (draws) {
        draw_tools(context, {where.x, where.y, where.w, space::kButton});
        where.y += kTool + space::k8;
        if (room.source == model::Source::drawing) {
            draw_seen(context, {where.x, where.y, where.w, kSeen});
            where.y += kSeen + space::k16;
        }
    }
    where.y += draw_own_sources(context, where) + space::k12;
    where.y += draw_offered(context, where) + space::k12;
    where.y += draw_field_facts(context, where) + space::k20;
    where.y += draw_growth(context, where);
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
