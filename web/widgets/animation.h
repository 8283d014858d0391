#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace convoscope::widgets {

/// Values on their way to a target, by name. A frame is needed while any of them moves.
class Animations {
  public:
    /// `reduced` makes every change immediate.
    void begin_frame(float elapsed_ms, bool reduced);

    /// The eased value now; starts a new way when `target` changed.
    [[nodiscard]] float toward(std::string_view name,
                               float target,
                               float duration_ms,
                               float (*easing)(float));
    [[nodiscard]] bool moving() const { return moving_; }

  private:
    struct Way {
        float from;
        float to;
        float elapsed_ms;
        bool used;
    };
    std::unordered_map<std::string, Way> ways_;
    float elapsed_ms_ = 0;
    bool reduced_ = false;
    bool moving_ = false;
};

}  // namespace convoscope::widgets
