#include "web/rooms/convolve/stage_layout.h"

#include <algorithm>
#include <cmath>

#include "web/rooms/convolve/plane_strip.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kLeft = 42;
constexpr float kRight = 36;
constexpr float kStripMargin = 24;  ///< of the strips of planes, from the stage's edges
constexpr float kStripGap = 14;
constexpr float kLabels = 28;   ///< above the cells
constexpr float kIndices = 20;  ///< below them
constexpr float kLegend = 24;   ///< below those
constexpr float kMostInputPitch = 44;
constexpr float kMostKernelPitch = 52;
constexpr float kMostOutputPitch = 62;
constexpr float kGap = 2;
constexpr float kKernelPadding = 12;
constexpr float kBiasPill = 44;
constexpr float kPhoneKernelPadding = 8;

float extent(Index cells, float pitch) {
    return static_cast<float>(cells) * pitch;
}

StageLayout lay_out_wide(const Context& context, Rect area) {
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    const Index rows = arithmetic.rows.count();
    const Index columns = arithmetic.columns.count();
    const float height = area.h - kLabels - kIndices - kLegend;
    StageLayout layout;
    layout.legend_y = area.bottom() - kLegend;
    const float strip_top = area.y + kLabels;
    const float channels = strip_width(planes_in(context, Volume::input), height);
    const float filters = strip_width(planes_in(context, Volume::output), height);
    layout.input_strip = {area.x + kStripMargin, strip_top, channels - kStripGap, height};
    layout.output_strip = {
        area.right() - kStripMargin - filters + kStripGap, strip_top, filters - kStripGap, height};
    area.x += channels;
    area.w -= channels + filters;
    const float width = area.w - kLeft - kRight;
    layout.input_pitch = std::min(cell_pitch(height, rows, kMostInputPitch),
                                  cell_pitch(width * 0.41F, columns, kMostInputPitch));
    layout.output_pitch =
        std::min(cell_pitch(height, arithmetic.output.rows, kMostOutputPitch),
                 cell_pitch(width * 0.26F, arithmetic.output.columns, kMostOutputPitch));
    layout.kernel_pitch =
        std::min(cell_pitch(height - kBiasPill, setup.height.kernel, kMostKernelPitch),
                 cell_pitch(width * 0.17F, setup.width.kernel, kMostKernelPitch));
    const float middle = area.y + kLabels + height / 2;
    const auto top = [middle](Index cells, float pitch) {
        return std::round(middle - extent(cells, pitch) / 2);
    };
    layout.input = {area.x + kLeft, top(rows, layout.input_pitch)};
    layout.output = {area.right() - kRight - extent(arithmetic.output.columns, layout.output_pitch),
                     top(arithmetic.output.rows, layout.output_pitch)};
    const float between =
        (layout.input.x + extent(columns, layout.input_pitch) + layout.output.x) / 2;
    layout.kernel = {std::round(between - extent(setup.width.kernel, layout.kernel_pitch) / 2),
                     top(setup.height.kernel, layout.kernel_pitch)};
    return layout;
}

StageLayout lay_out_phone(const Context& context, Rect area) {
    constexpr float kSide = 108;  ///< of kernel and output, at the right
    constexpr float kBetween = 24;
    const model::Setup& setup = context.setup();
    const model::Arithmetic& arithmetic = context.arithmetic();
    StageLayout layout;
    layout.phone = true;
    const Index longest = std::max(arithmetic.rows.count(), arithmetic.columns.count());
    const float room = std::min(area.w - kSide - kBetween + kPhoneKernelPadding, area.h);
    layout.input_pitch = cell_pitch(room, longest, 34);
    layout.input = {area.x, area.y};
    const float right = area.right() - kSide;
    layout.kernel_pitch =
        cell_pitch(kSide - 6, std::max(setup.height.kernel, setup.width.kernel), 34);
    layout.kernel = {right, area.y + 12};
    const float below = layout.kernel.y + extent(setup.height.kernel, layout.kernel_pitch) + 20;
    const Index outputs = std::max(arithmetic.output.rows, arithmetic.output.columns);
    layout.output_pitch = cell_pitch(std::min(kSide, area.bottom() - below), outputs, 26);
    layout.output = {right, below};
    return layout;
}

}  // namespace

float whole_pitch(float fitting) {
    constexpr float kLeastWhole = 2;
    return fitting < kLeastWhole ? fitting : std::floor(fitting);
}

float cell_pitch(float room, Index cells, float most) {
    return std::min(whole_pitch(std::max(room, 1.0F) / static_cast<float>(cells)), most);
}

Rect StageLayout::kernel_card(const model::Setup& setup) const {
    const float around = phone ? kPhoneKernelPadding : kKernelPadding;
    return Rect{kernel.x,
                kernel.y,
                extent(setup.width.kernel, kernel_pitch) - kGap,
                extent(setup.height.kernel, kernel_pitch) - kGap}
        .inset(-around);
}

StageLayout lay_out_stage(const Context& context, Rect area) {
    return context.page_width < breakpoint::kPhone ? lay_out_phone(context, area)
                                                   : lay_out_wide(context, area);
}

}  // namespace convoscope::rooms::convolve
