#include "web/rooms/inspect/overview_layout.h"

#include <algorithm>
#include <cmath>

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kLeastTile = 12;
constexpr float kMostTile = 80;
constexpr float kMapGap = 6;
constexpr float kCell = 10;
constexpr float kCellGap = 2;
constexpr float kClass = 28;
constexpr Index kMostClasses = 20;
constexpr Index kMostAcross = 4;
constexpr Index kLongLine = 10;  ///< maps that stand well below each other
constexpr float kMostBetween = 64;
constexpr float kLeastBetween = 14;

/// A map's side by its pixels: larger maps get more room, but not in proportion.
float wanted_tile(const Shape& shape) {
    return std::min(kMostTile, 20 + 2.1F * static_cast<float>(shape.width));
}

StageColumn column_of(
    const StageMaps& maps, bool last, float height, float most, Index most_across) {
    StageColumn column;
    Index lines = 1;
    column.flat = maps.shape.flat;
    const Index count = maps.shape.channels;
    if (column.flat) {
        column.named = last && count <= kMostClasses;
        column.gap = column.named ? kMapGap : kCellGap;
        column.tile =
            column.named ? std::min(kClass, height / static_cast<float>(count) - kMapGap) : kCell;
    } else {
        column.gap = kMapGap;
        const float wanted = std::min(wanted_tile(maps.shape), most);
        const auto across = [&](float tile) {
            const auto down = std::max(Index{1}, static_cast<Index>(height / (tile + kMapGap)));
            return (count + down - 1) / down;
        };
        column.tile = wanted;
        while (column.tile > kLeastTile && across(column.tile) > most_across / 2) {
            column.tile -= 2;
        }
        lines = count > kLongLine ? std::max(across(column.tile), Index{2}) : Index{1};
    }
    const float pitch = column.tile + column.gap;
    column.rows =
        std::clamp(static_cast<Index>(height / pitch), Index{1}, std::max(count, Index{1}));
    const Index across =
        std::min(most_across, std::max(lines, (count + column.rows - 1) / column.rows));
    column.shown = std::min(count, across * column.rows);
    if (!column.named) {  // lines of equal length
        column.rows = (column.shown + across - 1) / std::max(across, Index{1});
    }
    column.where.w = static_cast<float>(across) * pitch - column.gap;
    column.where.h = static_cast<float>(column.rows) * pitch - column.gap;
    return column;
}

float width_of(const std::vector<StageColumn>& columns) {
    float width = 0;
    for (const StageColumn& column : columns) {
        width += column.where.w;
    }
    return width;
}

}  // namespace

Rect StageColumn::place(Index index) const {
    const float pitch = tile + gap;
    return {where.x + static_cast<float>(index / rows) * pitch,
            where.y + static_cast<float>(index % rows) * pitch,
            tile,
            tile};
}

std::vector<StageColumn> lay_out(std::span<const StageMaps* const> stages, Rect rect) {
    std::vector<StageColumn> columns;
    const auto between = static_cast<float>(std::max<std::size_t>(stages.size(), 2) - 1);
    float most = kMostTile;
    Index most_across = kMostAcross;
    for (bool fits = false; !fits;) {
        columns.clear();
        for (std::size_t i = 0; i < stages.size(); ++i) {
            columns.push_back(
                column_of(*stages[i], i + 1 == stages.size(), rect.h, most, most_across));
        }
        fits = width_of(columns) + between * kLeastBetween <= rect.w;
        if (most > kLeastTile) {
            most -= 4;  // first smaller maps,
        } else {
            fits = fits || --most_across == 0;  // then fewer of them
        }
    }
    const float gap =
        std::clamp((rect.w - width_of(columns)) / between, kLeastBetween, kMostBetween);
    const float whole = width_of(columns) + gap * between;
    float x = std::floor(rect.x + std::max(0.0F, (rect.w - whole) / 2));
    for (StageColumn& column : columns) {
        column.where.x = std::floor(x);
        column.where.y = std::floor(rect.y + std::max(0.0F, (rect.h - column.where.h) / 2));
        x += column.where.w + gap;
    }
    return columns;
}

}  // namespace convoscope::rooms::inspect
