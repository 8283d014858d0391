#include "web/rooms/train/exhibit_rows.h"

#include <algorithm>
#include <array>
#include <string>

#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kHead = 24;
constexpr float kRow = 20;
constexpr float kGap = 12;
constexpr float kBar = 10;
constexpr float kLabel = 68;    // "8 threads"
constexpr float kColumn = 62;   // a column of figures
constexpr float kNarrow = 480;  // below this the column of times has no room

struct Group {
    const char* way;
    const char* simd;
    const char* name;
    const char* how;  ///< in a few words
};

constexpr std::array kGroups{
    Group{"scalar", "none", "Scalar loop", "one number at a time"},
    Group{"im2col", "plain", "im2col, SIMD", "windows written out, one product"},
    Group{"direct", "plain", "Direct, SIMD", "four numbers an instruction"},
    Group{"winograd", "plain", "Winograd, SIMD", "a quarter of the multiplications"},
    Group{"im2col", "relaxed", "im2col, relaxed SIMD", "the same, fused"},
    Group{"direct", "relaxed", "Direct, relaxed SIMD", "× and + in one instruction"},
    Group{"winograd", "relaxed", "Winograd, relaxed SIMD", "a quarter, fused"}};

/// The columns of a row, from its right edge.
struct Columns {
    float gain;
    float time;
    float rate;
    Rect bar;
};

Columns columns_of(Rect row) {
    Columns columns{};
    const bool narrow = row.w < kNarrow;
    columns.gain = row.right();
    columns.time = narrow ? 0.0F : columns.gain - kColumn;
    columns.rate = columns.gain - (narrow ? kColumn - space::k8 : 2 * kColumn + space::k8);
    const float left = row.x + kLabel;
    columns.bar = {
        left, row.center_y() - kBar / 2, columns.rate - kColumn + space::k8 - left, kBar};
    return columns;
}

/// What the whole length of a bar stands for.
double greatest_rate(const models::TrainModel& model) {
    double greatest = model.engine.roofline_gigaflops;
    for (const models::ExhibitRun& run : model.exhibit.runs) {
        greatest = std::max(greatest, model.exhibit.rate_of(run));
    }
    return std::max(greatest, 1e-3);
}

std::string time_text(double seconds) {
    return decimal_text(1000 * seconds, seconds < 0.01 ? 2 : 1);
}

std::string threads_text(int threads) {
    return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

/// The machine's peak, as a dashed line through a row's bar.
void draw_peak(Context& context, Rect row, double greatest) {
    const double peak = context.model().engine.roofline_gigaflops;
    if (peak <= 0.0) {
        return;
    }
    const Rect bar = columns_of(row).bar;
    const float x = bar.x + bar.w * static_cast<float>(peak / greatest);
    context.ui.canvas().dashed_line({x, row.y}, {x, row.bottom()}, context.theme().line3, 3, 3);
}

void draw_run(Context& context,
              const Group& group,
              const models::ExhibitRun& run,
              double greatest,
              Rect row) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Columns columns = columns_of(row);
    const double rate = exhibit.rate_of(run);
    const bool timed = rate > 0.0;
    canvas.text({row.x, row.center_y()}, threads_text(run.threads), FontStyle::kMicro, theme.t3);
    canvas.fill(columns.bar, theme.bg3, radius::kTick);
    if (timed) {
        Rect bar = columns.bar;
        bar.w = std::max(2.0F, bar.w * static_cast<float>(rate / greatest));
        const Color color = run.simd == "relaxed" ? theme.output_fill
                            : run.simd == "plain" ? theme.input_fill
                                                  : theme.t3;
        canvas.fill(bar, color, radius::kTick);
    }
    draw_peak(context, row, greatest);
    const auto figure = [&](float right, const std::string& text, Color color) {
        canvas.text(
            {right, row.center_y()}, timed ? text : "–", FontStyle::kM12, color, Align::kRight);
    };
    const std::string gain = decimal_text(exhibit.gain_of(run), exhibit.gain_of(run) < 10 ? 1 : 0);
    figure(columns.rate, decimal_text(rate, 1), theme.t1);
    figure(columns.gain, gain + "×", theme.t2);
    const std::string time = time_text(run.fastest_seconds());
    if (columns.time > 0.0F) {
        figure(columns.time, time, theme.t2);
    }
    const std::string id =
        std::string("exhibit.") + group.way + "." + group.simd + "." + std::to_string(run.threads);
    explain(context,
            id.c_str(),
            std::string(group.name) + ", " + threads_text(run.threads),
            timed
                ? decimal_text(rate, 1) + " GFLOP/s, " + time + " ms, " + gain + "× the scalar loop"
                : std::string("not measured yet"),
            row,
            "The median of " + std::to_string(run.seconds.size()) +
                " rounds. GFLOP/s counts two operations a multiply-add, as a direct convolution "
                "has them; × is how many times as fast as the scalar loop on one thread.");
}

/// Right in the group's head: an icon, a word and how far off.
void draw_verdict(Context& context, const Group& group, Rect head) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    const models::ExhibitRun* const first = exhibit.find(group.way, group.simd, 1);
    const std::optional<bool> agrees = exhibit.agrees(group.way, group.simd);
    if (first == nullptr || !agrees || !first->greatest_difference || !first->bound) {
        return;
    }
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Color color = *agrees ? theme.ok : theme.err;
    const std::string off = significant_text(*first->greatest_difference, 2);
    const Runs words{{*agrees ? "agrees  " : "differs  ", FontStyle::kSmallM, color},
                     {off, FontStyle::kM11, theme.t2},
                     {" off", FontStyle::kMicro, theme.t3}};
    const float width = canvas.width(words);
    canvas.text({head.right(), head.center_y()}, words, Align::kRight);
    canvas.icon(*agrees ? Icon::kOk : Icon::kWarn,
                {head.right() - width - space::k12, head.center_y()},
                14,
                color);
    const std::string id = std::string("exhibit.") + group.way + "." + group.simd + ".verdict";
    explain(context,
            id.c_str(),
            std::string(group.name) + ": outputs",
            (*agrees ? "agree: " : "differ: ") + off + " off, at most " +
                significant_text(*first->bound, 2),
            {head.right() - width - space::k24, head.y, width + space::k24, head.h},
            "The greatest difference of any output from double precision, and what rounding may "
            "cost at most. With more threads every output is the same, bit for bit.");
}

void draw_head(Context& context, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Columns columns = columns_of(row);
    const auto caption = [&](float right, const char* words) {
        canvas.text({right, row.center_y()}, words, FontStyle::kMicro, theme.t3, Align::kRight);
    };
    caption(columns.rate, "GFLOP/s");
    caption(columns.gain, "× scalar");
    if (columns.time > 0.0F) {
        caption(columns.time, "ms");
    }
    if (const double peak = context.model().engine.roofline_gigaflops; peak > 0.0) {
        canvas.text({row.x, row.center_y()},
                    "dashed: the peak, " + decimal_text(peak, 1),
                    FontStyle::kMicro,
                    theme.t3);
    }
}

}  // namespace

float draw_exhibit_rows(Context& context, Rect where) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    const double greatest = greatest_rate(context.model());
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    Rect area = where;
    area.h = 100'000;  // as much as there are rows
    draw_head(context, area.take_top(kRow));
    for (const Group& group : kGroups) {
        if (exhibit.find(group.way, group.simd, 1) == nullptr) {
            continue;
        }
        canvas.horizontal(area.x, area.right(), area.y, theme.line1);
        area.take_top(space::k4);
        const Rect head = area.take_top(kHead);
        const float name =
            canvas.text({head.x, head.center_y()}, group.name, FontStyle::kStrong, theme.t1);
        if (where.w >= kNarrow) {
            canvas.text({head.x + name + space::k8, head.center_y()},
                        group.how,
                        FontStyle::kMicro,
                        theme.t3);
        }
        draw_verdict(context, group, head);
        for (const models::ExhibitRun& run : exhibit.runs) {
            if (run.way == group.way && run.simd == group.simd) {
                draw_run(context, group, run, greatest, area.take_top(kRow));
            }
        }
        area.take_top(kGap);
    }
    return area.y - where.y;
}

}  // namespace convoscope::rooms::train
