#include "web/rooms/convolve/matrix_stage.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

#include "web/rooms/convolve/matrix_entries.h"
#include "web/rooms/convolve/matrix_layout.h"
#include "web/rooms/convolve/matrix_side.h"
#include "web/rooms/convolve/matrix_texts.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/cell_cursor.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::Lens;
using model::LensMatrix;
using model::Target;

namespace {

constexpr float kSide = 190;   ///< of window and kernel, at the left
constexpr float kLabels = 30;  ///< above everything

/// The number of the cell at the pointer's height, or side.
Index pointed(Rect rect, Index count, bool down) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float share = down ? (mouse.y - rect.y) / rect.h : (mouse.x - rect.x) / rect.w;
    return std::clamp<Index>(static_cast<Index>(share * static_cast<float>(count)), 0, count - 1);
}

/// What a row is: an output; backwards a pixel, or a weight.
Target target_of_row(const Context& context, Index row) {
    const model::Model& room = context.room();
    const model::Setup& setup = context.setup();
    if (!room.backward()) {
        const Index columns = context.arithmetic().output.columns;
        return {Target::Kind::output, {row / columns, row % columns}};
    }
    if (room.lens() == Lens::im2col) {
        const Index tap = row % (setup.height.kernel * setup.width.kernel);
        return {Target::Kind::weight, {tap / setup.width.kernel, tap % setup.width.kernel}};
    }
    const auto place =
        place_of_pixel(context.arithmetic(), {row / setup.width.input, row % setup.width.input});
    return place ? Target{Target::Kind::grid, *place} : Target{};
}

/// What a column is: a pixel, or of the windows a weight; backwards an output.
Target target_of_column(const Context& context, Index column) {
    const model::Model& room = context.room();
    const model::Setup& setup = context.setup();
    if (room.backward()) {
        const Index cells = context.arithmetic().output_cells();
        const Index columns = context.arithmetic().output.columns;
        return {Target::Kind::output, {column % cells / columns, column % cells % columns}};
    }
    if (room.lens() == Lens::im2col) {
        const Index tap = column % (setup.height.kernel * setup.width.kernel);
        return is_pooling(setup.operation)
                   ? Target{}
                   : Target{Target::Kind::weight,
                            {tap / setup.width.kernel, tap % setup.width.kernel}};
    }
    const Index pixel = column % setup.image.plane_cells();
    const auto place = place_of_pixel(context.arithmetic(),
                                      {pixel / setup.width.input, pixel % setup.width.input});
    return place ? Target{Target::Kind::grid, *place} : Target{};
}

/// The row that playback is at; -1: none, as the windows' rows are no steps on the way back.
Index current_row(const Context& context) {
    const model::Model& room = context.room();
    if (room.backward() && room.lens() == Lens::im2col) {
        return -1;
    }
    const Index columns =
        room.backward() ? context.setup().width.input : context.arithmetic().output.columns;
    return room.current().row * columns + room.current().column;
}

/// Whether a row's result has been computed.
bool is_computed(const Context& context, Index row) {
    const model::Model& room = context.room();
    if (current_row(context) < 0) {
        return true;
    }
    const Index columns =
        room.backward() ? context.setup().width.input : context.arithmetic().output.columns;
    return room.step_of({row / columns, row % columns}) <= room.playback.step;
}

Color color_of_row(const Context& context) {
    return context.room().backward() ? context.theme().grad : context.theme().output;
}

Color color_of_column(const Context& context) {
    const Theme& theme = context.theme();
    if (context.room().backward()) {
        return theme.grad;
    }
    return context.room().lens() == Lens::matrix ? theme.input : theme.kernel;
}

void draw_vector(Context& context,
                 Rect rect,
                 const std::vector<double>& values,
                 bool down,
                 Color ink,
                 Index marked) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const double greatest = end_of_scale(values);
    const auto count = static_cast<float>(values.size());
    const float pitch = (down ? rect.h : rect.w) / count;
    const Index every = std::max<Index>(1, static_cast<Index>(std::ceil(1.5F / pitch)));
    const float gap = pitch >= 6 ? 1 : 0;
    for (Index i = 0; i < std::ssize(values); i += every) {
        const float from = static_cast<float>(i) * pitch;
        const float size = std::max(pitch * static_cast<float>(every) - gap, 1.0F);
        const Rect cell = down ? Rect{rect.x, rect.y + from, rect.w, size}
                               : Rect{rect.x + from, rect.y, size, rect.h};
        if (down && !is_computed(context, i)) {
            canvas.fill(cell, tint(ink, 0.05F, theme.bg0));
            continue;
        }
        const auto share = static_cast<float>(values[at(i)] / greatest);
        const Color fill = i == marked ? ink : cell_fill(theme, ink, share);
        canvas.fill(cell, fill, gap > 0 ? 2.0F : 0.0F);
        const std::string text = value_text(values[at(i)], true);
        const bool room = pitch >= 14 && canvas.width(text, FontStyle::kM11) <= cell.w - 2;
        if (room && (down || pitch >= 18)) {
            canvas.text(cell.center(), text, FontStyle::kM11, ink_on(fill), Align::kCenter);
        }
    }
}

/// Rows and columns that the pointer or the step is on, as bands over the matrix.
void draw_bands(Context& context, const MatrixLayout& layout, Index row, Index column) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float cell = std::max(layout.cell, 2.0F);
    if (row >= 0) {
        const float y = layout.matrix.y + static_cast<float>(row) * layout.cell;
        canvas.outline({layout.matrix.x - 2, y - 1, layout.matrix.w + 4, cell + 1},
                       color_of_row(context),
                       2,
                       stroke::kSelect);
    }
    if (column >= 0) {
        const float x = layout.matrix.x + static_cast<float>(column) * layout.cell;
        canvas.outline({x - 1, layout.matrix.y - 2, cell + 1, layout.matrix.h + 4},
                       color_of_column(context),
                       2,
                       stroke::kSelect);
    }
    if (row >= 0 && column >= 0) {
        canvas.outline({layout.matrix.x + static_cast<float>(column) * layout.cell - 1,
                        layout.matrix.y + static_cast<float>(row) * layout.cell - 1,
                        cell + 1,
                        cell + 1},
                       theme.t1,
                       2,
                       stroke::kSelect);
    }
}

void point_at(Context& context, const Target& target, bool clicked) {
    if (!(target == context.room().hovered)) {
        context.commands.push(model::commands::point(target));
    }
    if (clicked && target.kind != Target::Kind::none) {
        context.commands.push(model::commands::pin(target));
    }
}

void draw_nothing(Context& context, Rect area, const std::string& sentence) {
    context.ui.canvas().paragraph({area.x + 8, area.center_y()},
                                  area.w - 16,
                                  sentence,
                                  FontStyle::kBody,
                                  context.theme().t2,
                                  20);
}

/// What the pointer is on, in the matrix's rows and columns; -1: none.
struct Pointed {
    Index row = -1;
    Index column = -1;
    Target target = {};
    bool clicked = false;
};

Pointed point_in_matrix(Context& context, const LensMatrix& matrix, const MatrixLayout& layout) {
    const Index row = pointed(layout.matrix, matrix.rows, true);
    const Index column = pointed(layout.matrix, matrix.columns, false);
    const Interaction inside = interact(context.ui,
                                        {.id = "convolve.matrix",
                                         .label = matrix_title(context),
                                         .role = Role::kText,
                                         .value = product_text(context)},
                                        layout.shown,
                                        plain(context, explain_entry(context, row, column)));
    const Interaction results =
        interact(context.ui,
                 {.id = "convolve.matrix.down", .label = "Results", .role = Role::kText},
                 {layout.down.x, layout.shown.y, layout.down.w, layout.shown.h});
    Interaction factors;
    if (!layout.across.empty()) {
        factors =
            interact(context.ui,
                     {.id = "convolve.matrix.across", .label = "Factors", .role = Role::kText},
                     {layout.shown.x, layout.across.y, layout.shown.w, layout.across.h});
    }
    if (inside.hovered) {
        return {row, column, target_of_row(context, row), inside.clicked};
    }
    if (inside.focused) {
        const CellCursor cursor =
            cell_cursor(static_cast<int>(matrix.rows), static_cast<int>(matrix.columns));
        const std::string entry = explain_entry(context, cursor.row, cursor.column);
        tell_cell(context.ui, "convolve.matrix", cursor, entry, layout.shown);
        context.ui.explanation = plain(context, entry);
        return {cursor.row, cursor.column, target_of_row(context, cursor.row), inside.clicked};
    }
    if (results.hovered) {
        const Index found = pointed(layout.down, matrix.rows, true);
        return {found, -1, target_of_row(context, found), results.clicked};
    }
    if (factors.hovered) {
        const Index found = pointed(layout.across, matrix.columns, false);
        return {-1, found, target_of_column(context, found), factors.clicked};
    }
    return {};
}

void draw_matrix(Context& context, const LensMatrix& matrix, const MatrixSide& side, Rect body) {
    const CellPlace error = context.room().error_place();
    const MatrixLayout layout =
        lay_out_matrix(matrix,
                       body,
                       std::max<Index>(0, current_row(context)),
                       error.row * context.arithmetic().output.columns + error.column);
    Pointed told = point_in_matrix(context, matrix, layout);
    if (side.input.row >= 0) {
        told.target = {Target::Kind::grid, {side.input.row, side.input.column}};
        told.clicked = side.input.interaction.clicked;
    } else if (side.kernel.row >= 0 && !is_pooling(context.setup().operation)) {
        told.target = {Target::Kind::weight, {side.kernel.row, side.kernel.column}};
        told.clicked = side.kernel.interaction.clicked;
    }
    Canvas canvas = context.ui.canvas();
    const auto clipped = [&canvas](Rect shown, const auto& draw) {
        canvas.push_clip(shown);
        draw();
        canvas.pop_clip();
    };
    constexpr float kFrame = 4;
    clipped(layout.shown.inset(-kFrame),
            [&] { draw_entries(context, matrix, layout.matrix, layout.cell); });
    const Index row = told.row >= 0 ? told.row : current_row(context);
    if (!matrix.across.empty()) {
        clipped({layout.shown.x, layout.across.y, layout.shown.w, layout.across.h}, [&] {
            draw_vector(context,
                        layout.across,
                        matrix.across,
                        false,
                        color_of_column(context),
                        told.column);
        });
    }
    clipped({layout.down.x, layout.shown.y, layout.down.w, layout.shown.h}, [&] {
        draw_vector(context, layout.down, matrix.down, true, color_of_row(context), row);
    });
    canvas.text({layout.shown.right() + 10, layout.shown.center_y()},
                "=",
                FontStyle::kM13,
                context.theme().t3,
                Align::kCenter);
    clipped(layout.shown.inset(-kFrame), [&] { draw_bands(context, layout, row, told.column); });
    draw_matrix_extent(context, layout, matrix);
    point_at(context, told.target, told.clicked);
}

/// The matrix's name, its size, and the product that is shown.
void draw_title(Context& context, Rect body, float y) {
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    const std::string name = matrix_title(context);
    const float left = canvas.text({body.x, y}, name, FontStyle::kStrong, theme.t1) + 10;
    const std::string facts = matrix_caption(context);
    const std::string product = product_text(context);
    const float right = canvas.width(product, FontStyle::kSmall);
    canvas.clipped_text({body.x + left, y}, body.w - left, facts, FontStyle::kSmall, theme.t3);
    if (left + canvas.width(facts, FontStyle::kSmall) + 24 + right < body.w) {
        canvas.text({body.right(), y}, product, FontStyle::kSmall, theme.t2, Align::kRight);
    }
    register_passive(
        context.ui,
        {.id = "convolve.matrix.size", .label = name, .role = Role::kText, .value = facts},
        {body.x, y - 8, body.w, 16});
}

}  // namespace

void draw_matrix_stage(Context& context, Rect area) {
    const LensMatrix& matrix = context.room().matrix();
    const bool phone = context.page_width < breakpoint::kPhone;
    Rect body = phone ? area : area.inset(24, 0);
    body.take_top(phone ? 20 : kLabels);
    body.h -= phone ? 0.0F : 10.0F;
    MatrixSide side;
    if (!phone) {
        side = draw_matrix_side(context, body.take_left(kSide, 40));
    }
    if (matrix.rows == 0 || matrix.columns == 0) {
        draw_nothing(context,
                     body,
                     "Pooling has no weights, so its windows have no gradient to show: choose the "
                     "window or the matrix.");
        return;
    }
    draw_title(context, body, body.y - (phone ? 12.0F : 18.0F));
    if (matrix.too_large) {
        draw_nothing(context,
                     body,
                     "This matrix has more than " + integer_text(LensMatrix::kMostEntries) +
                         " entries, too many to write out: take a smaller input, or fewer "
                         "channels.");
        return;
    }
    draw_matrix(context, matrix, side, body);
}

}  // namespace convoscope::rooms::convolve
