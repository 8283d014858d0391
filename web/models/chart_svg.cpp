#include "web/models/chart_svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "web/models/markup_text.h"

namespace convoscope::models {
namespace {

constexpr double kWidth = 640;
constexpr double kHeight = 360;
constexpr double kLeft = 60;
constexpr double kRight = 20;
constexpr double kTop = 52;
constexpr double kBottom = 40;
constexpr int kColumns = 4;
constexpr int kRows = 4;

constexpr const char* kInk = "#10151E";
constexpr const char* kQuiet = "#586375";
constexpr const char* kGrid = "#E1E6EE";
constexpr const char* kTrain = "#2C3646";
constexpr const char* kHeld = "#5B3FD6";

std::string number(double value, int decimals = 1) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string short_number(double value, int digits = 3) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return text;
}

/// From values to places on the paper.
class Axes {
  public:
    explicit Axes(const ChartDrawing& drawing) : drawing_(drawing) {}

    [[nodiscard]] double x(double value) const {
        const double share = drawing_.x_max > 0.0 ? value / drawing_.x_max : 0.0;
        return kLeft + std::clamp(share, 0.0, 1.0) * (kWidth - kLeft - kRight);
    }
    [[nodiscard]] double y(double value) const {
        const double share = (height(value) - height(drawing_.y_min)) /
                             (height(drawing_.y_max) - height(drawing_.y_min));
        return kHeight - kBottom - std::clamp(share, 0.0, 1.0) * (kHeight - kTop - kBottom);
    }
    /// The value at a share of the height.
    [[nodiscard]] double value_at(double share) const {
        const double h =
            height(drawing_.y_min) + share * (height(drawing_.y_max) - height(drawing_.y_min));
        return drawing_.log_y ? std::exp(h) : h;
    }

  private:
    [[nodiscard]] double height(double value) const {
        return drawing_.log_y ? std::log(std::max(value, drawing_.y_min)) : value;
    }
    const ChartDrawing& drawing_;
};

std::string text(
    double x, double y, const char* anchor, const char* color, int size, const std::string& words) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor +
           "\" fill=\"" + color + "\" font-size=\"" + std::to_string(size) + "\">" +
           escaped_markup(words) + "</text>\n";
}

std::string grid(const ChartDrawing& drawing, const Axes& axes) {
    std::string svg;
    for (int row = 0; row <= kRows; ++row) {
        const double value = axes.value_at(static_cast<double>(row) / kRows);
        const double y = axes.y(value);
        svg += "<line x1=\"" + number(kLeft) + "\" x2=\"" + number(kWidth - kRight) + "\" y1=\"" +
               number(y) + "\" y2=\"" + number(y) + "\" stroke=\"" + kGrid + "\"/>\n";
        const std::string label =
            drawing.percent ? short_number(100.0 * value) + " %" : short_number(value);
        svg += text(kLeft - 8, y + 4, "end", kQuiet, 11, label);
    }
    for (int column = 0; column <= kColumns; ++column) {
        const double step = drawing.x_max * column / kColumns;
        const char* anchor = column == kColumns ? "end" : "middle";
        svg +=
            text(axes.x(step), kHeight - kBottom + 18, anchor, kQuiet, 11, short_number(step, 6));
    }
    return svg + text(kWidth - kRight, kHeight - 6, "end", kQuiet, 11, drawing.x_name);
}

std::string place(const Axes& axes, double x, double y) {
    return number(axes.x(x)) + "," + number(axes.y(y)) + " ";
}

std::string train_curve(const ChartDrawing& drawing, const Axes& axes) {
    if (drawing.train.empty()) {
        return {};
    }
    std::string upper;
    std::string lower;
    std::string mean;
    for (const CurvePoint& point : drawing.train) {
        upper += place(axes, point.x, point.greatest);
        mean += place(axes, point.x, point.line);
    }
    for (auto point = drawing.train.rbegin(); point != drawing.train.rend(); ++point) {
        lower += place(axes, point->x, point->least);
    }
    return "<polygon points=\"" + upper + lower + "\" fill=\"" + kTrain +
           "\" fill-opacity=\"0.13\"/>\n<polyline points=\"" + mean + "\" fill=\"none\" stroke=\"" +
           kTrain + "\" stroke-width=\"1.75\"/>\n";
}

std::string held_curve(const ChartDrawing& drawing, const Axes& axes) {
    if (drawing.held.empty()) {
        return {};
    }
    std::string line;
    std::string dots;
    for (const SvgPoint& point : drawing.held) {
        line += place(axes, point.x, point.y);
        dots += "<circle cx=\"" + number(axes.x(point.x)) + "\" cy=\"" + number(axes.y(point.y)) +
                "\" r=\"2.4\" fill=\"" + kHeld + "\"/>\n";
    }
    return "<polyline points=\"" + line + "\" fill=\"none\" stroke=\"" + kHeld +
           "\" stroke-width=\"2\"/>\n" + dots;
}

}  // namespace

std::string chart_svg(const ChartDrawing& drawing) {
    const Axes axes(drawing);
    const std::string width = number(kWidth, 0);
    const std::string height = number(kHeight, 0);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
           "\" viewBox=\"0 0 " + width + " " + height +
           "\" font-family=\"Inter, Helvetica, Arial, sans-serif\">\n<rect width=\"100%\" "
           "height=\"100%\" fill=\"#FFFFFF\"/>\n" +
           text(kLeft, 28, "start", kInk, 15, drawing.title) +
           text(kWidth - kRight - 80, 28, "end", kTrain, 12, "train") +
           text(kWidth - kRight, 28, "end", kHeld, 12, "validation") + grid(drawing, axes) +
           train_curve(drawing, axes) + held_curve(drawing, axes) + "</svg>\n";
}

}  // namespace convoscope::models
