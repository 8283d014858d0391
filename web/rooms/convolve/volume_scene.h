#pragma once

#include <array>
#include <vector>

#include "web/render/box_painter.h"
#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/turntable.h"

namespace convoscope::rooms::convolve {

/// Which of the three volumes.
enum class Stack { input, kernel, output };

/// Where one lies: its planes one behind the other, the first in front, rows downwards.
struct StackPlace {
    Index rows = 0;
    Index columns = 0;
    Index planes = 0;  ///< of those, the first `shown`
    Index shown = 0;
    float left = 0.0F;  ///< of the first column
    float step = 0.0F;  ///< from a plane to the one behind it
    widgets::SpaceBounds bounds;

    /// The middle of a place between cells too.
    [[nodiscard]] widgets::Space at(Index plane, float row, float column) const;
};

/// What a box stands for.
struct BoxOwner {
    Stack stack = Stack::input;
    Index plane = 0;
    model::CellPlace place;
};

/// Input, kernel and output of the filter in front as boxes, coloured as the grids are.
struct VolumeScene {
    std::array<StackPlace, 3> stacks;
    std::vector<render::Box> boxes;
    std::vector<BoxOwner> owners;  ///< as many
    widgets::SpaceBounds bounds;

    [[nodiscard]] const StackPlace& stack(Stack which) const {
        return stacks[static_cast<std::size_t>(which)];
    }
};

/// Expects: possible. Backwards the volumes are dL/dx, dL/dw and dL/dy.
[[nodiscard]] VolumeScene volume_scene(const Context& context);

}  // namespace convoscope::rooms::convolve
