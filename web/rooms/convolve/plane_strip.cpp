#include "web/rooms/convolve/plane_strip.h"

#include <algorithm>

#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kMostTile = 34;
constexpr float kLeastTile = 12;
constexpr float kTileGap = 6;

struct Tiling {
    float tile = kLeastTile;
    Index columns = 1;
};

Index count_along(float room, float tile) {
    return std::max<Index>(1, static_cast<Index>((room + kTileGap) / (tile + kTileGap)));
}

/// The largest tiles that all fit.
Tiling tiling_of(Index planes, Rect rect) {
    float tile = kMostTile;
    while (tile > kLeastTile && count_along(rect.w, tile) * count_along(rect.h, tile) < planes) {
        tile -= 1;
    }
    return {tile, count_along(rect.w, tile)};
}

/// Small as it is, a large plane is shown by every second, third … of its cells.
void draw_miniature(Context& context,
                    const model::NumberGrid& grid,
                    Index plane,
                    Volume volume,
                    double greatest,
                    Rect tile) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Index longest = std::max(grid.rows, grid.columns);
    const auto cells = std::min(longest, static_cast<Index>(tile.w / 2));
    const float unit = tile.w / static_cast<float>(cells);
    canvas.fill(tile, theme.bg2, radius::kTick);
    const bool input = volume == Volume::input && !context.room().backward();
    for (Index row = 0; row * longest / cells < grid.rows && row < cells; ++row) {
        for (Index column = 0; column * longest / cells < grid.columns && column < cells;
             ++column) {
            const auto value = static_cast<float>(
                grid.value(plane, row * longest / cells, column * longest / cells));
            const auto most = static_cast<float>(greatest);
            canvas.fill({tile.x + static_cast<float>(column) * unit,
                         tile.y + static_cast<float>(row) * unit,
                         unit + 0.3F,
                         unit + 0.3F},
                        input ? cell_fill(theme, theme.input, value / most)
                              : diverging(theme, value, most));
        }
    }
}

/// Backwards the gradient, and the error.
const model::NumberGrid& shown_planes(const Context& context, Volume volume) {
    const model::Model& room = context.room();
    if (volume == Volume::input) {
        return room.backward() ? room.gradients().input : context.setup().image;
    }
    return room.backward() ? room.error() : context.arithmetic().output;
}

struct Choice {
    const char* argument;  ///< of convolve_select
    std::string label;
    std::string why;
};

Choice choice_of(const Context& context, Volume volume, Index plane) {
    const std::string number = std::to_string(plane);
    const bool pooling = is_pooling(context.setup().operation);
    if (volume == Volume::input || pooling) {
        return {volume == Volume::input ? "channel" : "filter",
                "Channel " + number,
                "Channel " + number + " to the front, with its weights."};
    }
    return {"filter",
            "Filter " + number,
            "Filter " + number + ": its weights, and the plane of the output that it makes."};
}

}  // namespace

Index planes_in(const Context& context, Volume volume) {
    return volume == Volume::input ? context.setup().input_channels
                                   : context.setup().output_planes();
}

float strip_width(Index planes, float height) {
    constexpr float kMargin = 14;
    if (planes == 1) {
        return 0;
    }
    for (const Index columns : {1, 2, 3}) {
        const float width = static_cast<float>(columns) * (kMostTile + kTileGap) - kTileGap;
        const bool large = tiling_of(planes, {0, 0, width, height}).tile >= 22;
        if (large || columns == 3) {
            return width + kMargin;
        }
    }
    return 0;
}

void draw_plane_strip(Context& context, Volume volume, Rect rect) {
    const Index planes = planes_in(context, volume);
    if (planes == 1) {
        return;
    }
    const Tiling tiling = tiling_of(planes, rect);
    const model::Model& room = context.room();
    const model::NumberGrid& grid = shown_planes(context, volume);
    const double greatest = std::max(1e-9, greatest_magnitude(grid.values));
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Index first = context.setup().first_channel_of(room.filter());
    for (Index plane = 0; plane < planes; ++plane) {
        const float step = tiling.tile + kTileGap;
        const Rect tile{rect.x + static_cast<float>(plane % tiling.columns) * step,
                        rect.y + static_cast<float>(plane / tiling.columns) * step,
                        tiling.tile,
                        tiling.tile};
        const bool on = plane == (volume == Volume::input ? room.channel() : room.filter());
        const Choice choice = choice_of(context, volume, plane);
        const std::string id = std::string("convolve.") +
                               (volume == Volume::input ? "channel." : "filter.") +
                               std::to_string(plane);
        const Interaction act =
            interact(context.ui,
                     {.id = id, .label = choice.label, .role = Role::kRadio, .selected = on},
                     tile.inset(-2),
                     plain(context, choice.why));
        draw_miniature(context, grid, plane, volume, greatest, tile);
        const bool read = volume == Volume::output ||
                          (plane >= first && plane < first + context.setup().slices());
        if (!read) {
            canvas.fill(tile, theme.bg0.faded(0.65F), radius::kTick);
        }
        if (on || act.hovered) {
            canvas.outline(
                tile.inset(-2), on ? theme.t1 : theme.line3, radius::kTile, stroke::kSelect);
        }
        if (act.focused) {
            canvas.focus_ring(tile, radius::kTick);
        }
        if (act.clicked) {
            context.commands.push(model::commands::with(
                "convolve_select", choice.argument, static_cast<double>(plane)));
        }
    }
}

void draw_planes_behind(
    Context& context, Quantity quantity, Index planes, Rect front, float radius) {
    constexpr Index kMostShown = 3;
    constexpr float kStep = 4;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    for (Index behind = std::min(planes - 1, kMostShown); behind > 0; --behind) {
        const float away = kStep * static_cast<float>(behind);
        const Rect plane = front.moved(away, -away);
        const float share = 0.5F - 0.1F * static_cast<float>(behind);
        canvas.fill(plane, tint(fill_of(theme, quantity), 0.06F, theme.bg0), radius);
        canvas.outline(plane, tint(fill_of(theme, quantity), share, theme.bg0), radius);
    }
}

}  // namespace convoscope::rooms::convolve
