#include "web/rooms/turning.h"

#include <cmath>

#include <imgui.h>

#include "web/rooms/picture_gallery.h"
#include "web/widgets/arrow_keys.h"
#include "web/widgets/button.h"

namespace convoscope::rooms {

using namespace widgets;

namespace {

/// The press that is held, or has just ended.
bool was_pressed_in(Rect where) {
    const ImVec2 place = ImGui::GetIO().MouseClickedPos[ImGuiMouseButton_Left];
    return where.contains({place.x, place.y});
}

}  // namespace

models::Outlook steered(const Ui& ui, const Interaction& act, models::Outlook outlook, Rect reset) {
    constexpr double kDegreesAPixel = 0.4;
    constexpr double kDegreesAKey = 5;
    constexpr double kZoomAStep = 1.1;
    const ImGuiIO& io = ImGui::GetIO();
    if (act.held && !was_pressed_in(reset)) {
        outlook.yaw += static_cast<double>(io.MouseDelta.x) * kDegreesAPixel;
        outlook.pitch += static_cast<double>(io.MouseDelta.y) * kDegreesAPixel;
    }
    if (act.focused) {
        outlook.yaw += kDegreesAKey * arrow_pressed(ImGuiKey_LeftArrow, ImGuiKey_RightArrow);
        outlook.pitch += kDegreesAKey * arrow_pressed(ImGuiKey_UpArrow, ImGuiKey_DownArrow);
    }
    const bool larger =
        ImGui::IsKeyPressed(ImGuiKey_Equal) || ImGui::IsKeyPressed(ImGuiKey_KeypadAdd);
    const bool smaller =
        ImGui::IsKeyPressed(ImGuiKey_Minus) || ImGui::IsKeyPressed(ImGuiKey_KeypadSubtract);
    if (!io.WantTextInput) {
        outlook.zoom *= larger ? kZoomAStep : smaller ? 1 / kZoomAStep : 1.0;
    }
    if (act.hovered || act.held) {
        outlook.zoom *= std::pow(kZoomAStep, static_cast<double>(io.MouseWheel));
        outlook.zoom *= static_cast<double>(ui.pinch);
    }
    return outlook;
}

Turntable turned(std::span<const SpaceBounds> parts, Rect frame, const models::Outlook& outlook) {
    return {parts,
            frame,
            static_cast<float>(outlook.yaw),
            static_cast<float>(outlook.pitch),
            static_cast<float>(outlook.zoom)};
}

void draw_boxes(Ui& ui,
                render::BoxPainter& painter,
                std::span<const render::Box> boxes,
                const Turntable& table,
                Rect area) {
    const Space towards = table.towards();
    const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
    painter.draw(boxes,
                 {table.over(area).matrix(), {towards.x, towards.y, towards.z}},
                 static_cast<int>(std::ceil(area.w * ratio)),
                 static_cast<int>(std::ceil(area.h * ratio)),
                 ui.theme->bg0.packed());
    ui.canvas().image(image_of(painter.picture()), area);
}

void outline(Canvas& canvas, const std::array<Point, 4>& corners, Color color, float width) {
    for (std::size_t i = 0; i < corners.size(); ++i) {
        canvas.line(corners[i], corners[(i + 1) % corners.size()], color, width);
    }
}

bool was_dragged() {
    constexpr float kStill = 16;  // squared pixels
    return ImGui::GetIO().MouseDragMaxDistanceSqr[0] >= kStill;
}

bool reset_look(Ui& ui, const char* id, bool is_first, Rect where) {
    const bool clicked = icon_button(ui,
                                     {.id = id,
                                      .label = "Look from where it began",
                                      .icon = Icon::kReset,
                                      .outlined = true,
                                      .disabled = is_first},
                                     where);
    // A press in the very frame of the move goes to the picture, over which the pointer was before.
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool released = ImGui::IsMouseReleased(ImGuiMouseButton_Left) && was_pressed_in(where) &&
                          where.contains({mouse.x, mouse.y});
    return clicked || (released && !is_first);
}

std::string outlook_text(const models::Outlook& outlook) {
    return "turned by " + std::to_string(std::lround(outlook.yaw)) + "° and " +
           std::to_string(std::lround(outlook.pitch)) + "°, zoom " +
           std::to_string(std::lround(outlook.zoom * 100)) + " %";
}

}  // namespace convoscope::rooms
