#include "web/widgets/fonts.h"

#include <imgui.h>

#include "web/widgets/font_data.h"

namespace convoscope::widgets {
namespace {

/// Words and captions: everything that the faces carry.
constexpr ImWchar kAllSigns[] = {0x20,
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
/// Headlines and numbers: ASCII, superscripts of Latin-1, × ± ·, the minus, the ellipsis.
constexpr ImWchar kFewSigns[] = {0x20,
                                 0x7E,
                                 0xB1,
                                 0xB3,
                                 0xB7,
                                 0xB9,
                                 0xD7,
                                 0xD7,
                                 0x2013,
                                 0x2026,
                                 0x2212,
                                 0x2212,
                                 0x221E,
                                 0x221E,
                                 0};
constexpr ImWchar kSuperscriptMinus[] = {0x207B, 0x207B, 0};
/// Variables.
constexpr ImWchar kVariables[] = {0x20, 0x7E, 0x3B1, 0x3C9, 0x2202, 0x2202, 0x2207, 0x2207, 0};

struct Face {
    const FontFile* file;
    float size;
    const ImWchar* signs;
};

Face face_of(FontStyle style) {
    switch (style) {
        case FontStyle::kTitle:
            return {&kInterSemiBold, 18, kFewSigns};
        case FontStyle::kLeadS:
            return {&kInterSemiBold, 15, kAllSigns};
        case FontStyle::kLead:
            return {&kInterRegular, 15, kAllSigns};
        case FontStyle::kStrong:
            return {&kInterSemiBold, 13, kAllSigns};
        case FontStyle::kMed:
            return {&kInterMedium, 13, kAllSigns};
        case FontStyle::kBody:
            return {&kInterRegular, 13, kAllSigns};
        case FontStyle::kSmallS:
            return {&kInterSemiBold, 12, kAllSigns};
        case FontStyle::kSmallM:
            return {&kInterMedium, 12, kAllSigns};
        case FontStyle::kSmall:
            return {&kInterRegular, 12, kAllSigns};
        case FontStyle::kMicro:
            return {&kInterMedium, 11, kAllSigns};
        case FontStyle::kM32:
            return {&kMonoSemiBold, 32, kFewSigns};
        case FontStyle::kM24:
            return {&kMonoSemiBold, 24, kFewSigns};
        case FontStyle::kM18:
            return {&kMonoSemiBold, 18, kFewSigns};
        case FontStyle::kM15:
            return {&kMonoSemiBold, 15, kFewSigns};
        case FontStyle::kM18r:
            return {&kMonoMedium, 18, kFewSigns};
        case FontStyle::kM15r:
            return {&kMonoMedium, 15, kFewSigns};
        case FontStyle::kM18i:
            return {&kMonoMediumItalic, 18, kVariables};
        case FontStyle::kM15i:
            return {&kMonoMediumItalic, 15, kVariables};
        case FontStyle::kM13i:
            return {&kMonoMediumItalic, 13, kVariables};
        case FontStyle::kM13:
            return {&kMonoMedium, 13, kAllSigns};
        case FontStyle::kM12:
            return {&kMonoMedium, 12, kAllSigns};
        case FontStyle::kM11:
            return {&kMonoMedium, 11, kAllSigns};
    }
    return {&kInterRegular, 13, kAllSigns};
}

}  // namespace

float base_size(FontStyle style) {
    return face_of(style).size;
}

bool Fonts::bake(float pixel_ratio) {
    if (pixel_ratio == pixel_ratio_) {
        return false;
    }
    pixel_ratio_ = pixel_ratio;
    ImGuiIO& io = ImGui::GetIO();
    ImFontAtlas& atlas = *io.Fonts;
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    constexpr int kWideAtlas = 2048;
    constexpr int kNarrowAtlas = 1024;
    atlas.TexDesiredWidth = pixel_ratio > 1.25F ? kWideAtlas : kNarrowAtlas;
    for (std::size_t i = 0; i < kFontStyles; ++i) {
        const Face face = face_of(static_cast<FontStyle>(i));
        ImFontConfig config;
        config.FontDataOwnedByAtlas = false;
        config.OversampleH = 2;
        config.OversampleV = 1;
        config.PixelSnapH = false;
        fonts_[i] = atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(face.file->bytes),
                                               static_cast<int>(face.file->size),
                                               face.size * pixel_ratio,
                                               &config,
                                               face.signs);
        if (face.file == &kMonoMedium) {
            // The mono face has no superscript minus: 10⁻³ takes it from Inter.
            config.MergeMode = true;
            atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(kInterMedium.bytes),
                                       static_cast<int>(kInterMedium.size),
                                       face.size * pixel_ratio,
                                       &config,
                                       kSuperscriptMinus);
        }
    }
    atlas.Build();
    io.FontDefault = font(FontStyle::kBody);
    io.FontGlobalScale = 1 / pixel_ratio;
    return true;
}

float Fonts::width(FontStyle style, std::string_view text) const {
    const ImFont* face = font(style);
    if (face == nullptr || text.empty()) {
        return 0;
    }
    constexpr float kUnlimited = 1e9F;
    return face->CalcTextSizeA(size(style), kUnlimited, 0, text.data(), text.data() + text.size())
        .x;
}

}  // namespace convoscope::widgets
