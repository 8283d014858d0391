#pragma once

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class Scale { kDiverging, kSequential, kGray };

/// The scale as a bar 6 high with its ends printed; diverging: −max, 0, +max; sequential: the
/// swatch of the exact zero, then > 0 to max. About 26 px high.
void color_legend(Ui& ui, Scale scale, double max, Rect rect);

}  // namespace convoscope::widgets
