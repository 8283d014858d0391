#include "web/widgets/explain_line.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace convoscope::widgets {
namespace {

constexpr float kLine = 17;

/// The runs cut at their spaces, each space with the word before it.
Runs words_of(const Runs& runs) {
    Runs words;
    for (const Run& run : runs) {
        for (std::size_t from = 0; from < run.text.size();) {
            const std::size_t space = run.text.find(' ', from);
            const std::size_t to = space == std::string::npos ? run.text.size() : space + 1;
            words.push_back(run);
            words.back().text = run.text.substr(from, to - from);
            from = to;
        }
    }
    return words;
}

/// In one line if it fits, else broken into as many as there is height for; the last is cut off.
void draw_sentence(Canvas& canvas, Rect rect, const Runs& sentence) {
    canvas.push_clip(rect);
    if (canvas.width(sentence) <= rect.w) {
        canvas.text({rect.x, rect.center_y()}, sentence);
        canvas.pop_clip();
        return;
    }
    std::vector<Runs> lines(1);
    const auto most = static_cast<std::size_t>(std::max(1.0F, std::floor(rect.h / kLine)));
    float width = 0;
    for (const Run& word : words_of(sentence)) {
        const float advance = canvas.width(word.text, word.style);
        if (width + advance > rect.w && width > 0 && lines.size() < most) {
            lines.emplace_back();
            width = 0;
        }
        lines.back().push_back(word);
        width += advance;
    }
    float y = rect.center_y() - kLine * static_cast<float>(lines.size() - 1) / 2;
    for (const Runs& line : lines) {
        canvas.text({rect.x, y}, line);
        y += kLine;
    }
    canvas.pop_clip();
}

}  // namespace

void explain_line(Ui& ui, Rect rect, const Runs& at_rest, std::span<const KeyHint> keys) {
    const Runs& hovered = ui.explanation.empty() ? ui.last_explanation : ui.explanation;
    const Runs& shown = hovered.empty() ? at_rest : hovered;
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.icon(Icon::kInfo, {rect.x + 8, rect.center_y()}, 16, theme.t3, 1.4F);
    float right = rect.right();
    for (std::size_t i = keys.size(); i-- > 0;) {
        const float act = canvas.width(keys[i].act, FontStyle::kSmall);
        const float key = std::max(20.0F, canvas.width(keys[i].key, FontStyle::kM11) + 10);
        right -= act;
        canvas.text({right, rect.center_y()}, keys[i].act, FontStyle::kSmall, theme.t3);
        right -= key + 6;
        canvas.key_cap({right, rect.center_y() - 10}, keys[i].key);
        right -= 14;
    }
    draw_sentence(canvas, {rect.x + 24, rect.y, right - rect.x - 24, rect.h}, shown);
    std::string words;
    for (const Run& run : shown) {
        words += run.text;
    }
    register_passive(
        ui, {.id = "explain", .label = "Explanation", .role = Role::kStatus, .value = words}, rect);
}

}  // namespace convoscope::widgets
