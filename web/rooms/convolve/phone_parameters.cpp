#include <array>
#include <cmath>
#include <vector>

#include "web/rooms/convolve/parameter_choices.h"
#include "web/rooms/convolve/parameter_panel.h"
#include "web/rooms/convolve/parameter_rows.h"
#include "web/rooms/convolve/stage_header.h"
#include "web/rooms/convolve/transport.h"
#include "web/widgets/button.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"
#include "web/widgets/toggle.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Axes;

namespace {

constexpr float kChipHeight = 40;
constexpr float kChipGap = 8;
constexpr float kOpenLine = 48;
constexpr float kLeastForOneRow = 320;  ///< for the names of all operations
constexpr float kLeastForSlider = 260;  ///< of a line, beside less and more
constexpr float kNameWidth = 62;
constexpr float kLeastForName = 220;  ///< of a line, beside a choice
constexpr const char* kBias = "bias";

/// A parameter as a chip; without a row it is the bias.
struct Chip {
    const ParameterRow* row = nullptr;

    [[nodiscard]] const char* name() const { return row != nullptr ? row->id : kBias; }
    [[nodiscard]] const char* label() const { return row != nullptr ? row->label : "Bias"; }
    [[nodiscard]] const char* symbol() const { return row != nullptr ? row->symbol : "b"; }
    [[nodiscard]] Quantity quantity() const {
        return row != nullptr ? row->quantity : Quantity::kKernel;
    }
    [[nodiscard]] double value(const Context& context) const {
        return row != nullptr ? static_cast<double>(
                                    model::value_of(context.setup(), row->parameter, Axes::height))
                              : context.setup().bias[at(context.room().filter())];
    }
};

/// Those along an axis and the bias; after them the counts, where there are any.
std::vector<std::vector<Chip>> chip_rows(const Context& context) {
    std::vector<std::vector<Chip>> rows(2);
    for (const ParameterRow& row : parameter_rows()) {
        if (is_used(context, row.parameter)) {
            rows[has_axis(row.parameter) ? 0 : 1].push_back({&row});
        }
    }
    if (!is_pooling(context.setup().operation)) {
        rows[0].push_back({});
    }
    std::erase_if(rows, [](const std::vector<Chip>& row) { return row.empty(); });
    return rows;
}

/// "7", or where the axes are apart "7 × 5".
std::string chip_text(const Context& context, const Chip& chip) {
    std::string text = value_text(chip.value(context));
    if (chip.row != nullptr) {
        const Index width = model::value_of(context.setup(), chip.row->parameter, Axes::width);
        if (width != model::value_of(context.setup(), chip.row->parameter, Axes::height)) {
            text += "×" + std::to_string(width);
        }
    }
    return text;
}

void draw_chip(Context& context, const Chip& chip, bool open, Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::string id = std::string("convolve.open.") + chip.name();
    const std::string value = chip_text(context, chip);
    const Interaction act = interact(
        context.ui,
        {.id = id, .label = chip.label(), .role = Role::kRadio, .value = value, .selected = open},
        rect);
    canvas.fill(rect, open || act.held ? theme.bg4 : theme.bg2, radius::kSegment);
    canvas.outline(rect,
                   open ? theme.t1 : theme.line1,
                   radius::kSegment,
                   open ? stroke::kSelect : stroke::kHair);
    canvas.text({rect.x + rect.w * 0.3F, rect.center_y()},
                chip.symbol(),
                FontStyle::kM15i,
                ink_of(theme, chip.quantity()),
                Align::kCenter);
    canvas.text({rect.x + rect.w * 0.7F, rect.center_y()},
                value,
                fitting_style(context.ui, value, rect.w * 0.5F, FontStyle::kM15),
                theme.t1,
                Align::kCenter);
    if (act.focused) {
        canvas.focus_ring(rect, radius::kSegment);
    }
    if (act.clicked) {
        context.commands.push(
            model::commands::with("convolve_open", "parameter", std::string_view(chip.name())));
    }
}

/// The open parameter's slider, with buttons for one less and one more; below it where the line is
/// too narrow for both. Returns the height.
float draw_open(Context& context, const Chip& chip, Rect column) {
    const Theme& theme = context.theme();
    const bool narrow = column.w < kLeastForSlider;
    Rect box = column.take_top(narrow ? 2 * kOpenLine : kOpenLine);
    const float height = box.h;
    context.ui.canvas().box(box, theme.bg1, theme.line1, radius::kSegment);
    Rect line = box.take_bottom(kOpenLine);
    const Rect plus = line.inset(8, 6).take_right(44);
    const Rect minus = plus.moved(-50, 0);
    Rect inside = (narrow ? box : line).inset(narrow ? 8 : 14, 2);
    inside.w = narrow ? inside.w : minus.x - inside.x - 4;
    const auto change_by = [&](double step) {
        const double wanted = chip.value(context) + step;
        context.commands.push(chip.row == nullptr
                                  ? model::commands::with("convolve_bias", "value", wanted)
                                  : model::commands::set(chip.row->parameter,
                                                         Axes::both,
                                                         static_cast<Index>(std::lround(wanted))));
    };
    if (button(context.ui, {.id = "convolve.less", .label = "−"}, minus)) {
        change_by(-1);
    }
    if (button(context.ui, {.id = "convolve.more", .label = "+"}, plus)) {
        change_by(1);
    }
    if (chip.row == nullptr) {
        draw_bias_slider(context, inside);
    } else {
        draw_parameter_slider(
            context, *chip.row, chip.row->parameter, Axes::both, chip.row->label, inside);
    }
    return height;
}

/// All in one row, which takes shorter names.
void draw_operations_in_row(Context& context, Rect row) {
    const std::array<Segment, 4> segments{{{"convolution", "Convolve"},
                                           {"transposed", "Transposed"},
                                           {"max_pool", "Max pool"},
                                           {"average_pool", "Mean pool"}}};
    if (const auto chosen = segmented(context.ui,
                                      "convolve.operation",
                                      segments,
                                      static_cast<int>(context.setup().operation),
                                      row)) {
        context.commands.push(
            model::commands::with("convolve_operation",
                                  "operation",
                                  model::name_of(static_cast<model::Operation>(*chosen))));
    }
}

}  // namespace

float draw_left_out(Context& context, Rect column) {
    if (context.room().scene != model::Scene::cells) {
        return 0;
    }
    const float top = column.y;
    const auto named = [&](const char* name) {
        Rect row = column.take_top(36, 4);
        if (row.w >= kLeastForName) {
            context.ui.canvas().text(
                {row.x, row.center_y()}, name, FontStyle::kBody, context.theme().t2);
            row.take_left(kNameWidth);
        }
        return row;
    };
    draw_views(context, named("Cells"));
    if (!context.room().learns()) {
        draw_order(context, named("Order"));
        const bool loops = context.room().playback.loops;
        if (toggle(context.ui,
                   {.id = "convolve.loop", .label = "Begin again at the end", .on = loops},
                   column.take_top(36))) {
            context.commands.push(model::commands::with("convolve_loop", "on", !loops));
        }
    }
    return column.y - top;
}

float draw_phone_further(Context& context, Rect column) {
    const float top = column.y;
    const model::Setup& setup = context.setup();
    section_head(context.ui, column.x, column.y + 10, column.w, "More settings");
    draw_link(context, column.x, column.y + 10, column.w);
    column.take_top(28);
    for (const ParameterRow& row : parameter_rows()) {
        if (!setup.linked && is_used(context, row.parameter) && has_axis(row.parameter)) {
            draw_axis_sliders(context, row, column);
        }
    }
    if (setup.operation == model::Operation::convolution) {
        draw_padding_modes(context, column.take_top(36, 6));
    }
    if (!is_pooling(setup.operation)) {
        draw_turn(context, column.take_top(36, 4));
    }
    column.take_top(draw_left_out(context, column));
    return column.y - top;
}

float draw_phone_parameters(Context& context, Rect column) {
    const float top = column.y;
    if (column.w < kLeastForOneRow) {
        draw_operations(context, column.take_top(kOperationRows, 6));
    } else {
        draw_operations_in_row(context, column.take_top(36, 6));
    }
    const std::vector<std::vector<Chip>> rows = chip_rows(context);
    Chip open = rows[0].front();
    for (const std::vector<Chip>& row : rows) {
        for (const Chip& chip : row) {
            open = context.room().open_parameter == chip.name() ? chip : open;
        }
    }
    const float pitch = (column.w + kChipGap) / static_cast<float>(rows[0].size());
    for (const std::vector<Chip>& row : rows) {
        Rect line = column.take_top(kChipHeight, 6);
        for (const Chip& chip : row) {
            draw_chip(context,
                      chip,
                      std::string_view(chip.name()) == open.name(),
                      line.take_left(pitch - kChipGap, kChipGap));
        }
    }
    column.take_top(draw_open(context, open, column));
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
