#include "web/models/own/own_pixels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "web/models/area_mean.h"
#include "web/models/name_table.h"

namespace convoscope::models::own {
namespace {

constexpr NameTable<2> kKinds{"grey", "colour"};
constexpr Index kDigit = 28;

std::uint8_t byte_of(float value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

}  // namespace

const char* name_of(Kind kind) {
    return name_in(kKinds, kind);
}
bool read_name(std::string_view name, Kind& kind) {
    return read_name_in(kKinds, name, kind);
}

std::vector<std::uint8_t> drawn_pixels(Kind kind, std::span<const float> digit) {
    const Index side = side_of(kind);
    const Index border = (side - kDigit) / 2;
    std::vector<std::uint8_t> picture(picture_size(kind));
    for (Index channel = 0; channel < channels_of(kind); ++channel) {
        for (Index row = 0; row < kDigit; ++row) {
            for (Index column = 0; column < kDigit; ++column) {
                picture[at((channel * side + row + border) * side + column + border)] =
                    byte_of(255.0F * digit[at(row * kDigit + column)]);
            }
        }
    }
    return picture;
}

std::vector<std::uint8_t> brought_pixels(Kind kind, std::span<const std::uint8_t> planes) {
    constexpr std::size_t kPlane = static_cast<std::size_t>(kBroughtSide * kBroughtSide);
    constexpr std::array kLuma{0.299F, 0.587F, 0.114F};
    const Index side = side_of(kind);
    std::vector<std::uint8_t> picture;
    picture.reserve(picture_size(kind));
    std::vector<float> grey(at(side * side));
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const std::vector<float> plane = area_means(
            planes.subspan(channel * kPlane, kPlane), {kBroughtSide, kBroughtSide}, {side, side});
        for (std::size_t i = 0; i < plane.size(); ++i) {
            grey[i] += kLuma[channel] * plane[i];
            if (kind == Kind::colour) {
                picture.push_back(byte_of(plane[i]));
            }
        }
    }
    if (kind == Kind::grey) {
        std::ranges::transform(grey, std::back_inserter(picture), byte_of);
    }
    return picture;
}

std::vector<std::uint8_t> unmirrored(std::span<const std::uint8_t> planes, Index side) {
    std::vector<std::uint8_t> result(planes.begin(), planes.end());
    for (auto row = result.begin(); row != result.end(); row += side) {
        std::reverse(row, row + side);
    }
    return result;
}

}  // namespace convoscope::models::own
