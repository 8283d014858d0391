#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/chip.h"
#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct Toast {
    std::string text;
    Status status = Status::kOk;
    std::string action = {};  ///< a word to press, such as "Undo"
    std::string action_id = {};
    std::string about = {};  ///< takes the place of an earlier one about the same
    double shown_at_s = -1;
};

/// Messages at the lower right that leave by themselves.
class Toasts {
  public:
    void show(Toast toast);
    /// What was said about it holds no longer.
    void withdraw(std::string_view about);
    /// Draws above everything; returns the id of the action that was pressed, else empty.
    std::string draw(Ui& ui, Rect page);
    [[nodiscard]] bool any() const { return !toasts_.empty(); }

  private:
    std::vector<Toast> toasts_;
};

}  // namespace convoscope::widgets
