#include "web/widgets/explain_line.h"

#include <algorithm>

namespace convoscope::widgets {

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
    canvas.push_clip({rect.x, rect.y, right - rect.x, rect.h});
    canvas.text({rect.x + 24, rect.center_y()}, shown);
    canvas.pop_clip();
    std::string words;
    for (const Run& run : shown) {
        words += run.text;
    }
    register_passive(
        ui, {.id = "explain", .label = "Explanation", .role = Role::kStatus, .value = words}, rect);
}

}  // namespace convoscope::widgets
