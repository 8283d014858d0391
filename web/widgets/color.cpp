#include "web/widgets/color.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace convoscope::widgets {
namespace {

float linear(std::uint8_t channel) {
    const float v = static_cast<float>(channel) / 255;
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

std::uint8_t encoded(float v) {
    v = std::clamp(v, 0.0F, 1.0F);
    const float gamma = v <= 0.0031308F ? 12.92F * v : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F;
    return static_cast<std::uint8_t>(255 * gamma + 0.5F);
}

std::array<float, 3> linear_rgb(float lightness, float chroma, float hue_radians) {
    const float a = chroma * std::cos(hue_radians);
    const float b = chroma * std::sin(hue_radians);
    const auto cubed = [](float v) { return v * v * v; };
    const float l = cubed(lightness + 0.3963377774F * a + 0.2158037573F * b);
    const float m = cubed(lightness - 0.1055613458F * a - 0.0638541728F * b);
    const float s = cubed(lightness - 0.0894841775F * a - 1.2914855480F * b);
    return {4.0767416621F * l - 3.3077115913F * m + 0.2309699292F * s,
            -1.2684380046F * l + 2.6097574011F * m - 0.3413193965F * s,
            -0.0041960863F * l - 0.7034186147F * m + 1.7076147010F * s};
}

bool in_gamut(const std::array<float, 3>& rgb) {
    constexpr float kSlack = 0.001F;
    return std::all_of(
        rgb.begin(), rgb.end(), [](float v) { return v >= -kSlack && v <= 1 + kSlack; });
}

}  // namespace

float luminance(Color color) {
    return 0.2126F * linear(color.r) + 0.7152F * linear(color.g) + 0.0722F * linear(color.b);
}

Color ink_on(Color fill) {
    constexpr float kEqualContrast = 0.179F;
    return luminance(fill) > kEqualContrast ? kBlack : kWhite;
}

Color oklch(float lightness, float chroma, float hue_degrees) {
    constexpr float kLeastChroma = 0.01F;
    constexpr float kChromaStep = 0.004F;
    const float hue = hue_degrees * std::numbers::pi_v<float> / 180;
    std::array<float, 3> rgb = linear_rgb(lightness, chroma, hue);
    while (!in_gamut(rgb) && chroma > kLeastChroma) {
        chroma -= kChromaStep;
        rgb = linear_rgb(lightness, chroma, hue);
    }
    return {encoded(rgb[0]), encoded(rgb[1]), encoded(rgb[2])};
}

}  // namespace convoscope::widgets
