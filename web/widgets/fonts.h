#pragma once

#include <array>
#include <cstddef>
#include <string_view>

struct ImFont;

namespace convoscope::widgets {

/// A face at a size, from the design's type scale; every text on the page is one of these.
enum class FontStyle {
    kTitle,   ///< Inter 600, 18
    kLeadS,   ///< Inter 600, 15
    kLead,    ///< Inter 400, 15
    kStrong,  ///< Inter 600, 13
    kMed,     ///< Inter 500, 13
    kBody,    ///< Inter 400, 13
    kSmallS,  ///< Inter 600, 12
    kSmallM,  ///< Inter 500, 12
    kSmall,   ///< Inter 400, 12
    kMicro,   ///< Inter 500, 11
    kM32,     ///< Mono 600, 32
    kM24,
    kM18,
    kM15,
    kM18r,  ///< Mono 500, for formulas
    kM15r,
    kM18i,  ///< Mono 500 italic, for variables
    kM15i,
    kM13i,
    kM13,  ///< Mono 500, for tables, fields and axes
    kM12,
    kM11,
};
inline constexpr std::size_t kFontStyles = 22;

/// Height of a style in units of the layout.
[[nodiscard]] float base_size(FontStyle style);

/// The faces in Dear ImGui's atlas, baked for one pixel ratio.
class Fonts {
  public:
    /// Bakes all styles at size × ratio into the current context's atlas and makes
    /// body the default. The renderer must then make its font texture anew.
    /// Returns false when nothing changed since the last call.
    bool bake(float pixel_ratio);

    [[nodiscard]] ImFont* font(FontStyle style) const {
        return fonts_[static_cast<std::size_t>(style)];
    }
    /// In units of the layout.
    [[nodiscard]] float size(FontStyle style) const { return base_size(style); }
    /// Of one line, in CSS pixels.
    [[nodiscard]] float width(FontStyle style, std::string_view text) const;

  private:
    std::array<ImFont*, kFontStyles> fonts_{};
    float pixel_ratio_ = 0;
};

}  // namespace convoscope::widgets
