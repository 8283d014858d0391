#include "web/rooms/convolve/matrix_entries.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <imgui.h>

#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Lens;
using model::LensMatrix;
using model::MatrixEntry;
using model::Target;

namespace {

constexpr float kLeastForNumbers = 20;
constexpr float kLeastForGaps = 7;
constexpr float kLeastForEmptyCells = 9;
constexpr float kLeastDrawn = 3;  ///< smaller cells share one of this size

/// Whether an entry takes part in what is pointed at.
class Told {
  public:
    explicit Told(const Context& context) : context_(context) {
        const Target& target = context.room().told_target();
        if (target.kind == Target::Kind::grid) {
            pixel_ = pixel_at(context.arithmetic(), target.place);
        }
    }

    [[nodiscard]] bool anything() const {
        return context_.room().told_target().kind != Target::Kind::none;
    }
    [[nodiscard]] bool has(const MatrixEntry& entry) const {
        const Target& target = context_.room().told_target();
        switch (target.kind) {
            case Target::Kind::none:
                return true;
            case Target::Kind::output:
                return entry.output == target.place;
            case Target::Kind::weight:
                return entry.weight == target.place && in_front(entry);
            case Target::Kind::grid:
                return pixel_ && entry.pixel == pixel_ && in_front(entry);
        }
        return false;
    }

  private:
    /// Of the channel in front; of Cᵀ all filters' parts are of it.
    [[nodiscard]] bool in_front(const MatrixEntry& entry) const {
        const model::Model& room = context_.room();
        return (room.backward() && room.lens() == Lens::matrix) || entry.part == room.channel();
    }

    const Context& context_;
    std::optional<model::CellPlace> pixel_;
};

Color fill_of_entry(const Context& context, const MatrixEntry& entry, double greatest) {
    const Theme& theme = context.theme();
    if (context.room().lens() == Lens::matrix) {
        return identity_of(context, entry.weight);
    }
    if (!entry.pixel) {
        return tint(theme.pad, 0.16F, theme.bg0);
    }
    return cell_fill(theme, theme.input, static_cast<float>(entry.value / greatest));
}

/// What is left free of numbers, as faint cells or one ground.
void draw_empty(Context& context, const LensMatrix& matrix, Rect rect, float cell) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.fill(rect.inset(-2), theme.bg1, 2);
    canvas.outline(rect.inset(-3), theme.line1, 3);
    if (cell < kLeastForEmptyCells) {
        return;
    }
    for (Index column = 1; column < matrix.columns; ++column) {
        canvas.vertical(
            rect.x + static_cast<float>(column) * cell - 1, rect.y, rect.bottom(), theme.bg0);
    }
    for (Index row = 1; row < matrix.rows; ++row) {
        canvas.horizontal(
            rect.x, rect.right(), rect.y + static_cast<float>(row) * cell - 1, theme.bg0);
    }
}

/// Many entries a pixel: the strongest of each small square is seen.
void draw_together(Context& context, const LensMatrix& matrix, Rect rect, float cell) {
    const Told told(context);
    Canvas canvas = context.ui.canvas();
    const auto across = static_cast<Index>(std::ceil(rect.w / kLeastDrawn));
    const auto down = static_cast<Index>(std::ceil(rect.h / kLeastDrawn));
    const double greatest = greatest_magnitude(matrix.entries, &MatrixEntry::value);
    std::vector<const MatrixEntry*> squares(at(across * down));
    const auto rank = [&told](const MatrixEntry& entry) {
        return std::pair(told.has(entry), std::abs(entry.value));
    };
    for (const MatrixEntry& entry : matrix.entries) {
        const auto x = static_cast<Index>(static_cast<float>(entry.column) * cell / kLeastDrawn);
        const auto y = static_cast<Index>(static_cast<float>(entry.row) * cell / kLeastDrawn);
        const MatrixEntry*& seen =
            squares[at(std::min(y, down - 1) * across + std::min(x, across - 1))];
        if (seen == nullptr || rank(*seen) < rank(entry)) {
            seen = &entry;
        }
    }
    for (Index i = 0; i < std::ssize(squares); ++i) {
        if (const MatrixEntry* entry = squares[at(i)]) {
            const Color color = fill_of_entry(context, *entry, greatest > 0 ? greatest : 1.0);
            canvas.fill({rect.x + static_cast<float>(i % across) * kLeastDrawn,
                         rect.y + static_cast<float>(i / across) * kLeastDrawn,
                         kLeastDrawn,
                         kLeastDrawn},
                        told.has(*entry) ? color : color.faded(0.22F));
        }
    }
}

}  // namespace

const MatrixEntry* entry_at(const LensMatrix& matrix, Index row, Index column) {
    const auto place = [](const MatrixEntry& entry) { return std::pair(entry.row, entry.column); };
    const auto found = std::ranges::lower_bound(matrix.entries, std::pair(row, column), {}, place);
    const bool there = found != matrix.entries.end() && place(*found) == std::pair(row, column);
    return there ? &*found : nullptr;
}

void draw_entries(Context& context, const LensMatrix& matrix, Rect rect, float cell) {
    draw_empty(context, matrix, rect, cell);
    if (cell < kLeastDrawn) {
        draw_together(context, matrix, rect, cell);
        return;
    }
    const Told told(context);
    Canvas canvas = context.ui.canvas();
    const double greatest = std::max(1e-9, greatest_magnitude(matrix.entries, &MatrixEntry::value));
    const float gap = cell >= kLeastForGaps ? 1 : 0;
    for (const MatrixEntry& entry : matrix.entries) {
        const Rect place{rect.x + static_cast<float>(entry.column) * cell,
                         rect.y + static_cast<float>(entry.row) * cell,
                         cell - gap,
                         cell - gap};
        if (!ImGui::IsRectVisible({place.x, place.y}, {place.right(), place.bottom()})) {
            continue;
        }
        const Color color = fill_of_entry(context, entry, greatest);
        const bool on = told.has(entry);
        canvas.fill(place, on ? color : color.faded(0.22F), gap > 0 ? 2.0F : 0.0F);
        if (cell >= kLeastForNumbers && context.room().view != model::CellView::heat) {
            const std::string text = value_text(entry.value, true);
            canvas.text(place.center(),
                        text,
                        fitting_style(context.ui, text, cell - 4, FontStyle::kM12),
                        on ? ink_on(color) : context.theme().t3,
                        Align::kCenter);
        }
    }
}

}  // namespace convoscope::rooms::convolve
