#include "engine/explain/grad_cam.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace convoscope {
namespace {

/// Between which two cells a pixel of the stretched map lies, and how far from the first.
struct Between {
    Index first = 0;
    Index second = 0;
    float share = 0.0F;
};

Between between(Index pixel, Index pixels, Index cells) {
    const double place = std::max(0.0,
                                  (static_cast<double>(pixel) + 0.5) * static_cast<double>(cells) /
                                          static_cast<double>(pixels) -
                                      0.5);
    const auto first = std::min(static_cast<Index>(place), cells - 1);
    return {.first = first,
            .second = std::min(first + 1, cells - 1),
            .share = static_cast<float>(place - std::floor(place))};
}

bool makes_maps(const LayerAttributes& attributes) {
    return std::holds_alternative<Conv2dSpec>(attributes) ||
           std::holds_alternative<ConvTranspose2dSpec>(attributes);
}

}  // namespace

GradCam grad_cam(NetworkProbe& probe, std::span<const float> image, Index value, Index type) {
    probe.fill(image, false);
    probe.forward();
    probe.backward_score(type);
    const Shape& shape = probe.network().shape(value);
    const std::vector<float> maps = probe.value_of_lane(value);
    const std::vector<float> gradients = probe.gradient_of_lane(value);
    const auto plane = at(shape.height * shape.width);
    GradCam cam{.height = shape.height,
                .width = shape.width,
                .weights = std::vector<float>(at(shape.channels), 0.0F),
                .map = std::vector<float>(plane, 0.0F)};
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        cam.weights[i / plane] += gradients[i] / static_cast<float>(plane);
    }
    for (std::size_t i = 0; i < maps.size(); ++i) {
        cam.map[i % plane] += cam.weights[i / plane] * maps[i];
    }
    for (float& cell : cam.map) {
        cell = std::max(cell, 0.0F);
    }
    return cam;
}

Index last_map_value(const Network& network) {
    for (Index layer = network.layer_count() - 1; layer >= 0; --layer) {
        if (!makes_maps(network.spec().layers[at(layer)].attributes) ||
            network.shape(layer + 1).height * network.shape(layer + 1).width == 1) {
            continue;
        }
        // With the layers right after it that keep its shape: normalisation and rectification.
        Index value = layer + 1;
        while (value < network.layer_count() && network.shape(value + 1) == network.shape(value) &&
               network.node(value).inputs.front() == value &&
               !is_join(network.spec().layers[at(value)].attributes)) {
            ++value;
        }
        return value;
    }
    return 0;
}

std::vector<float> stretched(const GradCam& cam, Index height, Index width) {
    std::vector<float> picture;
    picture.reserve(at(height * width));
    for (Index row = 0; row < height; ++row) {
        const Between down = between(row, height, cam.height);
        for (Index column = 0; column < width; ++column) {
            const Between across = between(column, width, cam.width);
            const auto line = [&](Index cells) {
                const float* first = &cam.map[at(cells * cam.width)];
                return first[across.first] * (1.0F - across.share) +
                       first[across.second] * across.share;
            };
            picture.push_back(line(down.first) * (1.0F - down.share) +
                              line(down.second) * down.share);
        }
    }
    return picture;
}

}  // namespace convoscope
