// The colours of numbers.

#include "web/widgets/scales.h"

#include <doctest/doctest.h>

#include "web/widgets/theme_variants.h"

using namespace convoscope::widgets;

TEST_CASE(
    "scales: a value has its quantity's hue, and below zero the lower end of the diverging scale") {
    for (int variant = 0; variant < 8; ++variant) {
        CAPTURE(variant);
        const Theme theme = theme_for({.dark = (variant & 1) != 0,
                                       .high_contrast = (variant & 2) != 0,
                                       .colour_blind_safe = (variant & 4) != 0});
        const Color least = diverging(theme, -1.0F, 1.0F);
        for (const Color ink : {theme.input, theme.output_fill, theme.grad_fill}) {
            CHECK(ink_of_sign(theme, ink, 2.0) == ink);
            CHECK(ink_of_sign(theme, ink, 0.0F) == ink);
            CHECK(ink_of_sign(theme, ink, -0.5) == least);
            CHECK_FALSE(ink == least);
            CHECK(cell_fill(theme, ink, -0.5F) == cell_fill(theme, least, 0.5F));
            CHECK(computed_fill(theme, ink, -0.5F) == computed_fill(theme, least, 0.5F));
            CHECK_FALSE(cell_fill(theme, ink, -0.5F) == cell_fill(theme, ink, 0.5F));
        }
    }
}

TEST_CASE("scales: the diverging one is even about zero, and clamped at its ends") {
    const Theme theme = theme_for({.dark = true});
    CHECK(diverging(theme, 0.0F, 3.0F) == theme.diverging[theme.diverging.size() / 2]);
    CHECK(diverging(theme, 3.0F, 3.0F) == theme.diverging.back());
    CHECK(diverging(theme, 30.0F, 3.0F) == theme.diverging.back());
    CHECK(diverging(theme, -30.0F, 3.0F) == theme.diverging.front());
    CHECK(diverging(theme, 1.0F, 0.0F) == theme.diverging[theme.diverging.size() / 2]);
}

TEST_CASE("scales: an exact zero is not the low end of the sequential one") {
    const Theme theme = theme_for({.dark = true});
    CHECK(sequential(theme, 0.0F, 1.0F) == theme.exact_zero);
    CHECK_FALSE(sequential(theme, 1e-6F, 1.0F) == theme.exact_zero);
}
