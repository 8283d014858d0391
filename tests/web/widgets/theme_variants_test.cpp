#include "web/widgets/theme_variants.h"

#include <algorithm>
#include <array>

#include <doctest/doctest.h>

#include "web/widgets/color.h"

using namespace convoscope::widgets;

namespace {

/// As WCAG 2.2 defines it.
float contrast(Color a, Color b) {
    const float first = luminance(a);
    const float second = luminance(b);
    return (std::max(first, second) + 0.05F) / (std::min(first, second) + 0.05F);
}

float least_contrast(Color ink, const Theme& theme) {
    float least = 21;
    for (const Color ground : {theme.bg0, theme.bg1, theme.bg2, theme.bg3}) {
        least = std::min(least, contrast(ink, ground));
    }
    return least;
}

}  // namespace

TEST_CASE("themes: every ink keeps 4.5 : 1 on every ground, 7 : 1 with high contrast") {
    for (int variant = 0; variant < 8; ++variant) {
        const ThemeWishes wishes{.dark = (variant & 1) != 0,
                                 .high_contrast = (variant & 2) != 0,
                                 .colour_blind_safe = (variant & 4) != 0};
        const Theme theme = theme_for(wishes);
        CAPTURE(variant);
        const float text = wishes.high_contrast ? 7.0F : 4.5F;
        for (const Color ink : {theme.t1, theme.t2, theme.t3}) {
            CHECK(least_contrast(ink, theme) >= text);
        }
        for (const Color ink : {theme.input,
                                theme.kernel,
                                theme.output,
                                theme.grad,
                                theme.pad,
                                theme.held,
                                theme.train,
                                theme.ok,
                                theme.warn,
                                theme.err}) {
            CHECK(least_contrast(ink, theme) >= 4.5F);
        }
        CHECK(contrast(theme.primary, theme.on_primary) >= text);
        if (wishes.high_contrast) {
            CHECK(least_contrast(theme.line1, theme) >= 3.0F);
            CHECK(least_contrast(theme.line2, theme) >= 3.0F);
        }
    }
}
