#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "web/widgets/canvas.h"

namespace convoscope::widgets {
namespace {

/// The middle of the capitals lies so much of the size above the baseline.
constexpr float kHalfCapital = 0.364F;

}  // namespace

float Canvas::width(std::string_view text, FontStyle style) const {
    return fonts_->width(style, text);
}

float Canvas::width(const Runs& runs) const {
    float sum = 0;
    for (const Run& run : runs) {
        sum += width(run.text, run.style);
    }
    return sum;
}

float Canvas::text(Point at, std::string_view text, FontStyle style, Color color, Align align) {
    const ImFont* font = fonts_->font(style);
    if (font == nullptr || text.empty()) {
        return 0;
    }
    const float size = fonts_->size(style);
    const float advance = width(text, style);
    float x = at.x;
    if (align == Align::kCenter) {
        x -= advance / 2;
    } else if (align == Align::kRight) {
        x -= advance;
    }
    const float ascent = std::round(font->Ascent) * size / font->FontSize;
    const float baseline = std::round(at.y + kHalfCapital * size);
    // The small excess keeps an exact sum from falling to the pixel above when it is truncated.
    list_->AddText(font,
                   size,
                   {std::floor(x + 0.5F), baseline - ascent + 0.001F},
                   color.packed(),
                   text.data(),
                   text.data() + text.size());
    return advance;
}

float Canvas::text(Point at, const Runs& runs, Align align) {
    const float sum = width(runs);
    float x = at.x;
    if (align == Align::kCenter) {
        x -= sum / 2;
    } else if (align == Align::kRight) {
        x -= sum;
    }
    for (const Run& run : runs) {
        x += text({x, at.y}, run.text, run.style, run.color);
    }
    return sum;
}

std::vector<std::string_view> Canvas::lines_of(std::string_view words,
                                               FontStyle style,
                                               float limit) const {
    std::vector<std::string_view> lines;
    std::size_t line_begin = 0;
    std::size_t line_end = 0;  // of the words that fit
    const auto finish = [&](std::size_t next) {
        lines.push_back(words.substr(line_begin, line_end - line_begin));
        line_begin = next;
        line_end = next;
    };
    std::size_t position = 0;
    while (position < words.size()) {
        const std::size_t space = std::min(words.find(' ', position), words.size());
        const bool fits = width(words.substr(line_begin, space - line_begin), style) <= limit;
        if (!fits && line_end > line_begin) {
            finish(position);
        }
        line_end = space;
        position = space + 1;
    }
    finish(words.size());
    return lines;
}

int Canvas::paragraph(Point at,
                      float limit,
                      std::string_view words,
                      FontStyle style,
                      Color color,
                      float line_height) {
    int lines = 0;
    for (const std::string_view line : lines_of(words, style, limit)) {
        text({at.x, at.y + static_cast<float>(lines) * line_height}, line, style, color);
        ++lines;
    }
    return lines;
}

float Canvas::clipped_text(
    Point at, float limit, std::string_view whole, FontStyle style, Color color) {
    if (width(whole, style) <= limit) {
        return text(at, whole, style, color);
    }
    constexpr std::string_view kEllipsis = "…";
    const float room = limit - width(kEllipsis, style);
    std::size_t end = whole.size();
    const auto inside_character = [&](std::size_t i) {
        return i < whole.size() && (static_cast<unsigned char>(whole[i]) & 0xC0U) == 0x80U;
    };
    while (end > 0 && (inside_character(end) || width(whole.substr(0, end), style) > room)) {
        --end;
    }
    return text(at, std::string(whole.substr(0, end)).append(kEllipsis), style, color);
}

}  // namespace convoscope::widgets
