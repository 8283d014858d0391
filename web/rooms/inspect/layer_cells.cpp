#include "web/rooms/inspect/layer_cells.h"

#include "web/models/inspect/inspect_commands.h"
#include "web/widgets/cell_cursor.h"
#include "web/widgets/number_text.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

void mark(
    Context& context, const CellMap& map, const model::Place& place, Rect where, Color color) {
    const float across = where.w / static_cast<float>(map.shape.width);
    const float down = where.h / static_cast<float>(map.shape.height);
    const Rect cell{where.x + static_cast<float>(place.column) * across,
                    where.y + static_cast<float>(place.row) * down,
                    across,
                    down};
    context.ui.canvas().outline(cell.inset(-2), color, radius::kTick, 2);
}

void tell(Context& context, const CellMap& map, const model::Place& place, const Interaction& act) {
    const float number = map.numbers[at(place.row * map.shape.width + place.column)];
    const std::string where =
        "row " + std::to_string(place.row) + ", column " + std::to_string(place.column);
    const std::string text = significant_text(static_cast<double>(number), 4);
    tip_for(context.ui,
            act,
            {.title = {{map.label, FontStyle::kSmallS, context.theme().t2}},
             .value = {text, FontStyle::kM24, context.theme().t1},
             .sentence = "At " + where + ". Click to open its sum."});
    if (act.focused) {
        context.ui.explanation = {{text, FontStyle::kM12, context.theme().t1},
                                  {"  " + map.label + ", " + where + ": Enter opens its sum.",
                                   FontStyle::kBody,
                                   context.theme().t2}};
    }
}

void open(Context& context, const CellMap& map, const model::Place& place) {
    const model::Model& room = context.room();
    const bool there = room.pinned && room.pinned->place == place;
    if (!there || map.patch < 0 || map.patch == room.channel) {
        context.commands.push(
            model::commands::pin(context.stage_name(context.neuron->stage), place));
    }
    if (map.patch >= 0) {
        context.commands.push(model::commands::channel(map.patch));
    }
}

}  // namespace

void draw_cell_map(Context& context, const CellMap& map, Rect where) {
    const int rows = static_cast<int>(map.shape.height);
    const int columns = static_cast<int>(map.shape.width);
    TileResult result = tile(context.ui,
                             {.id = map.id.c_str(),
                              .label = map.label,
                              .role = Role::kRadio,
                              .image = map.image,
                              .rows = rows,
                              .columns = columns,
                              .explanation = {{map.label + ": click a cell to open its sum.",
                                               FontStyle::kBody,
                                               context.theme().t2}}},
                             where);
    const Interaction& act = result.interaction;
    if (result.row < 0 && act.focused) {
        const CellCursor cursor = cell_cursor(rows, columns);
        result.row = cursor.row;
        result.column = cursor.column;
    }
    const Theme& theme = context.theme();
    model::Place place = context.neuron->place;
    mark(context, map, place, where, context.room().pinned ? theme.pinned_mark : theme.line3);
    if (result.row >= 0) {
        place = {place.channel, result.row, result.column};
        mark(context, map, place, where, theme.t1);
        tell(context, map, place, act);
    }
    if (act.clicked) {
        open(context, map, place);
    }
}

}  // namespace convoscope::rooms::inspect
