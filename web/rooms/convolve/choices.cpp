#include "web/rooms/convolve/choices.h"

#include <algorithm>
#include <cmath>

#include "web/models/convolve/catalogue.h"
#include "web/rooms/convolve/picture_choice.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::NamedCase;
using model::NamedGrid;

namespace {

constexpr float kPitch = 51;
constexpr float kHeadGap = 12;
constexpr float kCaseRow = 35;

void draw_kernel_picture(Context& context, const NamedGrid& named, Rect tile) {
    Canvas canvas = context.ui.canvas();
    const double greatest = greatest_magnitude(named.grid.values);
    const float unit = tile.w / static_cast<float>(named.grid.columns);
    for (Index row = 0; row < named.grid.rows; ++row) {
        for (Index column = 0; column < named.grid.columns; ++column) {
            canvas.fill({tile.x + static_cast<float>(column) * unit,
                         tile.y + static_cast<float>(row) * unit,
                         unit - 1,
                         unit - 1},
                        diverging(context.theme(),
                                  static_cast<float>(named.grid.value(row, column)),
                                  static_cast<float>(greatest)),
                        radius::kTick);
        }
    }
}

void draw_input_picture(Context& context, const NamedGrid& named, Rect tile) {
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    const double greatest = *std::ranges::max_element(named.grid.values);
    canvas.fill(tile, tint(theme.input_fill, 0.06F, theme.bg2), radius::kTile);
    const float unit = tile.w / static_cast<float>(named.grid.columns);
    for (Index row = 0; row < named.grid.rows; ++row) {
        for (Index column = 0; column < named.grid.columns; ++column) {
            const auto share = static_cast<float>(named.grid.value(row, column) / greatest);
            if (share > 0) {
                canvas.fill({tile.x + static_cast<float>(column) * unit,
                             tile.y + static_cast<float>(row) * unit,
                             unit + 0.4F,
                             unit + 0.4F},
                            tint(theme.input_fill, share * 0.9F + 0.06F, theme.bg2));
            }
        }
    }
}

void draw_tiles(Context& context, Rect& column, const std::vector<NamedGrid>& grids, bool kernels) {
    const auto in_row = static_cast<std::size_t>(
        std::max(1.0F, std::floor((column.w + kPitch - kChoiceTile) / kPitch)));
    const float pitch =
        (column.w - kChoiceTile) / static_cast<float>(std::max<std::size_t>(1, in_row - 1));
    const std::string& chosen = kernels ? context.setup().kernel_name : context.setup().picture;
    std::size_t place = 0;
    for (const NamedGrid& named : grids) {
        if (!named.offered) {
            continue;
        }
        const Rect tile{column.x + std::floor(static_cast<float>(place % in_row) * pitch),
                        column.y + 3 + static_cast<float>(place / in_row) * 74,
                        kChoiceTile,
                        kChoiceTile};
        ++place;
        const std::string kind = kernels ? "kernel" : "picture";
        const std::string why = kernels ? "This kernel " + named.purpose + "."
                                        : "Take this picture: " + std::to_string(named.grid.rows) +
                                              " × " + std::to_string(named.grid.columns) +
                                              " pixels of 0 to 3.";
        const PictureChoice choice{.id = "convolve." + kind + "." + named.name,
                                   .label = named.label,
                                   .why = why,
                                   .chosen = chosen == named.name};
        if (draw_picture_choice(context, choice, tile, [&](Rect picture) {
                kernels ? draw_kernel_picture(context, named, picture)
                        : draw_input_picture(context, named, picture);
            })) {
            context.commands.push(
                model::commands::with("convolve_" + kind, "name", std::string_view(named.name)));
        }
    }
    const std::size_t rows = (place + in_row - 1) / in_row;
    column.take_top(static_cast<float>(rows) * 74 - 2, space::k12);
}

/// The case as a miniature: padding, input, first window.
void draw_miniature(Context& context, const NamedCase& named, Rect box) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const model::AxisSetup& axis = named.width;
    const bool back = named.operation == model::Operation::transposed;
    const auto padding = static_cast<float>(
        back ? std::max<Index>(0, axis.window().extent() - axis.padding_begin - 1)
             : axis.padding_begin);
    const auto input = static_cast<float>(
        back ? axis.stride * (axis.input - 1) + 1 + axis.output_padding : axis.input);
    const float unit = box.w / (input + 2 * padding);
    canvas.fill(box, tint(theme.pad, 0.16F, theme.bg2), radius::kTick);
    canvas.hatch(box, theme.pad.faded(0.35F), 4);
    const float step = unit * static_cast<float>(back ? axis.stride : 1);
    if (step > unit) {
        for (Index i = 0; i < axis.input * axis.input; ++i) {
            canvas.fill({box.x + padding * unit + static_cast<float>(i % axis.input) * step,
                         box.y + padding * unit + static_cast<float>(i / axis.input) * step,
                         unit,
                         unit},
                        theme.input_fill);
        }
    } else {
        canvas.fill({box.x + padding * unit, box.y + padding * unit, input * unit, input * unit},
                    tint(theme.input_fill, 0.42F, theme.bg2),
                    1);
    }
    const float window = static_cast<float>(axis.window().extent()) * unit;
    canvas.outline({box.x, box.y, window, window}, theme.kernel_fill, 1.5F, stroke::kSelect);
}

bool is_open(const Context& context, const NamedCase& named) {
    const model::Setup& setup = context.setup();
    const bool numbers = named.picture.empty() ||
                         (setup.picture == named.picture && setup.kernel_name == named.kernel);
    return setup.operation == named.operation && setup.height == named.height &&
           setup.width == named.width && setup.input_channels == named.input_channels &&
           setup.output_channels == named.output_channels && setup.groups == named.groups &&
           numbers && setup.padding_mode == PaddingMode::zeros;
}

void draw_case(Context& context, const NamedCase& named, Rect row) {
    const bool on = is_open(context, named);
    const std::string id = "convolve.case." + named.name;
    const model::AxisSetup& axis = named.width;
    const bool layer = !named.purpose.empty();
    const std::string numbers =
        layer ? std::to_string(named.input_channels) + " → " + std::to_string(named.output_channels)
              : std::to_string(axis.input) + " " + std::to_string(axis.kernel) + " " +
                    std::to_string(axis.stride) + " " + std::to_string(axis.padding_begin);
    const std::string why =
        layer ? named.purpose + "."
              : "Open this case of Dumoulin and Visin's guide: " + named.label + ".";
    const Interaction act = interact(
        context.ui,
        {.id = id, .label = named.label, .role = Role::kButton, .value = numbers, .selected = on},
        row,
        plain(context, why));
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.box(row,
               on            ? theme.bg4
               : act.hovered ? theme.bg3
                             : theme.bg2,
               on ? theme.line3 : theme.line1,
               radius::kControl);
    draw_miniature(context, named, {row.x + 6, row.y + 5, 22, 22});
    canvas.clipped_text(
        {row.x + 38, row.center_y()}, row.w - 38 - 68, named.label, FontStyle::kSmall, theme.t1);
    canvas.text(
        {row.right() - 8, row.center_y()}, numbers, FontStyle::kM11, theme.t3, Align::kRight);
    if (act.focused) {
        canvas.focus_ring(row, radius::kControl);
    }
    if (act.clicked) {
        context.commands.push(
            model::commands::with("convolve_case", "name", std::string_view(named.name)));
    }
}

void draw_cases(Context& context, Rect& column, bool transposed) {
    section_head(context.ui,
                 column.x,
                 column.y + 6,
                 column.w,
                 transposed ? "Cases, transposed" : "Cases from the paper");
    context.ui.canvas().text({column.x + column.w - 8, column.y + 6},
                             "i k s p",
                             FontStyle::kM11,
                             context.theme().t3,
                             Align::kRight);
    column.take_top(6 + kHeadGap + 2);
    for (const NamedCase& named : model::catalogue().cases) {
        if ((named.operation == model::Operation::transposed) == transposed) {
            draw_case(context, named, column.take_top(kCaseRow - 3, 3));
        }
    }
    column.take_top(space::k16);
}

void draw_layers(Context& context, Rect& column) {
    section_head(context.ui, column.x, column.y + 6, column.w, "Layers");
    context.ui.canvas().text({column.x + column.w - 8, column.y + 6},
                             "c → n",
                             FontStyle::kM11,
                             context.theme().t3,
                             Align::kRight);
    column.take_top(6 + kHeadGap + 2);
    for (const NamedCase& named : model::catalogue().layers) {
        draw_case(context, named, column.take_top(kCaseRow - 3, 3));
    }
    column.take_top(space::k16);
}

}  // namespace

float draw_choices(Context& context, Rect column) {
    const float top = column.y;
    if (!is_pooling(context.setup().operation)) {
        section_head(context.ui, column.x, column.y + 6, column.w, "Kernels");
        column.take_top(6 + kHeadGap);
        draw_tiles(context, column, model::catalogue().kernels, true);
    }
    if (context.room().scene == model::Scene::picture) {
        return column.y - top;
    }
    section_head(context.ui, column.x, column.y + 6, column.w, "Pictures");
    column.take_top(6 + kHeadGap);
    draw_tiles(context, column, model::catalogue().pictures, false);
    draw_layers(context, column);
    draw_cases(context, column, false);
    draw_cases(context, column, true);
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
