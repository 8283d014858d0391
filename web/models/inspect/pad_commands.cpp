#include "web/models/inspect/pad_commands.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "web/models/json_reading.h"

namespace convoscope::models::inspect {

void draw_on(Pad& pad, const Json& command, bool erases, Brush brush) {
    const auto step = [&](const char* axis) {
        const double share = number_of(command, axis);
        return std::isfinite(share)
                   ? static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0, 1.0) * kPadSteps))
                   : std::uint8_t{0};
    };
    const PadPoint at{step("x"), step("y")};
    if (is_true(command, "begins")) {
        pad.begin(erases, brush, at);
    } else {
        pad.extend(at);
    }
}

}  // namespace convoscope::models::inspect
