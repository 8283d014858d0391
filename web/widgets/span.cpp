#include "web/widgets/span.h"

#include <algorithm>

namespace convoscope::widgets {

Span zoomed(Span shown, Span whole, double factor, double about, double least) {
    const double shortest = std::min(least, whole.length());
    const double length = std::clamp(shown.length() / factor, shortest, whole.length());
    const double share = (about - shown.first) / shown.length();
    const double first = about - share * length;
    return moved({first, first + length}, whole, 0);
}

Span moved(Span shown, Span whole, double distance) {
    const double latest = std::max(whole.first, whole.last - shown.length());
    const double first = std::clamp(shown.first + distance, whole.first, latest);
    return {first, first + shown.length()};
}

}  // namespace convoscope::widgets
