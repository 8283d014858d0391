#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace convoscope::models {

/// What to go back to, and forward: states, each as its link.
///
/// A drag on a slider changes the state at every frame and is one step; so are changes that follow
/// each other closely.
class History {
  public:
    static constexpr std::size_t kMostSteps = 200;
    static constexpr double kTogetherSeconds = 0.6;

    /// The state as it is now; `held` while a pointer is down.
    void observe(const std::string& link, double now_seconds, bool held);

    /// The state to return to, which is then the present one; nothing at the end.
    [[nodiscard]] std::optional<std::string> undo();
    [[nodiscard]] std::optional<std::string> redo();

    [[nodiscard]] bool can_undo() const { return !past_.empty(); }
    [[nodiscard]] bool can_redo() const { return !future_.empty(); }

  private:
    std::deque<std::string> past_;
    std::vector<std::string> future_;  ///< the next one last
    std::string present_;
    double changed_at_seconds_ = 0.0;
    bool step_is_open_ = false;  ///< further changes belong to the last step
};

}  // namespace convoscope::models
