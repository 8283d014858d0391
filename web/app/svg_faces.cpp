#include "web/app/svg_faces.h"

#include <cstddef>

namespace convoscope::app {
namespace {

using enum widgets::FontStyle;

constexpr const char* kWords = "Inter, system-ui, sans-serif";
constexpr const char* kFigures = "JetBrains Mono, ui-monospace, monospace";

constexpr int kRegular = 400;
constexpr int kMedium = 500;
constexpr int kSemiBold = 600;

int weight_of(widgets::FontStyle style) {
    switch (style) {
        case kTitle:
        case kLeadS:
        case kStrong:
        case kSmallS:
        case kM32:
        case kM24:
        case kM18:
        case kM15:
            return kSemiBold;
        case kLead:
        case kBody:
        case kSmall:
            return kRegular;
        default:
            return kMedium;
    }
}

bool is_italic(widgets::FontStyle style) {
    return style == kM18i || style == kM15i || style == kM13i;
}

}  // namespace

std::vector<render::SvgFace> svg_faces(const widgets::Fonts& fonts) {
    std::vector<render::SvgFace> faces;
    for (std::size_t i = 0; i < widgets::kFontStyles; ++i) {
        const auto style = static_cast<widgets::FontStyle>(i);
        faces.push_back({.font = fonts.font(style),
                         .family = style < kM32 ? kWords : kFigures,
                         .weight = weight_of(style),
                         .italic = is_italic(style)});
    }
    return faces;
}

}  // namespace convoscope::app
