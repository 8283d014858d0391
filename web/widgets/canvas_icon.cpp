#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "web/widgets/canvas.h"

namespace convoscope::widgets {
namespace {

constexpr float kGrid = 20;
constexpr std::size_t kMostNumbers = 32;

struct Stroke {
    char kind = 0;
    std::array<float, kMostNumbers> numbers{};
    std::size_t count = 0;
};

float number(std::string_view text) {
    // Two digits and one decimal at most: a sum is enough, and from_chars for floats is large.
    float value = 0;
    float unit = 0;
    for (const char c : text) {
        if (c == '.') {
            unit = 1;
        } else if (unit > 0) {
            unit /= 10;
            value += static_cast<float>(c - '0') * unit;
        } else {
            value = value * 10 + static_cast<float>(c - '0');
        }
    }
    return value;
}

Stroke parsed(std::string_view text) {
    Stroke stroke;
    stroke.kind = text[0];
    text.remove_prefix(1);
    while (!text.empty() && stroke.count < kMostNumbers) {
        const std::size_t comma = std::min(text.find(','), text.size());
        stroke.numbers[stroke.count++] = number(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return stroke;
}

/// Draws strokes of the 20 × 20 grid at a place and scale.
class Pen {
  public:
    Pen(ImDrawList* list, Point origin, float scale, Color color, float width)
        : list_(list), origin_(origin), scale_(scale), color_(color.packed()), width_(width) {}

    void draw(const Stroke& s) {
        const auto& n = s.numbers;
        switch (s.kind) {
            case 'L':
                path(s);
                finish(false);
                break;
            case 'P':
                path(s);
                list_->PathStroke(color_, ImDrawFlags_Closed, width_);
                break;
            case 'T':
                path(s);
                list_->PathFillConvex(color_);
                path(s);
                list_->PathStroke(color_, ImDrawFlags_Closed, 1);
                break;
            case 'B':
                list_->PathLineTo(at(n[0], n[1]));
                list_->PathBezierCubicCurveTo(at(n[2], n[3]), at(n[4], n[5]), at(n[6], n[7]), 12);
                finish(true);
                break;
            case 'O':
                list_->AddCircle(at(n[0], n[1]), n[2] * scale_, color_, 0, width_);
                break;
            case 'D':
                list_->AddCircleFilled(at(n[0], n[1]), n[2] * scale_, color_);
                break;
            case 'R':
                list_->PathRect(at(n[0], n[1]), at(n[0] + n[2], n[1] + n[3]), n[4] * scale_);
                list_->PathStroke(color_, ImDrawFlags_Closed, width_);
                break;
            default:
                break;
        }
    }

  private:
    [[nodiscard]] ImVec2 at(float x, float y) const {
        return {origin_.x + x * scale_, origin_.y + y * scale_};
    }

    void path(const Stroke& s) {
        for (std::size_t i = 0; i + 1 < s.count; i += 2) {
            list_->PathLineTo(at(s.numbers[i], s.numbers[i + 1]));
        }
    }

    /// Strokes the path with round ends and corners, which the draw list does not know. Discs use
    /// the same path, so they wait until it is drawn.
    void finish(bool smooth) {
        const std::vector<ImVec2> points(list_->_Path.begin(), list_->_Path.end());
        list_->PathStroke(color_, ImDrawFlags_None, width_);
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (!smooth || i == 0 || i + 1 == points.size()) {
                list_->AddCircleFilled(points[i], width_ / 2, color_, 8);
            }
        }
    }

    ImDrawList* list_;
    Point origin_;
    float scale_;
    ImU32 color_;
    float width_;
};

}  // namespace

void Canvas::icon(Icon icon, Point center, float size, Color color, float width) {
    Pen pen(list_, {center.x - size / 2, center.y - size / 2}, size / kGrid, color, width);
    std::string_view strokes = icon_strokes(icon);
    while (!strokes.empty()) {
        const std::size_t space = std::min(strokes.find(' '), strokes.size());
        if (space > 0) {
            pen.draw(parsed(strokes.substr(0, space)));
        }
        strokes.remove_prefix(std::min(space + 1, strokes.size()));
    }
}

}  // namespace convoscope::widgets
