#include "web/widgets/toast.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

namespace convoscope::widgets {
namespace {

constexpr float kEdge = 16;
constexpr float kGap = 10;
constexpr std::size_t kMost = 3;
constexpr float kBeforeText = 44;
constexpr float kAction = 12;  ///< between text and action
constexpr float kLine = 18;

Icon icon_of(Status status) {
    switch (status) {
        case Status::kNeutral:
            return Icon::kInfo;
        case Status::kOk:
            return Icon::kOk;
        case Status::kWarn:
            return Icon::kWarn;
        case Status::kError:
            return Icon::kError;
    }
    return Icon::kInfo;
}

/// 400, or more for a long sentence.
float wanted_width(const Ui& ui, const Toast& toast) {
    const float text = ui.fonts.width(FontStyle::kMed, toast.text);
    const float action = ui.fonts.width(FontStyle::kMed, toast.action);
    constexpr float kAround = kBeforeText + kEdge + 16;
    return std::max(space::kToastWidth, text + action + kAround);
}

/// What its action and its edges leave.
float text_width(const Ui& ui, const Toast& toast, float width) {
    const float action =
        toast.action.empty() ? 0 : ui.fonts.width(FontStyle::kMed, toast.action) + kAction;
    return width - kBeforeText - kEdge - action;
}

/// On a narrow page a long sentence takes several lines.
float height_of(const Ui& ui, const Toast& toast, float width) {
    const auto lines = ui.foreground_canvas()
                           .lines_of(toast.text, FontStyle::kMed, text_width(ui, toast, width))
                           .size();
    return space::kToastHeight + kLine * static_cast<float>(std::max<std::size_t>(lines, 1) - 1);
}

/// Returns true when its action was pressed.
bool draw_toast(Ui& ui, const std::string& id, const Toast& toast, Rect rect) {
    const Theme& theme = *ui.theme;
    register_passive(ui, {.id = id, .label = toast.text, .role = Role::kStatus}, rect);
    Canvas canvas = ui.canvas();
    canvas.list()->PushClipRectFullScreen();
    canvas.popover(rect);
    const Color color = color_of(theme, toast.status);
    canvas.fill({rect.x, rect.y + 8, 3, rect.h - 16}, color, stroke::kSelect);
    canvas.icon(icon_of(toast.status), {rect.x + 25, rect.center_y()}, 18, color);
    canvas.list()->PopClipRect();
    const float right = rect.right() - kEdge;
    bool pressed = false;
    if (!toast.action.empty()) {
        const float w = canvas.width(toast.action, FontStyle::kMed);
        const Rect link{right - w, rect.y + 8, w, rect.h - 16};
        const Interaction act = interact(
            ui, {.id = toast.action_id, .label = toast.action, .role = Role::kButton}, link);
        canvas.text({link.x, rect.center_y()}, toast.action, FontStyle::kMed, theme.t1);
        canvas.horizontal(
            link.x, link.right(), rect.center_y() + 10, act.hovered ? theme.t1 : theme.t2);
        if (act.focused) {
            canvas.focus_ring(link, radius::kTile);
        }
        pressed = act.clicked;
    }
    canvas.paragraph({rect.x + kBeforeText, rect.y + space::kToastHeight / 2},
                     text_width(ui, toast, rect.w),
                     toast.text,
                     FontStyle::kMed,
                     theme.t1,
                     kLine);
    return pressed;
}

}  // namespace

void Toasts::show(Toast toast) {
    if (!toast.about.empty()) {
        withdraw(toast.about);
    }
    toasts_.push_back(std::move(toast));
    if (toasts_.size() > kMost) {
        toasts_.erase(toasts_.begin());
    }
}

void Toasts::withdraw(std::string_view about) {
    std::erase_if(toasts_, [&](const Toast& toast) { return toast.about == about; });
}

std::string Toasts::draw(Ui& ui, Rect page) {
    std::string pressed;
    float y = page.bottom() - kEdge;
    for (std::size_t i = toasts_.size(); i-- > 0;) {
        Toast& toast = toasts_[i];
        if (toast.shown_at_s < 0) {
            toast.shown_at_s = ui.time_s;
        }
        const auto age_ms = static_cast<float>((ui.time_s - toast.shown_at_s) * 1000);
        const float in = ui.reduced_motion ? 1 : std::min(1.0F, age_ms / motion::kToastIn);
        const float width = std::min(page.w - 2 * kEdge, wanted_width(ui, toast));
        const float height = height_of(ui, toast, width);
        y -= height;
        const Rect rect{
            page.right() - kEdge - width, y + (1 - motion::enter(in)) * space::k16, width, height};
        const std::string name = "toast" + std::to_string(i);
        const std::size_t newer = toasts_.size() - 1 - i;
        const std::string id = newer == 0 ? "toast" : "toast." + std::to_string(newer);
        ImGui::SetNextWindowPos({rect.x, rect.y});
        ImGui::SetNextWindowSize({rect.w, rect.h});
        ImGui::Begin(name.c_str(),
                     nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                         ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                         ImGuiWindowFlags_NoFocusOnAppearing);
        if (draw_toast(ui, id, toast, rect)) {
            pressed = toast.action_id;
            toast.shown_at_s = ui.time_s - static_cast<double>(motion::kToastStay);
        }
        ImGui::End();
        y -= kGap;
    }
    std::erase_if(toasts_, [&](const Toast& toast) {
        return (ui.time_s - toast.shown_at_s) * 1000 >
               static_cast<double>(motion::kToastIn + motion::kToastStay);
    });
    return pressed;
}

}  // namespace convoscope::widgets
