#include "web/widgets/fonts.h"

#include <imgui.h>

#include "web/widgets/font_data.h"
#include "web/widgets/font_signs.h"

namespace convoscope::widgets {
namespace {

constexpr ImWchar kSuperscriptMinus[] = {0x207B, 0x207B, 0};

struct Face {
    const FontFile* file;
    float size;
};

Face face_of(FontStyle style) {
    switch (style) {
        case FontStyle::kTitle:
            return {&kInterSemiBold, 18};
        case FontStyle::kLeadS:
            return {&kInterSemiBold, 15};
        case FontStyle::kLead:
            return {&kInterRegular, 15};
        case FontStyle::kStrong:
            return {&kInterSemiBold, 13};
        case FontStyle::kMed:
            return {&kInterMedium, 13};
        case FontStyle::kBody:
            return {&kInterRegular, 13};
        case FontStyle::kSmallS:
            return {&kInterSemiBold, 12};
        case FontStyle::kSmallM:
            return {&kInterMedium, 12};
        case FontStyle::kSmall:
            return {&kInterRegular, 12};
        case FontStyle::kMicro:
            return {&kInterMedium, 11};
        case FontStyle::kM32:
            return {&kMonoSemiBold, 32};
        case FontStyle::kM24:
            return {&kMonoSemiBold, 24};
        case FontStyle::kM18:
            return {&kMonoSemiBold, 18};
        case FontStyle::kM15:
            return {&kMonoSemiBold, 15};
        case FontStyle::kM18r:
            return {&kMonoMedium, 18};
        case FontStyle::kM15r:
            return {&kMonoMedium, 15};
        case FontStyle::kM18i:
            return {&kMonoMediumItalic, 18};
        case FontStyle::kM15i:
            return {&kMonoMediumItalic, 15};
        case FontStyle::kM13i:
            return {&kMonoMediumItalic, 13};
        case FontStyle::kM13:
            return {&kMonoMedium, 13};
        case FontStyle::kM12:
            return {&kMonoMedium, 12};
        case FontStyle::kM11:
            return {&kMonoMedium, 11};
    }
    return {&kInterRegular, 13};
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
        const auto style = static_cast<FontStyle>(i);
        const Face face = face_of(style);
        ImFontConfig config;
        config.FontDataOwnedByAtlas = false;
        config.OversampleH = 2;
        config.OversampleV = 1;
        config.PixelSnapH = false;
        fonts_[i] = atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(face.file->bytes),
                                               static_cast<int>(face.file->size),
                                               face.size * pixel_ratio,
                                               &config,
                                               signs_of(style).data());
        if (face.file == &kMonoMedium || face.file == &kMonoSemiBold) {
            // The mono faces have no superscript minus: 10⁻³ takes it from Inter.
            const FontFile& other = face.file == &kMonoMedium ? kInterMedium : kInterSemiBold;
            config.MergeMode = true;
            atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(other.bytes),
                                       static_cast<int>(other.size),
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
