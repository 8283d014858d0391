#pragma once

#include <array>

#include "web/widgets/color.h"

namespace convoscope::widgets {

/// The design language's values: everything that a widget may use as colour, length or duration.
/// No other file contains one.

using Ramp = std::array<Color, 11>;

/// Where the identity colour of a weight comes from, in OKLCH: at the first and the last place.
struct WeightIdentity {
    float lightness[2];
    float chroma[2];
    float hue_degrees[2];
};

/// One theme. `ink` tones are for text and glyphs, `*_fill` for marks and tints.
struct Theme {
    bool dark = false;
    Color bg0, bg1, bg2, bg3, bg4;  ///< page, panel, card, hover, selected
    Color line1, line2, line3;      ///< hairline, control border, border that carries meaning
    Color t1, t2, t3;               ///< primary text, body, captions
    Color input, kernel, output, grad, pad;  ///< quantities, as ink
    Color input_fill, kernel_fill, output_fill, grad_fill;
    Color held, train;            ///< held-out data, training data
    Color ok, warn, err;          ///< states; never without an icon and words
    Color dot, shade;             ///< the stage's dots, soft edges
    Color primary, on_primary;    ///< the primary button and what stands on it
    Color popover, popover_line;  ///< tips, menus, toasts
    Color knob;                   ///< of a slider
    Color selected_line;          ///< border of a selected segment
    Color rail_current;           ///< ground of the current rail item
    Color pinned_mark;            ///< outline of a pinned cell inside a heat map
    Color logo_core;              ///< the shared quarter of the mark
    Color exact_zero;
    float chip_tint = 0;
    float soft_edge_alpha = 0;
    Ramp diverging;
    Ramp sequential;
    WeightIdentity weight_identity{};
};

inline constexpr Ramp kViridis = {rgb(0x440154),
                                  rgb(0x482475),
                                  rgb(0x414487),
                                  rgb(0x355F8D),
                                  rgb(0x2A788E),
                                  rgb(0x21918C),
                                  rgb(0x22A884),
                                  rgb(0x44BF70),
                                  rgb(0x7AD151),
                                  rgb(0xBDDF26),
                                  rgb(0xFDE725)};

constexpr Ramp reversed(const Ramp& ramp) {
    Ramp result{};
    for (std::size_t i = 0; i < ramp.size(); ++i) {
        result[i] = ramp[ramp.size() - 1 - i];
    }
    return result;
}

inline constexpr Theme kDark = {
    .dark = true,
    .bg0 = rgb(0x0A0D13),
    .bg1 = rgb(0x10141C),
    .bg2 = rgb(0x161B25),
    .bg3 = rgb(0x1E2530),
    .bg4 = rgb(0x283040),
    .line1 = rgb(0x1F2733),
    .line2 = rgb(0x2C3646),
    .line3 = rgb(0x66758D),
    .t1 = rgb(0xEDF1F7),
    .t2 = rgb(0xB3BDCC),
    .t3 = rgb(0x8D99AC),
    .input = rgb(0x78A8FF),
    .kernel = rgb(0xFFC05E),
    .output = rgb(0x55F0DD),
    .grad = rgb(0xFA3F9B),
    .pad = rgb(0x97A1B2),
    .input_fill = rgb(0x78A8FF),
    .kernel_fill = rgb(0xFFC05E),
    .output_fill = rgb(0x55F0DD),
    .grad_fill = rgb(0xFA3F9B),
    .held = rgb(0xB9A2FF),
    .train = rgb(0xC9D3E2),
    .ok = rgb(0x9BD45F),
    .warn = rgb(0xFF9466),
    .err = rgb(0xFF6A72),
    .dot = rgb(0x222B3A),
    .shade = rgb(0x000000),
    .primary = rgb(0xEDF1F7),
    .on_primary = rgb(0x0A0D13),
    .popover = rgb(0x283040),
    .popover_line = rgb(0x66758D),
    .knob = rgb(0xEDF1F7),
    .selected_line = mix(rgb(0x283040), kWhite, 0.1F),
    .rail_current = rgb(0x1E2530),
    .pinned_mark = kWhite,
    .logo_core = rgb(0xFFC05E),
    .exact_zero = rgb(0x171326),
    .chip_tint = 0.13F,
    .soft_edge_alpha = 0.13F,
    .diverging = {rgb(0xFF8A6B),
                  rgb(0xE0775E),
                  rgb(0xB9634F),
                  rgb(0x8B4D42),
                  rgb(0x583A38),
                  rgb(0x2A303B),
                  rgb(0x2F4560),
                  rgb(0x3A6290),
                  rgb(0x4680BF),
                  rgb(0x569CE6),
                  rgb(0x6FB4FF)},
    .sequential = kViridis,
    .weight_identity = {{0.90F, 0.66F}, {0.13F, 0.17F}, {104, 30}},
};

inline constexpr Theme kLight = {
    .dark = false,
    .bg0 = rgb(0xF1F3F7),
    .bg1 = rgb(0xF8F9FB),
    .bg2 = rgb(0xFFFFFF),
    .bg3 = rgb(0xEDF0F4),
    .bg4 = rgb(0xE4E9F0),
    .line1 = rgb(0xE1E6EE),
    .line2 = rgb(0xCBD3DF),
    .line3 = rgb(0x778397),
    .t1 = rgb(0x10151E),
    .t2 = rgb(0x414B5C),
    .t3 = rgb(0x586375),
    .input = rgb(0x1244C8),
    .kernel = rgb(0x7A5A06),
    .output = rgb(0x197361),
    .grad = rgb(0x7A0656),
    .pad = rgb(0x5C6778),
    .input_fill = rgb(0x2E66F0),
    .kernel_fill = rgb(0xBB7A00),
    .output_fill = rgb(0x0E9C86),
    .grad_fill = rgb(0xC4188C),
    .held = rgb(0x5B3FD6),
    .train = rgb(0x2C3646),
    .ok = rgb(0x3A6E0E),
    .warn = rgb(0xA93A08),
    .err = rgb(0xBE1B2A),
    .dot = rgb(0xDDE2EA),
    .shade = rgb(0x1B2432),
    .primary = rgb(0x10151E),
    .on_primary = rgb(0xFFFFFF),
    .popover = rgb(0xFFFFFF),
    .popover_line = rgb(0xCBD3DF),
    .knob = rgb(0xFFFFFF),
    .selected_line = rgb(0xCBD3DF),
    .rail_current = rgb(0xE4E9F0),
    .pinned_mark = kBlack,
    .logo_core = rgb(0xF2A51A),
    .exact_zero = rgb(0xE6E3EE),
    .chip_tint = 0.07F,
    .soft_edge_alpha = 0.035F,
    .diverging = {rgb(0xA3260C),
                  rgb(0xC2492B),
                  rgb(0xD9745A),
                  rgb(0xEBA592),
                  rgb(0xF5D3C9),
                  rgb(0xF2F4F7),
                  rgb(0xCBDDF3),
                  rgb(0x98BEEA),
                  rgb(0x5E98DA),
                  rgb(0x2C6FC0),
                  rgb(0x0B4A9C)},
    .sequential = reversed(kViridis),
    .weight_identity = {{0.90F, 0.66F}, {0.14F, 0.16F}, {98, 36}},
};

/// Corner radii, in CSS pixels.
namespace radius {
inline constexpr float kTick = 2;
inline constexpr float kTile = 4;
inline constexpr float kCell = 5;
inline constexpr float kControl = 6;
inline constexpr float kSegment = 8;
inline constexpr float kCard = 10;
inline constexpr float kPill = 12;
}  // namespace radius

/// Stroke widths, in CSS pixels.
namespace stroke {
inline constexpr float kHair = 1;
inline constexpr float kSelect = 1.5F;
inline constexpr float kFocus = 2;
inline constexpr float kCurve = 1.75F;
inline constexpr float kHeld = 2;
inline constexpr float kIcon = 1.5F;
}  // namespace stroke

/// Steps of the 4 px grid and the sizes of fixed parts, in CSS pixels.
namespace space {
inline constexpr float k4 = 4;
inline constexpr float k8 = 8;
inline constexpr float k12 = 12;
inline constexpr float k16 = 16;
inline constexpr float k20 = 20;
inline constexpr float k24 = 24;
inline constexpr float k32 = 32;
inline constexpr float k48 = 48;

inline constexpr float kRail = 64;
inline constexpr float kTopBar = 48;
inline constexpr float kPanelLeft = 288;
inline constexpr float kPanelPadding = 20;
inline constexpr float kCardPadding = 16;
inline constexpr float kCardGap = 12;
inline constexpr float kSectionGap = 32;
inline constexpr float kSliderRow = 32;
inline constexpr float kButton = 32;
inline constexpr float kButtonPrimary = 40;
inline constexpr float kButtonTouch = 46;
inline constexpr float kField = 24;
inline constexpr float kSelectBox = 28;
inline constexpr float kSelect = 152;  ///< width of a select in a panel
inline constexpr float kChip = 24;
inline constexpr float kEnginePill = 26;
inline constexpr float kSegmented = 32;
inline constexpr float kToggleWidth = 32;
inline constexpr float kToggleHeight = 18;
inline constexpr float kCheck = 16;
inline constexpr float kTimeline = 64;
inline constexpr float kPhoneTabs = 84;
inline constexpr float kPhoneBar = 52;
inline constexpr float kTouchTarget = 44;
inline constexpr float kTipWidth = 236;
inline constexpr float kToastWidth = 400;
inline constexpr float kToastHeight = 42;
inline constexpr float kMenuRow = 34;
inline constexpr float kExplainLine = 32;
}  // namespace space

/// Durations, in milliseconds.
namespace motion {
inline constexpr float kHover = 80;
inline constexpr float kPress = 60;
inline constexpr float kToggle = 120;
inline constexpr float kPopoverIn = 140;
inline constexpr float kPopoverOut = 90;
inline constexpr float kStep = 240;
inline constexpr float kCascade = 24;
inline constexpr float kPop = 140;
inline constexpr float kPanel = 200;
inline constexpr float kScreen = 180;
inline constexpr float kZoom = 420;
inline constexpr float kToastIn = 180;
inline constexpr float kToastStay = 5000;
inline constexpr float kToastOut = 120;
inline constexpr float kTipDelay = 350;
inline constexpr float kLongPress = 400;
inline constexpr float kDisplaySmoothing = 250;

constexpr float enter(float t) {
    return 1 - (1 - t) * (1 - t) * (1 - t);
}
constexpr float move(float t) {
    const float u = 2 - 2 * t;
    return t < 0.5F ? 4 * t * t * t : 1 - u * u * u / 2;
}
}  // namespace motion

/// Least page widths of the three layouts, in CSS pixels.
namespace breakpoint {
inline constexpr float kWide = 1200;
inline constexpr float kMedium = 860;
inline constexpr float kPhone = 600;
inline constexpr float kLowHeight = 700;
}  // namespace breakpoint

}  // namespace convoscope::widgets
