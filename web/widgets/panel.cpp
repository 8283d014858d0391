#include "web/widgets/panel.h"

#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

namespace convoscope::widgets {
namespace {

constexpr ImGuiWindowFlags kBare =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground;

bool begin_child(const char* id, Rect rect, bool scrolls) {
    const ImVec2 size{rect.w, rect.h};
    const ImGuiWindowFlags scrolling =
        scrolls ? ImGuiWindowFlags_None
                : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    // Flattened: Tab and the arrows go through all panels as one page.
#if IMGUI_VERSION_NUM >= 19090
    return ImGui::BeginChild(id, size, ImGuiChildFlags_NavFlattened, scrolling);
#else
    return ImGui::BeginChild(id, size, 0, scrolling | ImGuiWindowFlags_NavFlattened);
#endif
}

void draw_hairline(Canvas& canvas, Rect r, Side side) {
    const Color color = canvas.theme().line1;
    switch (side) {
        case Side::kNone:
            return;
        case Side::kLeft:
            canvas.vertical(r.x, r.y, r.bottom(), color);
            return;
        case Side::kRight:
            canvas.vertical(r.right() - 1, r.y, r.bottom(), color);
            return;
        case Side::kTop:
            canvas.horizontal(r.x, r.right(), r.y, color);
            return;
        case Side::kBottom:
            canvas.horizontal(r.x, r.right(), r.bottom() - 1, color);
            return;
    }
}

/// A finger that drags where nothing is pressed moves the page under it.
void scroll_by_finger() {
    const ImGuiIO& io = ImGui::GetIO();
    const bool dragging = io.MouseSource == ImGuiMouseSource_TouchScreen &&
                          ImGui::IsMouseDragging(ImGuiMouseButton_Left) && GImGui->ActiveId == 0;
    if (dragging && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) {
        ImGui::SetScrollY(ImGui::GetScrollY() - io.MouseDelta.y);
    }
}

}  // namespace

void begin_root(Ui& ui, Rect page) {
    ImGui::SetNextWindowPos({page.x, page.y});
    ImGui::SetNextWindowSize({page.w, page.h});
    ImGui::Begin("convoscope", nullptr, kBare | ImGuiWindowFlags_NoScrollWithMouse);
    ui.canvas().fill(page, ui.theme->bg0);
}

void end_root() {
    ImGui::End();
}

Rect begin_panel(Ui& ui, const PanelSpec& spec) {
    ImGui::SetCursorScreenPos({spec.rect.x, spec.rect.y});
    begin_child(spec.id, spec.rect, spec.scrolls);
    Canvas canvas = ui.canvas();
    if (spec.ground) {
        canvas.fill(spec.rect, *spec.ground);
    }
    draw_hairline(canvas, spec.rect, spec.hairline_towards);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    return {origin.x, origin.y, ImGui::GetContentRegionAvail().x, spec.rect.h};
}

void end_panel(float content_height) {
    if (content_height > 0) {
        const ImVec2 start = ImGui::GetCursorStartPos();  // which moves as the panel is scrolled
        ImGui::SetCursorPos(
            {start.x + ImGui::GetScrollX(), start.y + ImGui::GetScrollY() + content_height - 1});
        ImGui::Dummy({1, 1});
        scroll_by_finger();
    }
    ImGui::EndChild();
}

void card(Ui& ui, Rect rect) {
    card(ui, rect, ui.theme->bg1);
}

void card(Ui& ui, Rect rect, Color ground) {
    constexpr float kHighlight = 0.09F;
    Canvas canvas = ui.canvas();
    canvas.box(rect, ground, ui.theme->line1, radius::kCard);
    if (ui.theme->dark) {
        canvas.horizontal(rect.x + radius::kCard,
                          rect.right() - radius::kCard,
                          rect.y,
                          mix(ground, kWhite, kHighlight));
    }
}

void section_head(
    Ui& ui, float x, float y, float w, std::string_view name, std::string_view caption) {
    Canvas canvas = ui.canvas();
    canvas.text({x, y}, name, FontStyle::kSmallS, ui.theme->t1);
    canvas.text({x + w, y}, caption, FontStyle::kMicro, ui.theme->t3, Align::kRight);
}

}  // namespace convoscope::widgets
