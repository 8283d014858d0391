#pragma once

#include <span>
#include <string>
#include <vector>

#include "web/rooms/inspect/inspect_pictures.h"
#include "web/widgets/geometry.h"

namespace convoscope::rooms::inspect {

/// Where a stage's maps, or its numbers, stand.
struct StageColumn {
    widgets::Rect where = {};  ///< of all tiles
    float tile = 0.0F;         ///< side of a map, or of a number's cell
    float gap = 4.0F;
    Index rows = 1;   ///< tiles in a line downwards
    Index shown = 0;  ///< as many as have room
    bool flat = false;
    bool named = false;  ///< the last stage, with a class beside each number

    [[nodiscard]] widgets::Rect place(Index index) const;
};

/// All stages side by side in `rect`: as large as fits, and if need be only the first maps of each.
[[nodiscard]] std::vector<StageColumn> lay_out(std::span<const StageMaps* const> stages,
                                               widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
