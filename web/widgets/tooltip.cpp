#include <algorithm>

#include <imgui.h>

#include "web/widgets/ui.h"

namespace convoscope::widgets {
namespace {

constexpr float kMargin = 14;
constexpr float kLine = 17;

/// Below right of a point, or wherever the page has room.
Rect placed(ImVec2 at, float w, float h) {
    constexpr float kGap = 16;
    constexpr float kPageMargin = 8;
    const ImVec2 page = ImGui::GetIO().DisplaySize;
    float x = at.x + kGap;
    float y = at.y + kGap;
    if (x + w > page.x - kPageMargin) {
        x = at.x - kGap - w;
    }
    if (y + h > page.y - kPageMargin) {
        y = at.y - kGap - h;
    }
    return {std::max(kPageMargin, x), std::max(kPageMargin, y), w, h};
}

/// How many lines a paragraph takes, by drawing it where nobody sees it.
int line_count(Canvas& canvas, float width, std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    canvas.push_clip({0, 0, 0, 0});
    const int lines = canvas.paragraph({0, 0}, width, text, FontStyle::kSmall, kBlack, kLine);
    canvas.pop_clip();
    return lines;
}

}  // namespace

void tip_for(Ui& ui, const Interaction& interaction, const Tip& tip) {
    const bool waited =
        ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_AllowWhenDisabled);
    const bool pointed = interaction.hovered || interaction.focused;
    if (!pointed || interaction.held || !waited) {
        return;
    }
    const ImVec2 at = interaction.hovered ? ImGui::GetIO().MousePos : ImGui::GetItemRectMax();
    Canvas canvas = ui.foreground_canvas();
    const float value_width =
        tip.value.text.empty() ? 0 : canvas.width(tip.value.text, tip.value.style) + 10;
    const float least = std::max(canvas.width(tip.title), value_width);
    const float sentence_width = canvas.width(tip.sentence, FontStyle::kSmall) + value_width;
    const float inner = std::min(std::max(least, sentence_width), space::kTipWidth - 2 * kMargin);
    const int lines = line_count(canvas, inner - value_width, tip.sentence);
    const float title_height = tip.title.empty() ? 0 : 22;
    const float body_height =
        std::max(value_width > 0 ? 30.0F : 0.0F, static_cast<float>(lines) * kLine);
    const Rect rect =
        placed(at, std::max(inner, least) + 2 * kMargin, title_height + body_height + 16);
    canvas.popover(rect);
    float y = rect.y + 8;
    if (!tip.title.empty()) {
        canvas.text({rect.x + kMargin, y + 10}, tip.title);
        y += title_height;
    }
    if (value_width > 0) {
        canvas.text({rect.x + kMargin, y + 15}, tip.value.text, tip.value.style, tip.value.color);
    }
    if (!tip.sentence.empty()) {
        canvas.paragraph({rect.x + kMargin + value_width, y + kLine / 2},
                         inner - value_width,
                         tip.sentence,
                         FontStyle::kSmall,
                         ui.theme->t2,
                         kLine);
    }
}

}  // namespace convoscope::widgets
