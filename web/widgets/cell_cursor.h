#pragma once

#include <optional>
#include <string>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// A cell among rows and columns.
struct CellCursor {
    int row = 0;
    int column = 0;
    bool moved = false;  ///< in this frame
};

/// For the widget that has the focus, right after its `interact`: the cell that the arrows have led
/// to. It stays where it is while the focus is elsewhere; the first time it is the first cell.
[[nodiscard]] CellCursor cell_cursor(int rows, int columns);

/// Has a screen reader say what stands in the cell that the arrows have led to, within the grid of
/// that name.
void tell_cell(
    Ui& ui, const std::string& grid, const CellCursor& cursor, const std::string& value, Rect cell);

/// The digit whose key was pressed in this frame.
[[nodiscard]] std::optional<int> digit_pressed();

}  // namespace convoscope::widgets
