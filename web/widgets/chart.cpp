#include "web/widgets/chart.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>
#include <implot.h>

#include "web/widgets/chart_ticks.h"
#include "web/widgets/chart_zoom.h"
#include "web/widgets/number_text.h"
#include "web/widgets/segmented.h"

namespace convoscope::widgets {
namespace {

constexpr float kScaleRow = 32;  // lin and log above a compact plot
constexpr float kBandAlpha = 0.13F;

ImVec4 vector_of(Color color) {
    return ImGui::ColorConvertU32ToFloat4(color.packed());
}

/// The lines and the band, through ImPlot, which clips, scales and thins them out.
class Plot {
  public:
    Plot(const ChartSpec& spec, const Theme& theme) : spec_(spec), theme_(theme) {}

    bool begin(Rect rect) {
        if (ImPlot::GetCurrentContext() == nullptr) {
            ImPlot::CreateContext();
        }
        const ImVec4 none{0, 0, 0, 0};
        for (const ImPlotCol which : {ImPlotCol_FrameBg, ImPlotCol_PlotBg, ImPlotCol_PlotBorder}) {
            ImPlot::PushStyleColor(which, none);
        }
        ImPlot::PushStyleVar(ImPlotStyleVar_PlotPadding, {0, 0});
        ImPlot::PushStyleVar(ImPlotStyleVar_PlotMinSize, {1, 1});
        ImGui::SetCursorScreenPos({rect.x, rect.y});
        ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
        const std::string id = "##" + std::string(spec_.id) + ".plot";
        const bool open =
            ImPlot::BeginPlot(id.c_str(),
                              {rect.w, rect.h},
                              ImPlotFlags_CanvasOnly | ImPlotFlags_NoInputs | ImPlotFlags_NoFrame);
        if (open) {
            ImPlot::SetupAxes(
                nullptr, nullptr, ImPlotAxisFlags_NoDecorations, ImPlotAxisFlags_NoDecorations);
            ImPlot::SetupAxisLimits(ImAxis_X1, spec_.x_min, spec_.x_max, ImPlotCond_Always);
            if (spec_.log_y) {
                ImPlot::SetupAxisScale(ImAxis_Y1, ImPlotScale_Log10);
            }
            ImPlot::SetupAxisLimits(ImAxis_Y1, spec_.y_min, spec_.y_max, ImPlotCond_Always);
            ImPlot::SetupFinish();
        }
        return open;
    }

    void end(bool open) {
        if (open) {
            ImPlot::EndPlot();
        }
        ImGui::PopItemFlag();
        ImPlot::PopStyleVar(2);
        ImPlot::PopStyleColor(3);
    }

    void draw() {
        draw_others();
        draw_train();
        draw_held();
    }

    [[nodiscard]] static Point place(double x, double y) {
        const ImVec2 p = ImPlot::PlotToPixels(x, y);
        return {p.x, p.y};
    }

  private:
    /// A logarithm needs something to hold on to.
    [[nodiscard]] double shown(double y) const {
        return spec_.log_y ? std::max(y, spec_.y_min * 1e-3) : y;
    }

    void draw_train() {
        std::vector<double> x;
        std::vector<double> low;
        std::vector<double> mean;
        std::vector<double> high;
        for (const BandPoint& p : spec_.train) {
            if (std::isfinite(p.line)) {
                x.push_back(p.x);
                low.push_back(shown(p.min));
                mean.push_back(shown(p.line));
                high.push_back(shown(p.max));
            }
        }
        const auto count = static_cast<int>(x.size());
        ImPlot::SetNextFillStyle(vector_of(theme_.train), kBandAlpha);
        ImPlot::PlotShaded("##band", x.data(), low.data(), high.data(), count);
        ImPlot::SetNextLineStyle(vector_of(theme_.train), stroke::kCurve);
        ImPlot::PlotLine("##train", x.data(), mean.data(), count);
    }

    void draw_others() {
        int number = 0;
        for (const OtherCurve& curve : spec_.others) {
            std::vector<double> x;
            std::vector<double> y;
            for (const LinePoint& p : curve.points) {
                x.push_back(p.x);
                y.push_back(shown(p.y));
            }
            ImPlot::SetNextLineStyle(vector_of(curve.color), stroke::kSelect);
            const std::string id = "##other" + std::to_string(number++);
            ImPlot::PlotLine(id.c_str(), x.data(), y.data(), static_cast<int>(x.size()));
        }
    }

    void draw_held() {
        constexpr float kDot = 2.4F;
        std::vector<double> x;
        std::vector<double> y;
        for (const LinePoint& p : spec_.held) {
            if (std::isfinite(p.y)) {
                x.push_back(p.x);
                y.push_back(shown(p.y));
            }
        }
        const auto count = static_cast<int>(x.size());
        ImPlot::SetNextLineStyle(vector_of(theme_.held), stroke::kHeld);
        ImPlot::SetNextMarkerStyle(ImPlotMarker_Circle, kDot, vector_of(theme_.held), 0);
        ImPlot::PlotLine("##held", x.data(), y.data(), count);
    }

    const ChartSpec& spec_;
    const Theme& theme_;
};

void draw_grid(Canvas& canvas, const ChartSpec& spec, Rect plot) {
    const Theme& theme = canvas.theme();
    for (const Tick& tick : value_ticks(spec)) {
        const float y = Plot::place(spec.x_min, tick.value).y;
        canvas.horizontal(plot.x, plot.right(), std::min(y, plot.bottom() - 1), theme.line1);
        canvas.text({plot.x - 8, y}, tick.text, FontStyle::kM11, theme.t3, Align::kRight);
    }
    for (const Tick& tick : step_ticks(spec)) {
        const float x = Plot::place(tick.value, spec.y_min).x;
        const float half = canvas.width(tick.text, FontStyle::kM11) / 2;
        const float inside =
            std::clamp(x, plot.x + half, std::max(plot.x + half, plot.right() - half));
        canvas.text(
            {inside, plot.bottom() + 14}, tick.text, FontStyle::kM11, theme.t3, Align::kCenter);
    }
    const bool dashes = spec.epoch_length > 0 && (spec.x_max - spec.x_min) / spec.epoch_length < 40;
    for (double x = spec.epoch_length; dashes && x < spec.x_max * 0.999; x += spec.epoch_length) {
        if (x > spec.x_min) {
            const float screen_x = Plot::place(x, spec.y_min).x;
            canvas.dashed_line({screen_x, plot.y}, {screen_x, plot.bottom()}, theme.line2, 2, 4);
        }
    }
}

void draw_now(Canvas& canvas, const ChartSpec& spec, Rect plot) {
    constexpr float kCursorAlpha = 0.5F;
    const Theme& theme = canvas.theme();
    const auto inside = [&spec](double x) { return x >= spec.x_min && x <= spec.x_max; };
    if (spec.now && inside(*spec.now)) {
        const float x = Plot::place(*spec.now, spec.y_min).x;
        canvas.vertical(x, plot.y, plot.bottom(), theme.t1.faded(kCursorAlpha));
    }
    if (!spec.held.empty() && std::isfinite(spec.held.back().y) && inside(spec.held.back().x)) {
        const Point last = Plot::place(spec.held.back().x, spec.held.back().y);
        if (last.y >= plot.y - 1 && last.y <= plot.bottom() + 1) {
            canvas.disc(last, 5, theme.bg1);
            canvas.disc(last, 4, theme.held);
        }
    }
}

template <class Points>
auto nearest(const Points& points, double x) {
    return std::min_element(points.begin(), points.end(), [x](const auto& a, const auto& b) {
        return std::abs(a.x - x) < std::abs(b.x - x);
    });
}

void draw_reading(Ui& ui, const ChartSpec& spec, Rect plot, double x) {
    const Theme& theme = *ui.theme;
    const auto value_text = [&](double y) {
        return spec.percent ? percent_text(y, 2) : significant_text(y, 3);
    };
    std::vector<Runs> lines;
    lines.push_back({{std::string(spec.x_name) + " ", FontStyle::kSmall, theme.t2},
                     {place_text(spec.x_form, x), FontStyle::kM12, theme.t1}});
    if (!spec.train.empty()) {
        const BandPoint& p = *nearest(spec.train, x);
        const char* how = spec.smoothed ? ", smoothed " : " ";
        lines.push_back({{spec.train_name + how, FontStyle::kSmall, theme.t2},
                         {value_text(p.line), FontStyle::kM12, theme.train}});
        lines.push_back({{"from ", FontStyle::kSmall, theme.t3},
                         {value_text(p.min), FontStyle::kM11, theme.t2},
                         {" to ", FontStyle::kSmall, theme.t3},
                         {value_text(p.max), FontStyle::kM11, theme.t2}});
    }
    for (const OtherCurve& curve : spec.others) {
        if (!curve.points.empty()) {
            const bool ended = x > curve.points.back().x;
            lines.push_back(
                {{curve.name + " ", FontStyle::kSmall, theme.t2},
                 {value_text(nearest(curve.points, x)->y), FontStyle::kM12, curve.color},
                 {ended ? " at its end" : "", FontStyle::kSmall, theme.t3}});
        }
    }
    if (!spec.held.empty()) {
        const LinePoint& p = *nearest(spec.held, x);
        lines.push_back({{spec.held_name + " ", FontStyle::kSmall, theme.t2},
                         {value_text(p.y), FontStyle::kM12, theme.held}});
    }
    Canvas canvas = ui.foreground_canvas();
    float width = 0;
    for (const Runs& line : lines) {
        width = std::max(width, canvas.width(line));
    }
    constexpr float kLine = 18;
    const float screen_x =
        plot.x + static_cast<float>((x - spec.x_min) / (spec.x_max - spec.x_min)) * plot.w;
    canvas.vertical(screen_x, plot.y, plot.bottom(), theme.t1.faded(0.5F));
    Rect box{screen_x + 8, plot.y + 6, width + 20, kLine * static_cast<float>(lines.size()) + 10};
    if (box.right() > plot.right()) {
        box.x = std::max(4.0F, screen_x - 8 - box.w);
    }
    canvas.popover(box);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        canvas.text({box.x + 10, box.y + 14 + kLine * static_cast<float>(i)}, lines[i]);
    }
}

void draw_head(Ui& ui, const ChartSpec& spec, Rect rect) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.text({rect.x + 16, rect.y + 22}, spec.title, FontStyle::kSmallS, theme.t1);
    struct Headline {
        const std::string& value;
        const std::string& name;
        Color color;
    };
    const Headline headlines[] = {{spec.train_headline, spec.train_name, theme.train},
                                  {spec.held_headline, spec.held_name, theme.held}};
    constexpr float kGap = 24;
    const auto width = [&](FontStyle style) {
        float sum = -kGap;
        for (const Headline& each : headlines) {
            sum += canvas.width(each.value, style) + space::k8 +
                   canvas.width(each.name, FontStyle::kSmall) + kGap;
        }
        return sum;
    };
    const bool large = width(FontStyle::kM24) <= rect.w - 2 * space::k16;
    const FontStyle style = large ? FontStyle::kM24 : FontStyle::kM18;
    float x = rect.x + 16;
    const float y = rect.y + 50;
    for (const Headline& each : headlines) {
        if (!each.value.empty()) {
            x += canvas.text({x, y}, each.value, style, each.color) + space::k8;
            x += canvas.text({x, y + 4}, each.name, FontStyle::kSmall, theme.t2) + kGap;
        }
    }
}

Rect plot_rect(const ChartSpec& spec, Rect rect) {
    if (spec.compact) {
        const float above = spec.log_toggle ? kScaleRow : 0.0F;
        return {rect.x + 42, rect.y + 8 + above, rect.w - 56, rect.h - 36 - above};
    }
    return {rect.x + 52, rect.y + 78, rect.w - 68, rect.h - 112};
}

void read_pointer(const ChartSpec& spec, Rect plot, const Interaction& act, ChartResult& result) {
    const auto x_of = [&](float screen_x) {
        const double t = std::clamp(static_cast<double>((screen_x - plot.x) / plot.w), 0.0, 1.0);
        return spec.x_min + t * (spec.x_max - spec.x_min);
    };
    result.hovered = act.hovered;
    if (!act.hovered && !act.held) {
        return;
    }
    result.hovered_x = x_of(ImGui::GetIO().MousePos.x);
}

std::string spoken_value(const ChartSpec& spec) {
    std::string text = spec.train_name + " " + spec.train_headline + ", " + spec.held_name + " " +
                       spec.held_headline;
    const bool closer = spec.whole && !(*spec.whole == Span{spec.x_min, spec.x_max});
    if (closer || spec.x_form != PlaceForm::kWhole) {
        text += ", " + std::string(spec.x_name) +
                (spec.x_form == PlaceForm::kDuration ? " " : "s ") +
                place_text(spec.x_form, spec.x_min) + " to " + place_text(spec.x_form, spec.x_max);
    }
    return text;
}

}  // namespace

ChartResult chart(Ui& ui, const ChartSpec& spec, Rect rect) {
    ChartResult result;
    Canvas canvas = ui.canvas();
    if (spec.in_card) {
        canvas.box(rect, ui.theme->bg1, ui.theme->line1, radius::kCard);
        if (ui.theme->dark) {
            canvas.horizontal(rect.x + radius::kCard,
                              rect.right() - radius::kCard,
                              rect.y,
                              mix(ui.theme->bg1, kWhite, 0.09F));
        }
    }
    if (!spec.compact) {
        draw_head(ui, spec, rect);
    }
    const Rect plot = plot_rect(spec, rect);
    const bool drawable = plot.w > 1 && plot.h > 1 && spec.x_max > spec.x_min &&
                          spec.y_max > spec.y_min && (!spec.log_y || spec.y_min > 0);
    if (!drawable) {
        return result;
    }
    Plot picture(spec, *ui.theme);
    const bool open = picture.begin(plot);
    if (open) {
        draw_grid(canvas, spec, plot);
        picture.draw();
        draw_now(canvas, spec, plot);
    }
    picture.end(open);
    const Interaction act = interact(
        ui,
        {.id = spec.id, .label = spec.title, .role = Role::kChart, .value = spoken_value(spec)},
        plot,
        spec.whole ? zoom_explanation(*ui.theme) : Runs{});
    read_pointer(spec, plot, act, result);
    if (spec.whole) {
        result.wanted = zoom_wish(ui, spec, plot, act);
    }
    if (result.hovered_x) {
        draw_reading(ui, spec, plot, *result.hovered_x);
    }
    if (spec.whole && act.held && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
        const float from = std::clamp(ImGui::GetIO().MouseClickedPos[0].x, plot.x, plot.right());
        const float to = std::clamp(ImGui::GetIO().MousePos.x, plot.x, plot.right());
        canvas.fill({std::min(from, to), plot.y, std::abs(to - from), plot.h},
                    ui.theme->t1.faded(0.1F));
    }
    if (act.focused) {
        canvas.focus_ring(plot, radius::kTick);
    }
    if (spec.log_toggle) {
        const Segment segments[] = {{"linear", "lin"}, {"log", "log"}};
        const std::string id = std::string(spec.id) + ".scale";
        const Rect place{rect.right() - 16 - 84, rect.y + (spec.compact ? 0.0F : 10.0F), 84, 26};
        result.log_toggled =
            segmented(ui, id.c_str(), segments, spec.log_y ? 1 : 0, place).has_value();
    }
    return result;
}

}  // namespace convoscope::widgets
