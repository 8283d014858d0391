#pragma once

#include <string>
#include <vector>

#include "web/widgets/color.h"
#include "web/widgets/fonts.h"

namespace convoscope::widgets {

/// A piece of a line in one style and colour; lines that mix them are lists of runs.
struct Run {
    std::string text;
    FontStyle style = FontStyle::kBody;
    Color color = {};
};
using Runs = std::vector<Run>;

enum class Align { kLeft, kCenter, kRight };

}  // namespace convoscope::widgets
