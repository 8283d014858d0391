#include "web/models/convolve/convention_places.h"

#include <algorithm>

namespace convoscope::models::convolve {

std::vector<AxisPlace> axis_places(const AxisSetup& axis, const AxisCoverage& coverage) {
    const Index extent = axis.window().extent();
    const Index read_end = (coverage.outputs - 1) * axis.stride + extent;
    const Index input_end = coverage.padding_begin + axis.input;
    const Index end = std::max(input_end + coverage.padding_end, read_end);
    std::vector<AxisPlace> places;
    for (Index i = 0; i < end; ++i) {
        const bool pixel = i >= coverage.padding_begin && i < input_end;
        if (i >= read_end) {
            places.push_back(AxisPlace::lost);
        } else if (pixel) {
            places.push_back(AxisPlace::read);
        } else {
            const bool in_window = extent >= axis.stride || i % axis.stride < extent;
            places.push_back(in_window ? AxisPlace::invented : AxisPlace::between);
        }
    }
    return places;
}

}  // namespace convoscope::models::convolve
