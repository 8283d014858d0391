#include "engine/kernels/reference/channel_reference.h"

#include <cmath>
#include <cstddef>

namespace convoscope::kernels::reference {
void softmax(const Shape& shape, std::span<const double> input, std::span<double> output) {
    const Index pixels = shape.height * shape.width;
    for (Index pixel = 0; pixel < pixels; ++pixel) {
        double sum = 0.0;
        for (Index channel = 0; channel < shape.channels; ++channel) {
            sum += std::exp(input[at(channel * pixels + pixel)]);
        }
        for (Index channel = 0; channel < shape.channels; ++channel) {
            const std::size_t place = at(channel * pixels + pixel);
            output[place] = std::exp(input[place]) / sum;
        }
    }
}

void local_response_norm(const ResponseNorm& norm,
                         const Shape& shape,
                         std::span<const double> input,
                         std::span<double> output) {
    const Index pixels = shape.height * shape.width;
    for (Index channel = 0; channel < shape.channels; ++channel) {
        for (Index pixel = 0; pixel < pixels; ++pixel) {
            double sum = 0.0;
            for (Index step = 0; step < norm.size; ++step) {
                const Index other = channel - norm.size / 2 + step;
                if (other >= 0 && other < shape.channels) {
                    const double x = input[at(other * pixels + pixel)];
                    sum += x * x;
                }
            }
            const double base = static_cast<double>(norm.k) + static_cast<double>(norm.scale) * sum;
            const std::size_t place = at(channel * pixels + pixel);
            output[place] = input[place] * std::pow(base, -static_cast<double>(norm.beta));
        }
    }
}

}  // namespace convoscope::kernels::reference
