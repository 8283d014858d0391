#include "web/rooms/convolve/between_stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "web/models/convolve/stretching.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::MovingPosition;
using model::PositionKind;

namespace {

constexpr float kMostPitch = 44;
constexpr float kLeastForNumbers = 20;

/// The longer of both ends decides, so that cells keep their size on the way.
float pitch_for(const model::Setup& setup, Rect area) {
    const auto longest = [](const model::AxisSetup& axis) {
        return static_cast<float>(
            std::max(moving_length(moving_axis(axis, 0)), moving_length(moving_axis(axis, 1))));
    };
    return whole_pitch(
        std::min({kMostPitch, area.w / longest(setup.width), area.h / longest(setup.height)}));
}

void draw_cell(Context& context,
               const MovingPosition& row,
               const MovingPosition& column,
               double greatest,
               float pitch,
               Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const auto presence = static_cast<float>(std::min(row.presence, column.presence));
    const float round = pitch >= kLeastForNumbers ? radius::kCell : 1.0F;
    if (row.kind == PositionKind::pixel && column.kind == PositionKind::pixel) {
        const double value =
            context.setup().image.value(context.room().channel(), row.source, column.source);
        const Color fill = cell_fill(theme, theme.input, static_cast<float>(value / greatest));
        canvas.fill(rect, fill, round);
        if (pitch >= kLeastForNumbers) {
            const std::string text = cell_value_text(context.ui, value, pitch);
            canvas.text(rect.center(),
                        text,
                        cell_style(context.ui, text, pitch, FontStyle::kM15),
                        ink_on(fill),
                        Align::kCenter);
        }
        return;
    }
    const bool border = row.kind == PositionKind::padding || column.kind == PositionKind::padding;
    const Color ground = border ? theme.pad : theme.kernel;
    canvas.fill(rect, tint(ground, 0.10F, theme.bg0).faded(presence), round);
    if (border) {
        canvas.hatch(rect, theme.pad.faded(0.34F * presence));
    }
    canvas.outline(rect, tint(ground, 0.34F, theme.bg0).faded(presence), round);
    if (pitch >= kLeastForNumbers && rect.w > 10 && rect.h > 10) {
        canvas.text(rect.center(), "0", FontStyle::kM12, theme.t3.faded(presence), Align::kCenter);
    }
}

std::string border_text(const model::AxisSetup& axis) {
    const bool dilated = axis.dilation > 1;
    return std::string(dilated ? "p' = d(k − 1) − p = " : "p' = k − p − 1 = ") +
           std::to_string(border_back(axis));
}

/// One end in words: its name, and what is where.
void draw_end(Context& context,
              const char* name,
              const std::array<std::string, 3>& facts,
              bool nearer,
              Rect column) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.text({column.x, column.y + 20}, name, FontStyle::kSmallS, nearer ? theme.t1 : theme.t3);
    float y = column.y + 42;
    for (const std::string& fact : facts) {
        canvas.clipped_text(
            {column.x, y}, column.w, fact, FontStyle::kSmall, nearer ? theme.t2 : theme.t3);
        y += 18;
    }
}

}  // namespace

void draw_between_stage(Context& context, Rect area) {
    constexpr float kLabel = 30;
    const model::Setup& setup = context.setup();
    const double way = context.room().way_back();
    const std::vector<MovingPosition> rows = moving_axis(setup.height, way);
    const std::vector<MovingPosition> columns = moving_axis(setup.width, way);
    const bool phone = context.page_width < breakpoint::kPhone;
    Rect body = area.inset(phone ? 0 : 24, 0);
    body.take_top(kLabel);
    body.h -= 8;
    const float pitch = pitch_for(setup, body);
    const Point corner{body.center_x() - static_cast<float>(moving_length(columns)) * pitch / 2,
                       body.center_y() - static_cast<float>(moving_length(rows)) * pitch / 2};
    const double greatest = end_of_scale(setup.image.values);
    const float gap = pitch >= 10 ? 2 : 0;
    for (const MovingPosition& row : rows) {
        for (const MovingPosition& column : columns) {
            const Rect cell{corner.x + static_cast<float>(column.begin) * pitch,
                            corner.y + static_cast<float>(row.begin) * pitch,
                            static_cast<float>(column.end - column.begin) * pitch - gap,
                            static_cast<float>(row.end - row.begin) * pitch - gap};
            if (cell.w > 0.1F && cell.h > 0.1F) {
                draw_cell(context, row, column, greatest, pitch, cell);
            }
        }
    }
    const std::string share = std::to_string(std::lround(way * 100)) + " % of the way";
    draw_stage_label(context,
                     {body.x, area.y + 12},
                     Quantity::kInput,
                     "Input between direct and transposed",
                     phone ? "" : share + ": zeros come in, the border goes from p to p'");
    register_passive(context.ui,
                     {.id = "convolve.between",
                      .label = "Input between direct and transposed",
                      .role = Role::kText,
                      .value = share},
                     body);
}

void draw_between_card(Context& context, Rect rect) {
    card(context.ui, rect, context.theme().bg1);
    const model::AxisSetup& axis = context.room().told_axis();
    const bool back = context.room().way_back() >= 0.5;
    const auto number = [](Index value) { return std::to_string(value); };
    Rect body = rect.inset(16, 0);
    const Rect direct = body.take_left(body.w / 2 - 8, 16);
    draw_end(context,
             "At 0: direct",
             {"border p = " + number(axis.padding_begin),
              "no zeros between the cells",
              "the window steps by s = " + number(axis.stride)},
             !back,
             direct);
    draw_end(context,
             "At 1: transposed",
             {"border " + border_text(axis),
              "s − 1 = " + number(axis.stride - 1) +
                  (axis.stride == 2 ? " zero between two cells" : " zeros between two cells"),
              "the window steps by 1"},
             back,
             body);
}

}  // namespace convoscope::rooms::convolve
