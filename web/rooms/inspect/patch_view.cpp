#include "web/rooms/inspect/patch_view.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <imgui.h>

#include "web/widgets/cell_cursor.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kGap = 1;
constexpr float kSide = 150;  ///< of a grid, at most
constexpr float kLargestCell = 44;
constexpr Index kMostWritten = 8;  ///< columns that stand below each other rather than unwritten
constexpr float kBetween = 32;     ///< of the two grids

/// Numbers in rows and columns at a place of the screen.
struct Grid {
    const std::vector<double>& values;
    const std::vector<bool>* outside = nullptr;  ///< those that no number is behind
    Index columns = 1;
    Point at;
    float pitch = 0;
    bool written = false;
    Index winner = -1;
    double unit = 1.0;  ///< in which the numbers are written
    std::function<Color(double)> colour;

    [[nodiscard]] Rect cell(Index i) const {
        const float gap = pitch >= 6 ? kGap : 0;
        return {at.x + static_cast<float>(i % columns) * pitch,
                at.y + static_cast<float>(i / columns) * pitch,
                pitch - gap,
                pitch - gap};
    }
    [[nodiscard]] Index under(Point mouse) const {
        for (Index i = 0; i < std::ssize(values); ++i) {
            const Rect place = cell(i);
            if (Rect{place.x, place.y, pitch, pitch}.contains(mouse)) {
                return i;
            }
        }
        return -1;
    }
};

void draw_grid(const Context& context, Canvas canvas, const Grid& grid) {
    const Theme& theme = context.theme();
    for (Index i = 0; i < std::ssize(grid.values); ++i) {
        const Rect cell = grid.cell(i);
        const Color fill = grid.colour(grid.values[at(i)]);
        canvas.fill(cell, fill, grid.written ? radius::kTick : 0);
        if (grid.outside != nullptr && (*grid.outside)[at(i)]) {
            canvas.hatch(cell, theme.pad.faded(0.5F));
        }
        if (grid.written) {
            canvas.text(cell.center(),
                        cell_text(grid.values[at(i)] / grid.unit),
                        FontStyle::kM11,
                        ink_on(fill),
                        Align::kCenter);
        }
        if (i == grid.winner) {
            canvas.outline(cell.inset(-1), theme.t1, radius::kTick, 2);
        }
    }
}

std::function<Color(double)> colour_by(const Context& context, float greatest, bool is_signed) {
    return [&theme = context.theme(), greatest, is_signed](double value) {
        const auto number = static_cast<float>(value);
        return is_signed ? diverging(theme, number, greatest) : sequential(theme, number, greatest);
    };
}

double unit_of(const std::vector<double>& values) {
    return std::pow(10.0, readable_power(greatest_magnitude(values)));
}

Grid grid_of(const model::Patch& patch,
             const std::vector<double>& values,
             bool is_input,
             Rect rect,
             std::function<Color(double)> colour) {
    return {.values = values,
            .outside = is_input ? &patch.outside : nullptr,
            .columns = patch.columns,
            .at = {rect.x, rect.y},
            .pitch = std::min(rect.w / static_cast<float>(patch.columns),
                              rect.h / static_cast<float>(patch.rows)),
            .unit = unit_of(values),
            .colour = std::move(colour)};
}

bool has_negative(const std::vector<double>& values) {
    return std::ranges::any_of(values, [](double value) { return value < 0.0; });
}

/// How wide a cell must be for its number.
float widest_number(const Canvas& canvas, const model::Patch& patch) {
    float widest = 0;
    for (const std::vector<double>* values : {&patch.inputs, &patch.weights}) {
        const double unit = unit_of(*values);
        for (const double value : *values) {
            widest = std::max(widest, canvas.width(cell_text(value / unit), FontStyle::kM11));
        }
    }
    return widest + 3;
}

/// What a cell says of itself.
void tell(Context& context, const Products& products, const Interaction& act, Index i) {
    const model::Patch& patch = products.patch;
    const bool weighted = !patch.weights.empty();
    const double input = patch.inputs[at(i)];
    std::string text = significant_text(input, 4);
    if (weighted) {
        text += " × " + significant_text(patch.weights[at(i)], 4);
    }
    tip_for(context.ui,
            act,
            {.title = {{"row " + std::to_string(i / patch.columns) + ", column " +
                            std::to_string(i % patch.columns),
                        FontStyle::kSmallS,
                        context.theme().t2}},
             .value = {weighted ? significant_text(input * patch.weights[at(i)], 4)
                                : significant_text(input, 4),
                       FontStyle::kM24,
                       context.theme().t1},
             .sentence = weighted ? text + ": " + products.input_name + " times " +
                                        products.weight_name + "."
                                  : "One " + products.input_name + " of the patch."});
    context.ui.explanation = {
        {text, FontStyle::kM12, context.theme().t1},
        {weighted ? "  " + products.input_name + " times " + products.weight_name
                  : "  " + products.input_name,
         FontStyle::kBody,
         context.theme().t2}};
}

/// Outlines the pair that is pointed at; with the arrows where there is no pointer.
void follow(Context& context,
            const Products& products,
            const Interaction& act,
            const Grid& inputs,
            const Grid* weights) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    Index i = -1;
    if (act.hovered) {
        i = inputs.under({mouse.x, mouse.y});
        i = i < 0 && weights != nullptr ? weights->under({mouse.x, mouse.y}) : i;
    } else if (act.focused) {
        const CellCursor cursor = cell_cursor(static_cast<int>(products.patch.rows),
                                              static_cast<int>(products.patch.columns));
        i = cursor.row * products.patch.columns + cursor.column;
    }
    if (i < 0 || i >= std::ssize(products.patch.inputs)) {
        return;
    }
    Canvas canvas = context.ui.canvas();
    canvas.outline(inputs.cell(i).inset(-1), context.theme().t1, radius::kTick, 2);
    if (weights != nullptr) {
        canvas.outline(weights->cell(i).inset(-1), context.theme().t1, radius::kTick, 2);
    }
    tell(context, products, act, i);
}

}  // namespace

std::optional<Rect> field_of(const model::Patch& patch) {
    const model::PatchWindow window = patch.window();
    if (window.height == 0 || window.width == 0) {
        return std::nullopt;
    }
    return Rect{static_cast<float>(window.left),
                static_cast<float>(window.top),
                static_cast<float>(window.width),
                static_cast<float>(window.height)};
}

std::string unit_text(const std::vector<double>& values) {
    const int power = readable_power(greatest_magnitude(values));
    return power == 0 ? "" : ", in " + power_text(power);
}

PatchColours colours_of(const Context& context,
                        const std::vector<model::Patch>& patches,
                        const model::Patch& patch,
                        bool gradients) {
    PatchColours colours{.signed_inputs = gradients, .signed_weights = !gradients};
    double inputs = 0.0;
    double weights = 0.0;
    for (const model::Patch& other : patches) {
        inputs = std::max(inputs, greatest_magnitude(other.inputs));
        weights = std::max(weights, greatest_magnitude(other.weights));
        colours.signed_inputs = colours.signed_inputs || has_negative(other.inputs);
        colours.signed_weights = colours.signed_weights || has_negative(other.weights);
    }
    const Index stage = context.stage_of_value(patch.value);
    const bool of_stage = !gradients && stage >= 0 && !context.pictures.stages().empty();
    colours.inputs = of_stage ? context.pictures.stages()[at(stage)].greatest_of_all
                              : static_cast<float>(inputs);
    colours.weights = static_cast<float>(weights);
    return colours;
}

void draw_patch_inputs(Context& context,
                       const model::Patch& patch,
                       const PatchColours& colours,
                       Rect rect) {
    draw_grid(context,
              context.ui.canvas(),
              grid_of(patch,
                      patch.inputs,
                      true,
                      rect,
                      colour_by(context, colours.inputs, colours.signed_inputs)));
}

void draw_patch_weights(Context& context,
                        const model::Patch& patch,
                        const PatchColours& colours,
                        Rect rect) {
    draw_grid(context,
              context.ui.canvas(),
              grid_of(patch,
                      patch.weights,
                      false,
                      rect,
                      colour_by(context, colours.weights, colours.signed_weights)));
}

float draw_products(Context& context, const Products& products, Rect where) {
    const model::Patch& patch = products.patch;
    const bool weighted = !patch.weights.empty();
    Canvas canvas = context.ui.canvas();
    const auto columns = static_cast<float>(patch.columns);
    const auto rows = static_cast<float>(patch.rows);
    const float needed = widest_number(canvas, patch);
    float side = weighted ? std::min(kSide, (where.w - kBetween) / 2) : std::min(kSide, where.w);
    const bool below =
        weighted && needed * columns > side && patch.columns <= kMostWritten && patch.columns > 1;
    if (below) {
        side = std::min(where.w, needed * columns);
    }
    const float pitch =
        std::min({side / columns, side / std::min(rows, 2 * columns), kLargestCell});
    Grid inputs =
        grid_of(patch,
                patch.inputs,
                true,
                {where.x, where.y, pitch * columns, pitch * rows},
                colour_by(context, products.colours.inputs, products.colours.signed_inputs));
    inputs.pitch = pitch;
    inputs.written = pitch >= needed;
    inputs.winner = products.winner;
    const Rect first{where.x, where.y, pitch * columns, pitch * rows};
    Rect whole = first;
    Grid weights =
        grid_of(patch,
                weighted ? patch.weights : patch.inputs,
                false,
                first,
                colour_by(context, products.colours.weights, products.colours.signed_weights));
    if (weighted) {
        weights.at = below ? Point{where.x, first.bottom() + space::k24}
                           : Point{where.right() - first.w, where.y};
        weights.pitch = pitch;
        weights.written = inputs.written;
        const Rect second{weights.at.x, weights.at.y, first.w, first.h};
        whole = first.united(second);
        const Point dot = below ? Point{first.center_x(), first.bottom() + space::k12}
                                : Point{(first.right() + second.x) / 2, first.center_y()};
        canvas.ring(dot, 8, context.theme().t3, stroke::kHair);
        canvas.disc(dot, 1.5F, context.theme().t2);
    }
    const Interaction act = interact(
        context.ui,
        {.id = products.id,
         .label = std::to_string(patch.inputs.size()) + " " + (weighted ? "products" : "numbers"),
         .role = Role::kGrid,
         .value = significant_text(patch.sum, 4)},
        whole);
    draw_grid(context, canvas, inputs);
    if (weighted) {
        draw_grid(context, canvas, weights);
    }
    if (act.focused) {
        canvas.focus_ring(whole, radius::kTile);
    }
    if (context.flight.on_its_way()) {
        const Rect on_its_way = context.flight.towards(first);
        inputs.at = {on_its_way.x, on_its_way.y};
        inputs.pitch = on_its_way.w / columns;
        inputs.written = false;
        draw_grid(context, context.ui.foreground_canvas(), inputs);
    }
    follow(context, products, act, inputs, weighted ? &weights : nullptr);
    return whole.h;
}

}  // namespace convoscope::rooms::inspect
