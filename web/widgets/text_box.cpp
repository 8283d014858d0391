#include "web/widgets/text_box.h"

#include <algorithm>

namespace convoscope::widgets {
namespace {

constexpr float kPadding = 10;
constexpr float kLine = 17;

}  // namespace

void text_box(Ui& ui, const TextBoxSpec& spec, Rect rect) {
    interact(
        ui, {.id = spec.id, .label = spec.label, .role = Role::kText, .value = spec.text}, rect);
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.box(rect, theme.bg0, theme.line2, radius::kControl);
    // A fixed pitch: as many signs a line as fit, wherever they may break.
    const float sign = canvas.width("0", FontStyle::kM11);
    const auto in_line =
        static_cast<std::size_t>(std::max(1.0F, (rect.w - 2 * kPadding) / std::max(1.0F, sign)));
    const auto lines = static_cast<std::size_t>(std::max(1.0F, (rect.h - kPadding) / kLine));
    std::string_view rest = spec.text;
    float y = rect.y + kPadding / 2 + kLine / 2;
    for (std::size_t i = 0; i < lines && !rest.empty(); ++i) {
        const bool cut = i + 1 == lines && rest.size() > in_line;
        const std::string line =
            std::string(rest.substr(0, cut ? in_line - 1 : in_line)) + (cut ? "…" : "");
        canvas.text({rect.x + kPadding, y}, line, FontStyle::kM11, theme.t2);
        rest.remove_prefix(std::min(rest.size(), in_line));
        y += kLine;
    }
}

}  // namespace convoscope::widgets
