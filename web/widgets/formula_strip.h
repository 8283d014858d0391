#pragma once

#include <string>
#include <vector>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// A formula in two dimensions: boxes around a common axis, the height of a minus sign.
struct FormulaBox {
    enum class Kind {
        kText,
        kRow,
        kFraction,  ///< parts[0] over parts[1]
        kFloor      ///< parts[0] within ⌊ ⌋, drawn
    };

    Kind kind = Kind::kText;
    std::string text = {};
    Color color = {};
    bool italic = false;  ///< a variable
    bool hat = false;     ///< k̂
    bool sign = false;    ///< + − =, with room at both sides
    bool result = false;  ///< the large number at the end
    std::vector<FormulaBox> parts = {};
};

/// The size of the letters; the result is larger.
enum class FormulaSize { kLarge, kSmall };

[[nodiscard]] float formula_width(const Ui& ui, const FormulaBox& box, FormulaSize size);

/// Draws the formula from `at` on, whose y is the axis. Returns its width. Registers it as `id`,
/// with `line` as what a screen reader says.
float formula_strip(Ui& ui,
                    const char* id,
                    const std::string& label,
                    const std::string& line,
                    const FormulaBox& box,
                    FormulaSize size,
                    Point at);

}  // namespace convoscope::widgets
