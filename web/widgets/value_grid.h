#pragma once

#include <functional>
#include <string>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class CellState {
    kValue,
    kZero,
    kPadding,
    kNeverRead,
    kInWindow,
    kComputed,
    kCurrent,
    kToCome
};

/// One cell of a grid, as it is to be shown.
struct Cell {
    std::string text;
    CellState state = CellState::kValue;
    Color fill = {};
    FontStyle style = FontStyle::kM15;
    std::string weight = {};  ///< ghosted in the corner while in the window
    Color identity = {};      ///< of that weight
    bool pinned = false;
};

struct ValueGridSpec {
    const char* id;
    std::string label;
    int rows = 0;
    int columns = 0;
    float pitch = 44;  ///< cell and its gap of 2; below 22 no numbers are written
    Quantity quantity = Quantity::kInput;
    bool indices = false;
};

struct GridResult {
    Interaction interaction;
    int row = -1;
    int column = -1;
};

/// Cells with numbers in them; `cell(row, column)` says how each looks. Arrow keys move the focus.
GridResult value_grid(Ui& ui,
                      const ValueGridSpec& spec,
                      Point at,
                      const std::function<Cell(int row, int column)>& cell);

}  // namespace convoscope::widgets
