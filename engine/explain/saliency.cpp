#include "engine/explain/saliency.h"

#include <algorithm>
#include <cmath>

namespace convoscope {

Saliency saliency(NetworkProbe& probe, std::span<const float> image, Index type) {
    probe.fill(image, false);
    probe.forward();
    probe.backward_score(type);
    Saliency result{.gradient = probe.gradient_of_lane(0), .magnitude = {}};
    const Shape& shape = probe.network().shape(0);
    result.magnitude.assign(at(shape.height * shape.width), 0.0F);
    for (std::size_t i = 0; i < result.gradient.size(); ++i) {
        float& greatest = result.magnitude[i % result.magnitude.size()];
        greatest = std::max(greatest, std::abs(result.gradient[i]));
    }
    return result;
}

}  // namespace convoscope
