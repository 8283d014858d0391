#include "engine/core/initializer.h"

#include <cmath>

#include "engine/core/check.h"

namespace convoscope {
namespace {

void fill_uniform(Random& random, double bound, std::span<float> values) {
    for (float& value : values) {
        value = static_cast<float>(random.uniform(-bound, bound));
    }
}

}  // namespace

void initialize_uniform(Random& random, Index fan_in, std::span<float> values) {
    CONVOSCOPE_CHECK(fan_in > 0);
    fill_uniform(random, 1.0 / std::sqrt(static_cast<double>(fan_in)), values);
}

void initialize_kaiming_normal(Random& random, Index fan_in, std::span<float> values) {
    CONVOSCOPE_CHECK(fan_in > 0);
    const double deviation = std::sqrt(2.0 / static_cast<double>(fan_in));
    for (float& value : values) {
        value = static_cast<float>(deviation * random.normal());
    }
}

void initialize_xavier_uniform(Random& random,
                               Index fan_in,
                               Index fan_out,
                               std::span<float> values) {
    CONVOSCOPE_CHECK(fan_in > 0 && fan_out > 0);
    fill_uniform(random, std::sqrt(6.0 / static_cast<double>(fan_in + fan_out)), values);
}

}  // namespace convoscope
