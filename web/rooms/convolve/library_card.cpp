#include "web/rooms/convolve/library_card.h"

#include <algorithm>
#include <array>
#include <span>

#include <imgui.h>

#include "web/models/convolve/convention_places.h"
#include "web/models/convolve/framework_code.h"
#include "web/widgets/button.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kRow = 20;
constexpr float kLine = 17;
constexpr float kRemark = 152;  ///< where a convention's padding stands
constexpr float kAxis = 96;

/// What is lost and what is invented, in the colours that they have along the axis.
Runs why_of(const Theme& theme, const model::ConventionRow& row) {
    if (!row.coverage) {
        return {{row.name + " refuses: " + row.remark + ".", FontStyle::kBody, theme.t2}};
    }
    const auto count = [](Index number, const char* one, const char* many) {
        return std::to_string(number) + (number == 1 ? one : many);
    };
    return {{row.name + ": " + count(row.coverage->outputs, " output, ", " outputs, "),
             FontStyle::kBody,
             theme.t2},
            {count(row.coverage->lost, " position lost", " positions lost"),
             FontStyle::kMed,
             theme.warn},
            {" at the end, ", FontStyle::kBody, theme.t2},
            {count(row.coverage->invented, " invented", " invented"), FontStyle::kMed, theme.grad},
            {" as padding: " + row.remark +
                 (row.realigned ? ", so that its windows lie elsewhere than PyTorch's." : "."),
             FontStyle::kBody,
             theme.t2}};
}

/// The axis under a convention: pixels, what it invents around them, and what it loses of them.
void draw_axis(Context& context, const AxisCoverage& coverage, Rect strip) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::vector<model::AxisPlace> places =
        model::axis_places(context.room().told_axis(), coverage);
    const float unit =
        std::min(9.0F, strip.w / static_cast<float>(std::max<std::size_t>(1, places.size())));
    const float gap = unit >= 4 ? 1 : 0;
    float x = strip.x;
    for (const model::AxisPlace place : places) {
        const Rect cell{x, strip.y, unit - gap, strip.h};
        x += unit;
        switch (place) {
            case model::AxisPlace::read:
                canvas.fill(cell, tint(theme.input_fill, 0.5F, theme.bg1));
                break;
            case model::AxisPlace::lost:
                canvas.fill(cell, theme.warn);
                break;
            case model::AxisPlace::invented:
                canvas.fill(cell, theme.grad_fill);
                break;
            case model::AxisPlace::between:
                break;
        }
    }
}

void draw_conventions(Context& context, Rect body) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::vector<model::ConventionRow>& rows = context.room().conventions();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const model::ConventionRow& row = rows[i];
        const Rect line = body.take_top(kRow);
        const float y = line.center_y();
        const std::string outputs = row.coverage ? std::to_string(row.coverage->outputs) : "—";
        const std::string id = "convolve.convention." + std::to_string(i);
        const Interaction act =
            interact(context.ui,
                     {.id = id,
                      .label = row.name,
                      .role = Role::kText,
                      .value = outputs + ", " + row.remark + (row.realigned ? ", elsewhere" : "")},
                     line,
                     why_of(theme, row));
        if (i == 0 || act.hovered) {
            canvas.fill({line.x - 8, line.y, line.w + 16, line.h}, theme.bg3, radius::kCell);
        }
        const bool odd = row.differs || !row.coverage;
        canvas.text({line.x, y},
                    row.name,
                    i == 0 ? FontStyle::kSmallM : FontStyle::kSmall,
                    i == 0 ? theme.t1 : theme.t2);
        if (row.differs || row.realigned) {
            canvas.text({line.x + 116, y},
                        row.differs ? "≠" : "≈",
                        FontStyle::kM12,
                        theme.warn,
                        Align::kCenter);
        }
        canvas.text({line.x + 134, y},
                    outputs,
                    FontStyle::kM13,
                    odd ? theme.warn : theme.output,
                    Align::kCenter);
        const Rect strip{line.right() - kAxis, y - 4, kAxis, 8};
        const float room = (row.coverage ? strip.x - 8 : line.right()) - line.x - kRemark;
        const bool whole = canvas.width(row.remark, FontStyle::kMicro) <= room;
        canvas.clipped_text({line.x + kRemark, y},
                            room,
                            whole ? row.remark : row.remark.substr(0, row.remark.find(',')),
                            FontStyle::kMicro,
                            theme.t3);
        if (row.coverage) {
            draw_axis(context, *row.coverage, strip);
        }
    }
}

void draw_code(
    Context& context, const char* id, const std::string& name, const std::string& line, Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.box(rect, theme.bg0, theme.line1, radius::kControl);
    canvas.text({rect.x + 10, rect.y + 13}, name, FontStyle::kMicro, theme.t3);
    const Rect copy{rect.right() - 28, rect.y + 2, 24, 22};
    // Broken at spaces: a line of code is as long as it is.
    canvas.push_clip(rect);
    canvas.paragraph(
        {rect.x + 10, rect.y + 30}, rect.w - 20, line, FontStyle::kM11, theme.t1, kLine - 2);
    canvas.pop_clip();
    register_passive(
        context.ui,
        {.id = std::string(id) + ".text", .label = name, .role = Role::kText, .value = line},
        rect);
    if (icon_button(context.ui,
                    {.id = id, .label = "Copy the line of " + name, .icon = Icon::kFile},
                    copy)) {
        ImGui::SetClipboardText(line.c_str());
    }
}

}  // namespace

void draw_aside_choice(Context& context, Rect where) {
    const bool medium = is_one_card(context);
    const std::array<Segment, 3> all{
        {{"formula", "formula"}, {"conventions", "sizes"}, {"code", "code"}}};
    const std::span<const Segment> segments = std::span(all).subspan(medium ? 0 : 1);
    const auto aside = static_cast<int>(context.room().aside);
    const int selected = medium ? aside : std::max(0, aside - 1);
    if (medium) {
        where = {where.right() - 196, where.y, 196, where.h};
    }
    if (const auto chosen = segmented(context.ui, "convolve.aside", segments, selected, where)) {
        const auto wanted = static_cast<model::Aside>(*chosen + (medium ? 0 : 1));
        context.commands.push(
            model::commands::with("convolve_aside", "aside", model::name_of(wanted)));
    }
}

bool is_one_card(const Context& context) {
    return context.page_width < breakpoint::kWide && context.page_width >= breakpoint::kPhone;
}

void draw_library_card(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    card(context.ui, rect, theme.bg1);
    Canvas canvas = context.ui.canvas();
    const bool code = context.room().aside == model::Aside::code;
    canvas.text({rect.x + 16, rect.y + 20},
                code ? "The same in code" : "Same numbers, other conventions",
                FontStyle::kSmallS,
                theme.t1);
    draw_aside_choice(context, {rect.right() - 120, rect.y + 6, 108, 26});
    Rect body{rect.x + 16, rect.y + 36, rect.w - 32, rect.h - 44};
    if (!code && context.setup().operation == model::Operation::transposed) {
        canvas.paragraph(
            {body.x, body.y + 10},
            body.w,
            "A stride maps several input sizes to one output size, so the way back has "
            "to be told which: that is a, output_padding in PyTorch, from 0 to s − 1.",
            FontStyle::kSmall,
            theme.t2,
            kLine + 1);
        return;
    }
    if (!code) {
        draw_conventions(context, body);
        return;
    }
    const float half = (body.h - 6) / 2;
    draw_code(context,
              "convolve.copy.pytorch",
              "PyTorch",
              pytorch_line(context.setup()),
              body.take_top(half, 6));
    draw_code(context, "convolve.copy.keras", "Keras", keras_line(context.setup()), body);
}

}  // namespace convoscope::rooms::convolve
