#include "web/models/inspect/pad.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

#include "web/models/name_table.h"

namespace convoscope::models::inspect {
namespace {

constexpr NameTable<3> kBrushes{"fine", "medium", "broad"};
constexpr std::string_view kLetters = "fmb";
/// Radius as a share of the pad's side. MNIST's strokes are two to three of twenty pixels wide.
constexpr std::array<float, 3> kRadius{0.028F, 0.042F, 0.06F};
constexpr std::size_t kMostPoints = 2000;

struct Spot {
    float x = 0.0F;
    float y = 0.0F;
};

Spot spot_of(PadPoint point) {
    constexpr float kCellsAStep = static_cast<float>(kPadCells) / static_cast<float>(kPadSteps);
    return {static_cast<float>(point.x) * kCellsAStep, static_cast<float>(point.y) * kCellsAStep};
}

float distance_to(Spot from, Spot to, float x, float y) {
    const float along_x = to.x - from.x;
    const float along_y = to.y - from.y;
    const float length = along_x * along_x + along_y * along_y;
    const float share =
        length == 0.0F
            ? 0.0F
            : std::clamp(((x - from.x) * along_x + (y - from.y) * along_y) / length, 0.0F, 1.0F);
    return std::hypot(x - from.x - share * along_x, y - from.y - share * along_y);
}

void draw_line(std::vector<float>& picture, Spot from, Spot to, float radius, bool erases) {
    const auto cell = [](float place) {
        return std::clamp(static_cast<Index>(std::floor(place)), Index{0}, kPadCells - 1);
    };
    const float reach = radius + 1.0F;
    for (Index row = cell(std::min(from.y, to.y) - reach);
         row <= cell(std::max(from.y, to.y) + reach);
         ++row) {
        for (Index column = cell(std::min(from.x, to.x) - reach);
             column <= cell(std::max(from.x, to.x) + reach);
             ++column) {
            const float distance = distance_to(
                from, to, static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
            const float cover = std::clamp(radius - distance + 0.5F, 0.0F, 1.0F);
            float& value = picture[at(row * kPadCells + column)];
            value = erases ? std::min(value, 1.0F - cover) : std::max(value, cover);
        }
    }
}

bool read_byte(std::string_view text, std::uint8_t& byte) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), byte, 16);
    return error == std::errc{} && end == text.data() + text.size();
}

void write_byte(std::string& text, std::uint8_t byte) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
}

/// Rectangle and centre of mass of the ink, in cells.
struct Ink {
    Index left = kPadCells;
    Index top = kPadCells;
    Index right = 0;
    Index bottom = 0;
    double x = 0.0;
    double y = 0.0;
};

Ink ink_of(const std::vector<float>& picture) {
    constexpr float kLeastInk = 0.1F;
    Ink ink;
    double mass = 0.0;
    for (Index row = 0; row < kPadCells; ++row) {
        for (Index column = 0; column < kPadCells; ++column) {
            const float value = picture[at(row * kPadCells + column)];
            if (value < kLeastInk) {
                continue;
            }
            ink.left = std::min(ink.left, column);
            ink.right = std::max(ink.right, column + 1);
            ink.top = std::min(ink.top, row);
            ink.bottom = std::max(ink.bottom, row + 1);
            mass += static_cast<double>(value);
            ink.x += static_cast<double>(value) * (static_cast<double>(column) + 0.5);
            ink.y += static_cast<double>(value) * (static_cast<double>(row) + 0.5);
        }
    }
    ink.x /= std::max(mass, 1e-9);
    ink.y /= std::max(mass, 1e-9);
    return ink;
}

}  // namespace

const char* name_of(Brush brush) {
    return name_in(kBrushes, brush);
}
bool read_name(std::string_view name, Brush& brush) {
    return read_name_in(kBrushes, name, brush);
}

void Pad::begin(bool erases, Brush brush, PadPoint at) {
    if (points_ < kMostPoints) {
        strokes_.push_back({erases, brush, {at}});
        ++points_;
        draw(strokes_.back(), 0);
    }
}

void Pad::extend(PadPoint to) {
    if (strokes_.empty() || points_ >= kMostPoints || strokes_.back().points.back() == to) {
        return;
    }
    Stroke& stroke = strokes_.back();
    stroke.points.push_back(to);
    ++points_;
    draw(stroke, stroke.points.size() - 2);
}

void Pad::clear() {
    replace_by({});
}

void Pad::replace_by(Pad other) {
    const std::uint32_t revision = revision_ + 1;
    *this = std::move(other);
    revision_ = revision;
}

void Pad::draw(const Stroke& stroke, std::size_t from) {
    ++revision_;
    const float radius =
        kRadius[static_cast<std::size_t>(stroke.brush)] * static_cast<float>(kPadCells);
    const std::size_t last = stroke.points.size() - 1;
    for (std::size_t i = from; i <= std::max(from, last == 0 ? 0 : last - 1); ++i) {
        draw_line(picture_,
                  spot_of(stroke.points[i]),
                  spot_of(stroke.points[std::min(i + 1, last)]),
                  radius,
                  stroke.erases);
    }
}

std::string Pad::text() const {
    std::string text;
    for (const Stroke& stroke : strokes_) {
        const char letter = kLetters[static_cast<std::size_t>(stroke.brush)];
        text += stroke.erases ? '-' : '+';
        text += letter;
        for (const PadPoint point : stroke.points) {
            write_byte(text, point.x);
            write_byte(text, point.y);
        }
    }
    return text;
}

bool Pad::read(std::string_view text) {
    Pad read;
    while (!text.empty()) {
        if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) {
            return false;
        }
        const auto brush = kLetters.find(text[1]);
        const std::string_view points = text.substr(2, text.find_first_of("+-", 2) - 2);
        if (brush == std::string_view::npos || points.empty() || points.size() % 4 != 0) {
            return false;
        }
        for (std::size_t i = 0; i < points.size(); i += 4) {
            PadPoint point;
            if (!read_byte(points.substr(i, 2), point.x) ||
                !read_byte(points.substr(i + 2, 2), point.y)) {
                return false;
            }
            if (i == 0) {
                read.begin(text[0] == '-', static_cast<Brush>(brush), point);
            } else {
                read.extend(point);
            }
        }
        text.remove_prefix(2 + points.size());
    }
    replace_by(std::move(read));
    return true;
}

std::vector<float> as_digit(const std::vector<float>& picture) {
    constexpr Index kSide = 28;
    constexpr double kBox = 20.0;
    constexpr Index kSamples = 4;  // along each axis of a pixel
    std::vector<float> digit(at(kSide * kSide));
    const Ink ink = ink_of(picture);
    if (ink.left >= ink.right) {
        return digit;
    }
    const double extent = static_cast<double>(std::max(ink.right - ink.left, ink.bottom - ink.top));
    const double cells_a_pixel = extent / kBox;
    // Whole pixels, as MNIST's own; the ink stays inside.
    const auto corner = [&](double mass, Index low, Index high) {
        const double size = static_cast<double>(high - low) / cells_a_pixel;
        const double wanted = kSide / 2.0 - (mass - static_cast<double>(low)) / cells_a_pixel;
        return std::clamp(std::round(wanted), 0.0, std::max(0.0, std::floor(kSide - size)));
    };
    const double left = corner(ink.x, ink.left, ink.right);
    const double top = corner(ink.y, ink.top, ink.bottom);
    const auto cell_of = [&](Index pixel, Index sample, double origin, Index low) {
        const double place =
            static_cast<double>(pixel) + (static_cast<double>(sample) + 0.5) / kSamples;
        return static_cast<Index>(
            std::floor((place - origin) * cells_a_pixel + static_cast<double>(low)));
    };
    for (Index row = 0; row < kSide; ++row) {
        for (Index column = 0; column < kSide; ++column) {
            float sum = 0.0F;
            for (Index s = 0; s < kSamples * kSamples; ++s) {
                const Index y = cell_of(row, s / kSamples, top, ink.top);
                const Index x = cell_of(column, s % kSamples, left, ink.left);
                if (y >= ink.top && y < ink.bottom && x >= ink.left && x < ink.right) {
                    sum += picture[at(y * kPadCells + x)];
                }
            }
            digit[at(row * kSide + column)] = sum / (kSamples * kSamples);
        }
    }
    return digit;
}

}  // namespace convoscope::models::inspect
