#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace convoscope::models {

/// How long the last frames held the main thread.
class FrameStatistics {
  public:
    static constexpr std::size_t kWindow = 600;  ///< ten seconds at 60 frames a second

    void add(double milliseconds);

    /// The value that a share `fraction` of the window's frames does not exceed; 0 without frames.
    [[nodiscard]] double percentile(double fraction) const;
    [[nodiscard]] double greatest() const { return percentile(1.0); }
    [[nodiscard]] double last() const { return last_; }
    [[nodiscard]] std::uint64_t frames_drawn() const { return frames_drawn_; }

  private:
    std::array<float, kWindow> milliseconds_{};
    std::uint64_t frames_drawn_ = 0;
    double last_ = 0.0;
};

}  // namespace convoscope::models
