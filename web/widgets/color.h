#pragma once

#include <cstdint>

namespace convoscope::widgets {

/// An sRGB colour of 8 bits a channel.
struct Color {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    std::uint8_t a = 255;

    constexpr bool operator==(const Color&) const = default;

    /// As Dear ImGui packs it: red in the lowest byte.
    [[nodiscard]] constexpr std::uint32_t packed() const {
        return static_cast<std::uint32_t>(r) | static_cast<std::uint32_t>(g) << 8U |
               static_cast<std::uint32_t>(b) << 16U | static_cast<std::uint32_t>(a) << 24U;
    }

    /// The same colour, `alpha` (0 to 1) as opaque as it was.
    [[nodiscard]] constexpr Color faded(float alpha) const {
        return {r, g, b, static_cast<std::uint8_t>(static_cast<float>(a) * alpha + 0.5F)};
    }
};

/// The colour written as 0xRRGGBB.
constexpr Color rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16U & 0xFFU),
            static_cast<std::uint8_t>(hex >> 8U & 0xFFU),
            static_cast<std::uint8_t>(hex & 0xFFU)};
}

inline constexpr Color kBlack = rgb(0x000000);
inline constexpr Color kWhite = rgb(0xFFFFFF);

/// From `a` to `b` in sRGB, opaque.
constexpr Color mix(Color a, Color b, float t) {
    const auto channel = [t](std::uint8_t from, std::uint8_t to) {
        const float value =
            static_cast<float>(from) + (static_cast<float>(to) - static_cast<float>(from)) * t;
        return static_cast<std::uint8_t>(value + 0.5F);
    };
    return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b), channel(a.a, b.a)};
}

/// `amount` of a colour laid on a ground.
constexpr Color tint(Color color, float amount, Color ground) {
    return mix(ground, color, amount);
}

/// Relative luminance as WCAG defines it, 0 to 1.
[[nodiscard]] float luminance(Color color);

/// Black or white: whichever reads better on `fill`, never below 4.5 : 1.
[[nodiscard]] Color ink_on(Color fill);

/// The sRGB colour of lightness 0 to 1, chroma and hue in degrees; chroma shrinks until it fits.
[[nodiscard]] Color oklch(float lightness, float chroma, float hue_degrees);

}  // namespace convoscope::widgets
