#pragma once

#include <span>
#include <string>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct ConfusionSpec {
    const char* id;
    int classes = 10;
    std::span<const int> counts;               ///< row-major: true class × what was read
    std::span<const std::string> class_names;  ///< empty: the index; cut off below a column
    float pitch = 34;
    int selected_row = -1;
    int selected_column = -1;
};

struct ConfusionResult {
    int row = -1;  ///< of the cell under the pointer, or that an arrow key leads to
    int column = -1;
    bool chosen = false;
};

/// Rows are the truth, columns what the network read; the labels stand left and below. `at` is the
/// upper left corner of the first cell.
ConfusionResult confusion_matrix(Ui& ui, const ConfusionSpec& spec, Point at);

}  // namespace convoscope::widgets
