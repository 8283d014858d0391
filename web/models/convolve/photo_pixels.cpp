#include <cmath>
#include <numbers>

#include "web/models/area_mean.h"
#include "web/models/convolve/photo.h"

namespace convoscope::models::convolve {

PhotoPixels rings(Index side) {
    PhotoPixels pixels{.channels = 1, .rows = side, .columns = side};
    const double middle = static_cast<double>(side - 1) / 2;
    for (Index row = 0; row < side; ++row) {
        for (Index column = 0; column < side; ++column) {
            const double y = static_cast<double>(row) - middle;
            const double x = static_cast<double>(column) - middle;
            const double squared = x * x + y * y;
            // At a distance of half a side the period is four pixels.
            const double phase = std::numbers::pi * squared / (2.0 * static_cast<double>(side));
            pixels.bytes.push_back(
                static_cast<std::uint8_t>(std::lround(127.5 * (1.0 + std::cos(phase)))));
        }
    }
    return pixels;
}

PhotoPixels grey_of(const PhotoPixels& colour) {
    if (colour.channels != 3) {
        return colour;
    }
    PhotoPixels grey{.channels = 1, .rows = colour.rows, .columns = colour.columns};
    for (Index i = 0; i < colour.cells(); ++i) {
        const double luma = 0.299 * colour.plane(0)[at(i)] + 0.587 * colour.plane(1)[at(i)] +
                            0.114 * colour.plane(2)[at(i)];
        grey.bytes.push_back(static_cast<std::uint8_t>(std::lround(luma)));
    }
    return grey;
}

PhotoPixels reduced(const PhotoPixels& pixels, Index rows, Index columns) {
    PhotoPixels small{.channels = pixels.channels, .rows = rows, .columns = columns};
    small.bytes.reserve(at(pixels.channels * rows * columns));
    for (Index channel = 0; channel < pixels.channels; ++channel) {
        const std::vector<float> means =
            area_means(pixels.plane(channel), {pixels.rows, pixels.columns}, {rows, columns});
        for (const float mean : means) {
            small.bytes.push_back(static_cast<std::uint8_t>(std::lround(mean)));
        }
    }
    return small;
}

}  // namespace convoscope::models::convolve
