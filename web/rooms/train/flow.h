#pragma once

#include <string>

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Draws text and boxes down a column and keeps count of the height.
class Flow {
  public:
    static constexpr float kLine = 20;

    Flow(Context& context, widgets::Rect where) : context_(context), area_(where), top_(where.y) {
        area_.h = 100'000;  // as much as there is to say
    }
    widgets::Rect take(float height, float gap = 0) { return area_.take_top(height, gap); }
    void paragraph(const std::string& text,
                   widgets::FontStyle style,
                   widgets::Color color,
                   float gap) {
        widgets::Canvas canvas = context_.ui.canvas();
        const int lines =
            canvas.paragraph({area_.x, area_.y + kLine / 2}, area_.w, text, style, color, kLine);
        take(kLine * static_cast<float>(lines), gap);
    }
    [[nodiscard]] widgets::Rect area() const { return area_; }
    [[nodiscard]] float height() const { return area_.y - top_; }

  private:
    Context& context_;
    widgets::Rect area_;
    float top_;
};

/// Height of a paragraph in a Flow.
[[nodiscard]] inline float paragraph_height(Context& context,
                                            const std::string& text,
                                            widgets::FontStyle style,
                                            float width) {
    return Flow::kLine *
           static_cast<float>(context.ui.canvas().lines_of(text, style, width).size());
}

}  // namespace convoscope::rooms::train
