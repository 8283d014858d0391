#pragma once

#include <optional>

#include "web/widgets/chart.h"
#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// The stretch of steps that the reader wants to see of a chart, when that has changed: by two
/// fingers that spread or move sideways, by a span that is dragged, by the keys + − and the arrows
/// while the chart has the focus. A double click, or 0, asks for the whole.
/// Expects: the spec has a whole.
[[nodiscard]] std::optional<Span> zoom_wish(const Ui& ui,
                                            const ChartSpec& spec,
                                            Rect plot,
                                            const Interaction& act);

/// How to do that, for the explain line.
[[nodiscard]] Runs zoom_explanation(const Theme& theme);

}  // namespace convoscope::widgets
