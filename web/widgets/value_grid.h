#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class CellState { kValue, kZero, kPadding, kInWindow, kComputed, kCurrent, kToCome };

/// One cell of a grid, as it is to be shown.
struct Cell {
    std::string text = {};
    CellState state = CellState::kValue;
    Color fill = {};
    FontStyle style = FontStyle::kM15;
    std::string weight = {};  ///< ghosted in the corner while in the window
    Color identity = {};      ///< of that weight
    bool hatched = false;     ///< in the window, but padding
    bool never_read = false;  ///< veiled and struck out
    bool lit = false;         ///< outlined in `light`: part of what is pointed at
    Color light = {};
    bool pinned = false;
};

struct ValueGridSpec {
    const char* id;
    std::string label;
    std::string value = {};  ///< what a screen reader says of it
    int rows = 0;
    int columns = 0;
    float pitch =
        44;  ///< cell and its gap of 2; below 22 no numbers are written, below 10 no gaps,
             ///< and below 2 neighbours are drawn as one, in the mean of their colours
    Quantity quantity = Quantity::kInput;
    bool hide_numbers = false;
    Runs explanation = {};
    bool takes_strokes = false;  ///< is painted
};

/// The cell that is pointed at, or that the arrows have led to while the grid has the focus, and
/// what was typed into it.
struct GridResult {
    Interaction interaction;
    int row = -1;
    int column = -1;
    std::optional<int> digit = {};
    bool negates = false;  ///< the minus key
    /// Of cells too small to be drawn one by one, those to be seen all the same: row, column.
    std::vector<std::pair<int, int>> marked = {};
};

using CellOf = std::function<Cell(int row, int column)>;

/// Cells with numbers in them; `cell(row, column)` says how each looks. Drawn in two passes, so
/// that a beam of light can lie over the fills and under the numbers: first `grid_fills`, which is
/// the widget, then `grid_numbers`, which draws window, current cell and all numbers.
GridResult grid_fills(Ui& ui, const ValueGridSpec& spec, Point at, const CellOf& cell);
void grid_numbers(
    Ui& ui, const ValueGridSpec& spec, Point at, const CellOf& cell, const GridResult& hovered);

/// A cell without its gap.
[[nodiscard]] Rect grid_cell(const ValueGridSpec& spec, Point at, float row, float column);

/// The frame around the cells that a window covers, with its glow.
void grid_window(Ui& ui, Rect cells);

/// Numbers along an edge: of rows to the left, of columns below. `active` ones have the quantity's
/// colour.
struct GridIndex {
    int place = 0;
    std::string text = {};
    bool active = false;
};
void grid_indices(Ui& ui,
                  const ValueGridSpec& spec,
                  Point at,
                  std::span<const GridIndex> rows,
                  std::span<const GridIndex> columns);

}  // namespace convoscope::widgets
