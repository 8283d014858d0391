#include "web/widgets/font_signs.h"

#include <limits>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "web/widgets/number_text.h"

using namespace convoscope::widgets;

namespace {

/// The signs of a text in UTF-8, up to U+FFFF.
std::u32string signs_in(std::string_view text) {
    std::u32string signs;
    for (const char byte : text) {
        const auto bits = static_cast<unsigned char>(byte);
        if ((bits & 0xC0U) == 0x80U) {
            signs.back() = (signs.back() << 6U) | (bits & 0x3FU);
        } else {
            signs.push_back(bits < 0x80 ? bits : bits & (bits < 0xE0 ? 0x1FU : 0x0FU));
        }
    }
    return signs;
}

bool is_for_variables(FontStyle style) {
    return style == FontStyle::kM18i || style == FontStyle::kM15i || style == FontStyle::kM13i;
}

}  // namespace

TEST_CASE("fonts: every style but that of variables has every sign that a number is written with") {
    std::string written = "± × ÷ … ~ / 2³";
    for (const double value : {-1.23456789e-7, 9.87e-21, -4.5e36, 0.0, 12'345.6}) {
        written += significant_text(value, 9) + decimal_text(value, 2) + cell_text(value);
    }
    written += significant_text(-std::numeric_limits<double>::infinity()) + duration_text(4000) +
               decimal_text(std::numeric_limits<double>::quiet_NaN(), 1) + percent_text(0.5, 1) +
               integer_text(-98'765'432'101) + bytes_text(2e6);
    const std::u32string signs = signs_in(written);
    REQUIRE(signs.find(U'⁻') != std::u32string::npos);
    REQUIRE(signs.find(U'⁷') != std::u32string::npos);
    for (std::size_t i = 0; i < kFontStyles; ++i) {
        const auto style = static_cast<FontStyle>(i);
        for (const char32_t sign : signs) {
            CAPTURE(i);
            CAPTURE(static_cast<unsigned>(sign));
            CHECK((is_for_variables(style) || has_sign(style, sign)));
        }
    }
}

TEST_CASE("fonts: a style lacks what it is not baked with") {
    CHECK(has_sign(FontStyle::kBody, U'→'));
    CHECK(!has_sign(FontStyle::kM24, U'→'));
    CHECK(!has_sign(FontStyle::kM18i, U'⁷'));
    CHECK(!has_sign(FontStyle::kBody, U'你'));
}
