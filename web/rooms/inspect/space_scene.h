#pragma once

#include <array>
#include <optional>
#include <vector>

#include "web/render/box_painter.h"
#include "web/rooms/inspect/inspect_context.h"
#include "web/widgets/turntable.h"

namespace convoscope::rooms::inspect {

/// A layer in space: its maps one behind the other, the first in front, rows downwards; or its
/// numbers in columns.
struct Slab {
    Index stage = -1;  ///< -1: the network's input
    Shape shape;
    Index planes = 1;  ///< maps that are shown
    Index rows = 1;
    Index columns = 1;
    float cell = 1.0F;  ///< from a cell to the next
    float left = 0.0F;  ///< of the first column
    float step = 1.0F;  ///< from a map to the one behind it
    widgets::SpaceBounds bounds;

    /// The middle of a place of a map, or between places.
    [[nodiscard]] widgets::Space at(Index plane, float row, float column) const;
    /// The middle of a cell; nothing when it is not shown.
    [[nodiscard]] std::optional<widgets::Space> at(const model::Place& place) const;
    [[nodiscard]] widgets::Space cell_size() const;
};

/// Input and layers as slabs of boxes, side by side, coloured as their maps are.
struct SpaceScene {
    std::vector<Slab> slabs;
    std::vector<render::Box> boxes;

    /// Null when it is not there.
    [[nodiscard]] const Slab* slab_of(Index stage) const;
    /// What each slab reaches over.
    [[nodiscard]] std::vector<widgets::SpaceBounds> bounds() const;
};
[[nodiscard]] SpaceScene space_scene(const Context& context);

/// A cell of a slab.
struct SpaceCell {
    Index stage = -1;
    model::Place place;
};
/// The cell that is seen at a place of the screen.
[[nodiscard]] std::optional<SpaceCell> picked(const SpaceScene& scene,
                                              const widgets::Turntable& table,
                                              widgets::Point mouse);

}  // namespace convoscope::rooms::inspect
