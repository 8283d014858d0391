#include "web/render/svg_numbers.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include <imgui.h>

namespace convoscope::render {

void append_length(std::string& svg, float value) {
    const long hundredths = std::lround(value * 100);
    const long whole = std::labs(hundredths) / 100;
    const long rest = std::labs(hundredths) % 100;
    svg += hundredths < 0 ? "-" : "";
    svg += std::to_string(whole);
    if (rest != 0) {
        svg += '.';
        svg += static_cast<char>('0' + rest / 10);
        if (rest % 10 != 0) {
            svg += static_cast<char>('0' + rest % 10);
        }
    }
}

void append_color(std::string& svg, unsigned color) {
    std::array<char, 8> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "#%02x%02x%02x",
                  color >> IM_COL32_R_SHIFT & 0xFF,
                  color >> IM_COL32_G_SHIFT & 0xFF,
                  color >> IM_COL32_B_SHIFT & 0xFF);
    svg += text.data();
}

float opacity(unsigned color) {
    return static_cast<float>(color >> IM_COL32_A_SHIFT & 0xFF) / 255.0F;
}

void append_fill(std::string& svg, unsigned color) {
    svg += " fill=\"";
    append_color(svg, color);
    svg += '"';
    if (opacity(color) < 1) {
        svg += " fill-opacity=\"";
        append_length(svg, opacity(color));
        svg += '"';
    }
}

}  // namespace convoscope::render
