#pragma once

#include <string>
#include <vector>

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// "+0.17"
[[nodiscard]] std::string signed_text(double value, int digits = 3);

/// A bar from the middle: to the right what adds, to the left what takes away.
void draw_bar(Context& context, widgets::Rect track, double value, double greatest);

/// What every patch of a sum gives, a row each, the greatest first where there are many; a click
/// opens one. `gradients`: their numbers are errors. Returns the height that they take.
float draw_patch_rows(Context& context,
                      const std::vector<model::Patch>& patches,
                      bool gradients,
                      widgets::Rect where);

/// The head of what is opened, with the way to let go of it, if it is pinned.
void draw_opened_head(Context& context, const char* name, widgets::Rect row);

/// A name and its number in one line.
struct Total {
    std::string name;
    double value = 0.0;
    widgets::Color color;
    bool large = false;
    int digits = 4;
};
inline constexpr float kTotal = 24;
void draw_total(Context& context, widgets::Rect row, const Total& total);

/// What a layer makes of a number, in a box.
struct StepBox {
    const std::string& layer;
    std::string formula;
    double after = 0.0;
    bool last = false;                                        ///< drawn as the result
    widgets::Quantity quantity = widgets::Quantity::kOutput;  ///< in whose colour
};
inline constexpr float kStepBox = 46;
void draw_step(Context& context, widgets::Rect row, const StepBox& step);

}  // namespace convoscope::rooms::inspect
