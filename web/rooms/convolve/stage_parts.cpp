#include "web/rooms/convolve/stage_parts.h"

#include <algorithm>

#include <imgui.h>

#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Target;

namespace {

/// Of which places each has its number: of every one, or of every second, fifth and so on, where
/// numbers would run together. `pitch` is from one place to the next.
Index index_step(float pitch, Index greatest) {
    constexpr float kDigit = 7;
    constexpr float kBetween = 7;
    const float needed = kBetween + kDigit * static_cast<float>(std::to_string(greatest).size());
    for (const Index step : {1, 2, 5, 10, 20, 50}) {
        if (static_cast<float>(step) * pitch >= needed) {
            return step;
        }
    }
    return 100;
}

Target target_of(Target::Kind kind, const GridResult& result) {
    return result.row < 0 ? Target{} : Target{kind, {result.row, result.column}};
}

}  // namespace

double end_of_scale(const std::vector<double>& values) {
    const double greatest = greatest_magnitude(values);
    return greatest > 0.0 ? greatest : 1.0;
}

std::string cell_value_text(const Ui& ui, double value, float pitch) {
    constexpr float kBetween = 3;
    constexpr float kLeastToRead = 2;  // of smaller ones there are too many to write them all
    if (pitch < kLeastToRead) {
        return {};
    }
    std::string text = value_text(value, pitch < kNarrowPitch);
    return ui.canvas().width(text, FontStyle::kM11) > pitch - kBetween ? cell_text(value, 1) : text;
}

FontStyle cell_style(const Ui& ui, const std::string& text, float pitch, FontStyle largest) {
    const float size = pitch >= kNarrowPitch + 14 ? 60 : pitch >= kNarrowPitch ? 40 : pitch;
    const FontStyle most = size >= 60   ? largest
                           : size >= 40 ? FontStyle::kM15
                           : size >= 29 ? FontStyle::kM13
                                        : FontStyle::kM12;
    return fitting_style(ui, text, pitch - 6, most);
}

std::string size_text(Index rows, Index columns) {
    return std::to_string(rows) + " × " + std::to_string(columns);
}

void draw_stage_label(Context& context,
                      Point at,
                      Quantity quantity,
                      const std::string& name,
                      const std::string& caption,
                      float right) {
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    canvas.glyph(quantity, {at.x + 5, at.y}, 10, ink_of(theme, quantity));
    const float width = canvas.text({at.x + 18, at.y}, name, FontStyle::kStrong, theme.t1);
    const float begin = at.x + 28 + width;
    canvas.clipped_text({begin, at.y}, right - begin, caption, FontStyle::kSmall, theme.t3);
}

std::set<Index> window_places(const model::WindowAxis& axis, Index output) {
    std::set<Index> places;
    for (Index tap = 0; tap < axis.taps; ++tap) {
        places.insert(axis.place(output, tap));
    }
    return places;
}

std::vector<GridIndex> pixel_indices(const model::WindowAxis& axis,
                                     const std::set<Index>& active,
                                     float pitch) {
    std::vector<GridIndex> indices;
    const auto pixels =
        std::ranges::count(axis.positions, model::PositionKind::pixel, &model::Position::kind);
    const Index apart = pixels > 1 ? axis.place_of_pixel(1) - axis.place_of_pixel(0) : 1;
    const Index step = index_step(pitch * static_cast<float>(apart), pixels - 1);
    for (Index i = 0; i < axis.count(); ++i) {
        const model::Position& position = axis.positions[at(i)];
        if (position.kind == model::PositionKind::pixel && position.source % step == 0) {
            indices.push_back({.place = static_cast<int>(i),
                               .text = std::to_string(position.source),
                               .active = active.contains(i)});
        }
    }
    return indices;
}

std::vector<GridIndex> output_indices(Index count, Index first, Index last, float pitch) {
    std::vector<GridIndex> indices;
    for (Index i = 0; i < count; i += index_step(pitch, count - 1)) {
        indices.push_back({.place = static_cast<int>(i),
                           .text = std::to_string(i),
                           .active = i >= first && i <= last});
    }
    return indices;
}

void take_pointer(Context& context,
                  const GridResult& input,
                  const GridResult& kernel,
                  const GridResult& output) {
    Target target = target_of(Target::Kind::grid, input);
    bool clicked = input.interaction.clicked;
    if (kernel.row >= 0 && !is_pooling(context.setup().operation)) {
        target = target_of(Target::Kind::weight, kernel);
        clicked = kernel.interaction.clicked;
    } else if (output.row >= 0) {
        target = target_of(Target::Kind::output, output);
        clicked = output.interaction.clicked;
    }
    if (!(target == context.room().hovered)) {
        context.commands.push(model::commands::point(target));
    }
    const bool inspects = context.room().tool == model::Tool::inspect;
    const bool moves_error = context.room().backward() && target.kind == Target::Kind::output &&
                             context.room().error_choice() == model::ErrorChoice::one;
    if (inspects && clicked && moves_error) {
        context.commands.push(model::commands::place_error(target.place));
    } else if (inspects && clicked && target.kind != Target::Kind::none) {
        context.commands.push(model::commands::pin(target));
    }
    if (context.room().pinned.kind != Target::Kind::none &&
        ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        context.commands.push(model::commands::pin({}));
    }
}

float label_distance(Index planes) {
    return planes > 1 ? 28.0F : 20.0F;
}

}  // namespace convoscope::rooms::convolve
