#include <algorithm>

#include <imgui.h>

#include "web/widgets/ui.h"

namespace convoscope::widgets {
namespace {

constexpr float kMargin = 14;
constexpr float kLine = 17;
constexpr float kValue = 30;

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
int line_count(Canvas& canvas, float width, std::string_view text, FontStyle style) {
    if (text.empty()) {
        return 0;
    }
    canvas.push_clip({0, 0, 0, 0});
    const int lines = canvas.paragraph({0, 0}, width, text, style, kBlack, kLine);
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
    constexpr float kWidest = space::kTipWidth - 2 * kMargin;
    float value_width =
        tip.value.text.empty() ? 0 : canvas.width(tip.value.text, tip.value.style) + 10;
    // Beside a long value a sentence has no room: it stands below. A value that is itself a
    // sentence takes lines.
    const bool below = value_width > kWidest / 2;
    const bool told = value_width > kWidest;
    const FontStyle style = told ? FontStyle::kM12 : tip.value.style;
    value_width = std::min(value_width, kWidest);
    const float beside = below ? 0 : value_width;
    const float sentence_width = canvas.width(tip.sentence, FontStyle::kSmall) + beside;
    const float inner =
        std::max({canvas.width(tip.title), value_width, std::min(sentence_width, kWidest)});
    const auto height = [&](float width, std::string_view text, FontStyle face) {
        return static_cast<float>(line_count(canvas, width, text, face)) * kLine;
    };
    const float title_height = tip.title.empty() ? 0 : 22;
    const float value_height = told              ? height(inner, tip.value.text, style) + 6
                               : value_width > 0 ? kValue
                                                 : 0;
    const float sentence_height = height(inner - beside, tip.sentence, FontStyle::kSmall);
    const float body_height =
        below ? value_height + sentence_height : std::max(value_height, sentence_height);
    const Rect rect = placed(at, inner + 2 * kMargin, title_height + body_height + 16);
    canvas.popover(rect);
    const float x = rect.x + kMargin;
    float y = rect.y + 8;
    if (!tip.title.empty()) {
        canvas.text({x, y + 10}, tip.title);
        y += title_height;
    }
    if (told) {
        canvas.paragraph({x, y + kLine / 2}, inner, tip.value.text, style, tip.value.color, kLine);
    } else if (value_width > 0) {
        canvas.text({x, y + kValue / 2}, tip.value.text, style, tip.value.color);
    }
    if (!tip.sentence.empty()) {
        canvas.paragraph({x + beside, y + (below ? value_height : 0) + kLine / 2},
                         inner - beside,
                         tip.sentence,
                         FontStyle::kSmall,
                         ui.theme->t2,
                         kLine);
    }
}

}  // namespace convoscope::widgets
