#include "web/rooms/inspect/network_stage.h"

#include "web/rooms/inspect/layer_stage.h"
#include "web/rooms/inspect/level_path.h"
#include "web/rooms/inspect/overview.h"
#include "web/rooms/inspect/overview_head.h"
#include "web/rooms/inspect/space_picture.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

/// The map that grows from its place among all layers to its large one, or shrinks back; what it
/// comes to is veiled until then.
void draw_on_its_way(Context& context, Rect rect) {
    const auto place = context.zoom.on_its_way();
    if (!place) {
        return;
    }
    const auto [stage, channel] = context.zoom.map();
    const StageMaps& maps = context.pictures.stages()[at(stage)];
    Canvas canvas = context.ui.canvas();
    canvas.fill(rect, context.theme().bg0.faded(1.0F - context.zoom.arrived()));
    if (at(channel) < maps.tiles.size()) {
        canvas.image(context.pictures.map(maps.tiles[at(channel)]), *place, radius::kTile);
    } else if (const auto* tensor = context.shown(stage)) {
        canvas.fill(*place, colour_of(context, maps, tensor->values[at(channel)]), radius::kTile);
    }
    canvas.outline(place->inset(-2), context.theme().t1, radius::kTile, stroke::kSelect);
}

void draw_levels(Context& context, Rect rect) {
    const Rect whole = rect;
    rect.take_top(draw_level_path(context, rect), space::k4);
    if (context.neuron && context.room().opened_stage()) {
        draw_layer(context, rect);
    } else {
        draw_overview(context, rect);
    }
    draw_on_its_way(context, rect);
    const bool by_wheel = context.page_width >= breakpoint::kPhone;  // else it scrolls
    const int asked = context.zoom.asked(context.ui, whole, by_wheel);
    if (asked > 0) {
        go_deeper(context);
    } else if (asked < 0) {
        go_up(context);
    }
}

}  // namespace

void draw_network(Context& context, Rect rect) {
    rect.take_top(draw_overview_head(context, rect), space::k4);
    if (context.train().snapshot.empty() || context.pictures.stages().empty()) {
        ghost(
            context, rect, "Every layer's numbers appear here when the engine has read a picture.");
    } else if (context.room().scene == model::Scene::space) {
        context.space.draw(context, rect);
    } else {
        draw_levels(context, rect);
    }
}

}  // namespace convoscope::rooms::inspect
