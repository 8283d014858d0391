#include "web/rooms/convolve/photo_stage.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <imgui.h>

#include "web/models/convolve/photo_commands.h"
#include "web/rooms/convolve/beam.h"
#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/kernel_card.h"
#include "web/rooms/convolve/stage_cells.h"
#include "web/widgets/arrow_keys.h"
#include "web/widgets/color_legend.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Photo;

namespace {

constexpr float kLabels = 28;
constexpr float kLegend = 30;
constexpr float kGap = 36;
constexpr float kPhoneGap = 10;

/// A picture on the screen.
struct Pane {
    Rect rect;
    float unit = 1.0F;  ///< of a pixel
};

Pane fitted(Rect room, Index rows, Index columns) {
    const float unit =
        std::min(room.w / static_cast<float>(columns), room.h / static_cast<float>(rows));
    const Rect rect{std::round(room.x + (room.w - unit * static_cast<float>(columns)) / 2),
                    std::round(room.y + (room.h - unit * static_cast<float>(rows)) / 2),
                    unit * static_cast<float>(columns),
                    unit * static_cast<float>(rows)};
    return {rect, unit};
}

Rect cells_of(const Pane& pane, float row, float column, float rows, float columns) {
    return {pane.rect.x + column * pane.unit,
            pane.rect.y + row * pane.unit,
            columns * pane.unit,
            rows * pane.unit};
}

/// How positions of the window's axis lie on the picture.
struct AxisView {
    float before = 0.0F;  ///< positions ahead of the first pixel
    float pixel = 1.0F;   ///< positions from one pixel to the next
};

AxisView view_of(const model::WindowAxis& axis, Index stretch) {
    const auto first =
        std::ranges::find(axis.positions, model::PositionKind::pixel, &model::Position::kind);
    return {static_cast<float>(first - axis.positions.begin()), static_cast<float>(stretch)};
}

struct WindowView {
    AxisView rows;
    AxisView columns;

    explicit WindowView(const Context& context) {
        const model::Setup& setup = context.state.convolve.setup();
        const bool back = setup.operation == model::Operation::transposed;
        rows = view_of(context.state.photo.rows(), back ? setup.height.stride : 1);
        columns = view_of(context.state.photo.columns(), back ? setup.width.stride : 1);
    }
};

/// The window of the output under the lens; it may reach into the padding.
Rect window_on(const Pane& input, const Photo& photo, const WindowView& view) {
    const auto along = [](const model::WindowAxis& axis, const AxisView& of, Index output) {
        return (static_cast<float>(axis.place(output, 0)) - of.before) / of.pixel;
    };
    return cells_of(input,
                    along(photo.rows(), view.rows, photo.place().row),
                    along(photo.columns(), view.columns, photo.place().column),
                    static_cast<float>(photo.rows().extent()) / view.rows.pixel,
                    static_cast<float>(photo.columns().extent()) / view.columns.pixel);
}

/// The output whose window has its middle nearest to a pixel.
Index output_over(const model::WindowAxis& axis, const AxisView& of, Index pixel) {
    const float middle = static_cast<float>(pixel) * of.pixel + of.before -
                         static_cast<float>(axis.extent() - 1) / 2;
    const auto output = std::lround(middle / static_cast<float>(axis.stride));
    return std::clamp<Index>(output, 0, axis.outputs - 1);
}

struct PaneSpec {
    const char* id;
    std::string label;
    ImageRef image;
    Quantity quantity;
    std::string why;
};

/// What was done to a picture: the pixel under the pointer, and how far the arrows lead.
struct Pointed {
    std::optional<CellPlace> pixel = {};
    CellPlace by = {};
};

Pointed draw_pane(Context& context, const PaneSpec& spec, const Pane& pane) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Interaction act =
        interact(context.ui,
                 {.id = spec.id, .label = spec.label, .role = Role::kImage, .takes_strokes = true},
                 pane.rect,
                 plain(context, spec.why));
    canvas.image(spec.image, pane.rect);
    canvas.outline(pane.rect.inset(-1), fill_of(theme, spec.quantity).faded(0.6F));
    Pointed pointed;
    if (act.focused) {
        pointed.by = {arrow_pressed(ImGuiKey_UpArrow, ImGuiKey_DownArrow),
                      arrow_pressed(ImGuiKey_LeftArrow, ImGuiKey_RightArrow)};
        canvas.focus_ring(pane.rect, 0);
    }
    if (act.hovered || (act.held && ImGui::IsMouseDown(ImGuiMouseButton_Left))) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        pointed.pixel =
            CellPlace{static_cast<Index>(std::floor((mouse.y - pane.rect.y) / pane.unit)),
                      static_cast<Index>(std::floor((mouse.x - pane.rect.x) / pane.unit))};
    }
    return pointed;
}

void draw_label(
    Context& context, Rect pane, Quantity quantity, const char* name, const std::string& caption) {
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    const float y = pane.y - 14;
    canvas.glyph(quantity, {pane.x + 5, y}, 10, ink_of(theme, quantity));
    const float width = canvas.text({pane.x + 18, y}, name, FontStyle::kStrong, theme.t1);
    canvas.clipped_text(
        {pane.x + 26 + width, y}, pane.w - 26 - width, caption, FontStyle::kSmall, theme.t3);
}

std::string size_text(Index rows, Index columns) {
    return std::to_string(rows) + " × " + std::to_string(columns);
}

/// In the place of a picture that is not there.
void draw_absent(Context& context, Rect room, const std::string& why) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.box(room, theme.bg1, theme.line2, radius::kCard);
    canvas.paragraph(
        {room.x + 16, room.y + room.h * 0.4F}, room.w - 32, why, FontStyle::kBody, theme.t2, 20);
    register_passive(
        context.ui,
        {.id = "convolve.photo.absent", .label = "No picture", .role = Role::kStatus, .value = why},
        room);
}

std::string why_absent(const Context& context) {
    const Photo& photo = context.state.photo;
    if (photo.source() == model::PhotoSource::data) {
        return "This picture appears as soon as the data set is loaded.";
    }
    switch (photo.camera) {
        case model::CameraState::refused:
            return "The browser gave no camera. Allow it beside the address, then press Camera "
                   "again.";
        case model::CameraState::stopped:
            return "The camera stopped when the page was hidden. Press Camera to go on.";
        case model::CameraState::off:
        case model::CameraState::asked:
        case model::CameraState::live:
            break;
    }
    return "Allow the camera, if the browser asks. Its picture never leaves this page.";
}

/// Where everything lies.
struct PhotoLayout {
    Rect input;
    Rect output;
    StageLayout kernel;  ///< of which only the kernel is used
    bool phone = false;
};

PhotoLayout lay_out(const Context& context, Rect area) {
    const model::Setup& setup = context.state.convolve.setup();
    PhotoLayout layout;
    layout.phone = context.page_width < breakpoint::kPhone;
    const float gap = layout.phone ? kPhoneGap : kGap;
    const float margin = layout.phone ? 0.0F : 24.0F;
    const auto columns = static_cast<float>(setup.width.kernel);
    const auto rows = static_cast<float>(setup.height.kernel);
    const float most = layout.phone ? 52.0F : std::min(190.0F, area.w * 0.18F);
    const float pitch = std::clamp(std::floor(most / std::max(columns, rows)), 3.0F, 46.0F);
    const float middle = columns * pitch + (layout.phone ? 16 : 28);
    Rect body{area.x + margin, area.y + kLabels, area.w - 2 * margin, area.h - kLabels - kLegend};
    const float side = std::min(body.h, (body.w - middle - 2 * gap) / 2);
    const float left = body.x + std::max(0.0F, (body.w - middle - 2 * gap - 2 * side) / 2);
    layout.input = {left, body.y, side, side};
    layout.output = {left + side + 2 * gap + middle, body.y, side, side};
    const float center = left + side + gap + middle / 2;
    layout.kernel.kernel_pitch = pitch;
    layout.kernel.phone = layout.phone;
    layout.kernel.kernel = {std::round(center - columns * pitch / 2),
                            std::round(body.y + side / 2 - rows * pitch / 2)};
    return layout;
}

void draw_lens(Context& context, const Pane& input, const Pane& output, const PhotoLayout& layout) {
    const Photo& photo = context.state.photo;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect window = window_on(input, photo, WindowView(context));
    Rect cell = cells_of(output,
                         static_cast<float>(photo.place().row),
                         static_cast<float>(photo.place().column),
                         1,
                         1);
    StageLayout beam = layout.kernel;
    beam.phone = false;
    draw_beam(context, beam, window, cell);
    canvas.outline(window.inset(-1), theme.bg0, 0, 1);
    canvas.outline(window, theme.kernel_fill, 0, 2);
    cell = cell.inset(std::min(0.0F, (cell.w - 6) / 2));
    canvas.outline(cell.inset(-1), theme.bg0, 0, 1);
    canvas.outline(cell, theme.output_fill, 0, 2);
}

void draw_scale(Context& context, Rect pane) {
    const Photo& photo = context.state.photo;
    const Rect legend{pane.x, pane.bottom() + 10, std::min(pane.w, 190.0F), 0};
    if (photo.shows_values() && photo.shown().channels == 1) {
        color_legend(
            context.ui, Scale::kDiverging, static_cast<double>(photo.greatest_output()), legend);
        return;
    }
    const std::string end = value_text(
        static_cast<double>(photo.shows_values() ? photo.greatest_output() : photo.white()));
    const std::string brief =
        photo.shows_values() ? "grey is 0, white ±" + end : "0 is black, " + end + " white";
    const std::string text = photo.shows_values() ? "middle grey is 0, white ±" + end
                                                  : brief + ", what is beyond is cut off";
    Canvas canvas = context.ui.canvas();
    const bool fits = canvas.width(text, FontStyle::kMicro) <= pane.w;
    canvas.clipped_text({pane.x, pane.bottom() + 14},
                        pane.w,
                        fits ? text : brief,
                        FontStyle::kMicro,
                        context.theme().t3);
}

}  // namespace

Context photo_detail(const Context& context) {
    const Photo& photo = context.state.photo;
    return {context.ui,
            context.state,
            context.commands,
            context.page_width,
            photo.rows().outputs > 0 ? &photo.detail() : nullptr,
            photo.place()};
}

void draw_photo_stage(Context& context, const PhotoPictures& pictures, Rect area) {
    const Photo& photo = context.state.photo;
    const model::PhotoPixels& shown = photo.shown();
    const PhotoLayout layout = lay_out(context, area);
    if (shown.bytes.empty()) {
        draw_absent(context, layout.input, why_absent(context));
        return;
    }
    const Pane input = fitted(layout.input, shown.rows, shown.columns);
    std::optional<CellPlace> wanted;
    const PaneSpec in{.id = "convolve.photo.input",
                      .label = "Picture, " + size_text(shown.rows, shown.columns),
                      .image = pictures.input(),
                      .quantity = Quantity::kInput,
                      .why = "Point anywhere: the window goes there, and its sum stands below."};
    const Pointed on_input = draw_pane(context, in, input);
    draw_label(context,
               input.rect,
               Quantity::kInput,
               "Input",
               layout.phone ? "" : size_text(shown.rows, shown.columns));
    if (photo.rows().outputs == 0) {
        draw_absent(context, layout.output, photo.problem());
        return;
    }
    if (on_input.pixel) {
        const WindowView view(context);
        wanted = CellPlace{output_over(photo.rows(), view.rows, on_input.pixel->row),
                           output_over(photo.columns(), view.columns, on_input.pixel->column)};
    }
    const Pane output = fitted(layout.output, photo.rows().outputs, photo.columns().outputs);
    const std::string size = size_text(photo.rows().outputs, photo.columns().outputs);
    const PaneSpec out{.id = "convolve.photo.output",
                       .label = "Output, " + size,
                       .image = pictures.output(),
                       .quantity = Quantity::kOutput,
                       .why = "Each pixel here is the sum of one window: point at one to see it."};
    const Pointed on_output = draw_pane(context, out, output);
    if (on_output.pixel) {
        wanted = on_output.pixel;
    }
    if (!wanted) {
        wanted = CellPlace{photo.place().row + on_input.by.row + on_output.by.row,
                           photo.place().column + on_input.by.column + on_output.by.column};
    }
    draw_label(context, output.rect, Quantity::kOutput, "Output", layout.phone ? "" : size);
    draw_scale(context, output.rect);
    Context detailed = photo_detail(context);
    draw_lens(detailed, input, output, layout);
    const StageCells cells(detailed, layout.kernel);
    const GridResult on_kernel =
        draw_kernel_card(detailed, layout.kernel, [&cells](int row, int column) {
            return cells.kernel(row, column);
        });
    paint_kernel(context, on_kernel, layout.kernel.kernel, layout.kernel.kernel_pitch);
    const bool within = wanted->row >= 0 && wanted->column >= 0 &&
                        wanted->row < photo.rows().outputs &&
                        wanted->column < photo.columns().outputs;
    if (within && !(*wanted == photo.place())) {
        context.commands.push(model::commands::point_photo(*wanted));
    }
}

}  // namespace convoscope::rooms::convolve
