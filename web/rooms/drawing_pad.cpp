#include "web/rooms/drawing_pad.h"

#include <imgui.h>

#include "web/widgets/cell_cursor.h"

namespace convoscope::rooms {

using namespace widgets;

namespace {

std::optional<PenMark> lead_pen(Ui& ui, const Interaction& pad, Rect where) {
    constexpr int kPlaces = 29;
    const CellCursor cursor = cell_cursor(kPlaces, kPlaces);
    const auto along = [](int place) { return static_cast<float>(place) / (kPlaces - 1); };
    const Point pen{along(cursor.column), along(cursor.row)};
    const Point at{where.x + pen.x * where.w, where.y + pen.y * where.h};
    Canvas canvas = ui.canvas();
    canvas.disc(at, space::k8, ui.theme->bg0);
    canvas.disc(at, space::k8 - 2, ui.theme->input);
    if (!pad.held || !(pad.clicked || cursor.moved)) {
        return std::nullopt;
    }
    return PenMark{static_cast<double>(pen.x), static_cast<double>(pen.y), pad.clicked};
}

}  // namespace

std::optional<PenMark> pen_on(Ui& ui, const Interaction& pad, Rect where, bool takes_keys) {
    if (pad.focused) {
        ui.canvas().focus_ring(where, radius::kTile);
    }
    // A quick pointer's last place comes in the frame in which it is let go.
    const bool ends = pad.clicked && ImGui::IsMouseReleased(ImGuiMouseButton_Left);
    if (ends || (pad.held && ImGui::IsMouseDown(ImGuiMouseButton_Left))) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        return PenMark{static_cast<double>((mouse.x - where.x) / where.w),
                       static_cast<double>((mouse.y - where.y) / where.h),
                       ImGui::IsMouseClicked(ImGuiMouseButton_Left)};
    }
    return pad.focused && takes_keys ? lead_pen(ui, pad, where) : std::nullopt;
}

}  // namespace convoscope::rooms
