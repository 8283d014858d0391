#include "web/rooms/convolve/backward_formulas.h"

#include <string>

#include "web/widgets/formula_strip.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

FormulaBox sign(const Theme& theme, const char* text) {
    return {.text = text, .color = theme.t3, .sign = true};
}

FormulaBox variable(const std::string& name, Color color) {
    return {.text = name, .color = color, .italic = true};
}

FormulaBox derivative(const std::string& by, Color color) {
    return variable("dL/d" + by, color);
}

/// What each error is multiplied by: a letter, or words.
FormulaBox factor_box(const Theme& theme, const model::GradientFormula& formula) {
    const Color color = formula.factor == "x" ? theme.input : theme.kernel;
    return {.text = formula.factor, .color = color, .italic = formula.factor.size() == 1};
}

FormulaBox whole(const Theme& theme, const model::GradientFormula& formula, bool symbols) {
    const Color color = color_of(theme, formula.meaning);
    FormulaBox row{.kind = FormulaBox::Kind::kRow};
    row.parts.push_back(derivative(formula.variable, color));
    if (!formula.place.empty()) {
        row.parts.push_back({.text = " " + formula.place, .color = color});
    }
    row.parts.push_back(sign(theme, "="));
    if (symbols) {
        row.parts.push_back({.text = "sum of ", .color = theme.t2});
        row.parts.push_back(derivative("y", theme.grad));
        if (!formula.factor.empty()) {
            row.parts.push_back(sign(theme, "·"));
            row.parts.push_back(factor_box(theme, formula));
        }
        row.parts.push_back(sign(theme, "="));
    }
    row.parts.push_back({.text = formula.numbers, .color = theme.t2});
    row.parts.push_back(sign(theme, "="));
    row.parts.push_back({.text = formula.result, .color = theme.grad});
    return row;
}

}  // namespace

void draw_backward_formulas(Context& context, Rect rect) {
    const Theme& theme = context.theme();
    card(context.ui, rect, theme.bg1);
    Canvas canvas = context.ui.canvas();
    const float title = canvas.text(
        {rect.x + 16, rect.y + 20}, "Where does the error go?", FontStyle::kSmallS, theme.t1);
    constexpr float kHint = 28;
    canvas.clipped_text({rect.x + 16 + title + kHint, rect.y + 20},
                        rect.w - title - kHint - 32,
                        "L is the sum of all outputs, each times its error: by how much does it "
                        "grow when a number grows by 1?",
                        FontStyle::kMicro,
                        theme.t3);
    canvas.push_clip(rect);
    float y = rect.y + 52;
    int number = 0;
    for (const model::GradientFormula& formula : context.room().gradient_formulas()) {
        const FormulaBox full = whole(theme, formula, true);
        const bool fits = formula_width(context.ui, full, FormulaSize::kSmall) <= rect.w - 40;
        const std::string id = "convolve.gradient." + std::to_string(number++);
        formula_strip(context.ui,
                      id.c_str(),
                      "Gradient",
                      formula.line(),
                      fits ? full : whole(theme, formula, false),
                      FormulaSize::kSmall,
                      {rect.x + 20, y});
        y += 30;
    }
    canvas.pop_clip();
}

}  // namespace convoscope::rooms::convolve
