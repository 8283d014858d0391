#include "engine/kernels/reference/batch_norm2d_reference.h"

#include <cmath>

namespace convoscope::kernels::reference {
namespace {

/// Calls visit(channel, place) for every number of the batch.
template <class Visit>
void for_each(const BatchNorm2dReference& batch, const Visit& visit) {
    for (Index image = 0; image < batch.images; ++image) {
        for (Index channel = 0; channel < batch.channels; ++channel) {
            for (Index pixel = 0; pixel < batch.pixels; ++pixel) {
                visit(at(channel), at((image * batch.channels + channel) * batch.pixels + pixel));
            }
        }
    }
}

}  // namespace

std::vector<double> BatchNorm2dReference::mean(std::span<const double> input) const {
    std::vector<double> mean(at(channels));
    const auto count = static_cast<double>(images * pixels);
    for_each(*this, [&](std::size_t channel, std::size_t place) {
        mean[channel] += input[place] / count;
    });
    return mean;
}

std::vector<double> BatchNorm2dReference::variance(std::span<const double> input) const {
    const std::vector<double> center = mean(input);
    std::vector<double> variance(at(channels));
    const auto count = static_cast<double>(images * pixels);
    for_each(*this, [&](std::size_t channel, std::size_t place) {
        const double deviation = input[place] - center[channel];
        variance[channel] += deviation * deviation / count;
    });
    return variance;
}

std::vector<double> BatchNorm2dReference::forward(std::span<const double> input,
                                                  std::span<const double> weight,
                                                  std::span<const double> bias) const {
    const std::vector<double> center = mean(input);
    const std::vector<double> spread = variance(input);
    std::vector<double> output(input.size());
    for_each(*this, [&](std::size_t channel, std::size_t place) {
        output[place] =
            (input[place] - center[channel]) / std::sqrt(spread[channel] + eps) * weight[channel] +
            bias[channel];
    });
    return output;
}

}  // namespace convoscope::kernels::reference
