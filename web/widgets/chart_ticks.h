#pragma once

#include <string>
#include <vector>

#include "web/widgets/chart.h"

namespace convoscope::widgets {

/// A place of an axis that has a number.
struct Tick {
    double value;
    std::string text;
};

/// Round numbers of the vertical axis; those of a logarithmic one are powers of ten and their
/// threefold.
[[nodiscard]] std::vector<Tick> value_ticks(const ChartSpec& spec);

/// Whole epochs where one has room, else round numbers of steps.
[[nodiscard]] std::vector<Tick> step_ticks(const ChartSpec& spec);

/// A place on the horizontal axis as it is read.
[[nodiscard]] std::string place_text(PlaceForm form, double place);

}  // namespace convoscope::widgets
