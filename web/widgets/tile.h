#pragma once

#include <optional>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct TileSpec {
    const char* id;
    std::string label;
    Role role = Role::kImage;  ///< another, where a click does something
    ImageRef image;
    int rows = 0;  ///< of the picture; 0 when the cell under the pointer does not matter
    int columns = 0;
    float radius = radius::kTile;
    bool pinned = false;
    bool outlined = false;           ///< a quiet border: chosen, not pinned
    std::optional<Rect> field = {};  ///< a box in cells, drawn in amber
    Runs explanation = {};
};

struct TileResult {
    Interaction interaction;
    int row = -1;  ///< cell under the pointer
    int column = -1;
};

/// A picture or heat map with square corners of 4 px; hovered, pinned, opened.
TileResult tile(Ui& ui, const TileSpec& spec, Rect rect);

/// A place where a picture will be: dashed, quiet.
void empty_tile(Ui& ui, Rect rect);

}  // namespace convoscope::widgets
