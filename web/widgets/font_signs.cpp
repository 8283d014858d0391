#include "web/widgets/font_signs.h"

namespace convoscope::widgets {
namespace {

// What tools/fonts/build_fonts.py leaves in the faces.

/// Words and captions: everything that the faces carry.
constexpr std::uint16_t kAllSigns[] = {0x20,
                                       0xFF,
                                       0x3A3,
                                       0x3A3,
                                       0x3B1,
                                       0x3C9,
                                       0x1D40,
                                       0x1D40,
                                       0x2013,
                                       0x2026,
                                       0x2070,
                                       0x2089,
                                       0x2190,
                                       0x2194,
                                       0x2202,
                                       0x22FF,
                                       0x2308,
                                       0x230B,
                                       0};
/// Headlines and numbers: ASCII, ± · × ÷, the minus, infinity, the ellipsis, and all superscripts.
constexpr std::uint16_t kFewSigns[] = {0x20,   0x7E,   0xB1,   0xB3,   0xB7,   0xB7,   0xB9,
                                       0xB9,   0xD7,   0xD7,   0xF7,   0xF7,   0x2013, 0x2026,
                                       0x2070, 0x207B, 0x2212, 0x2212, 0x221E, 0x221E, 0};
/// Variables.
constexpr std::uint16_t kVariables[] = {
    0x20, 0x7E, 0x3B1, 0x3C9, 0x2202, 0x2202, 0x2207, 0x2207, 0};

}  // namespace

std::span<const std::uint16_t> signs_of(FontStyle style) {
    switch (style) {
        case FontStyle::kTitle:
        case FontStyle::kM32:
        case FontStyle::kM24:
        case FontStyle::kM18:
        case FontStyle::kM15:
        case FontStyle::kM18r:
        case FontStyle::kM15r:
            return kFewSigns;
        case FontStyle::kM18i:
        case FontStyle::kM15i:
        case FontStyle::kM13i:
            return kVariables;
        default:
            return kAllSigns;
    }
}

bool has_sign(FontStyle style, char32_t sign) {
    const std::span<const std::uint16_t> signs = signs_of(style);
    for (std::size_t i = 0; i + 1 < signs.size(); i += 2) {
        if (sign >= signs[i] && sign <= signs[i + 1]) {
            return true;
        }
    }
    return false;
}

}  // namespace convoscope::widgets
