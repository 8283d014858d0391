#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace convoscope::models {

/// A moment of the engine's history, to which a run can go back.
struct Moment {
    std::int64_t id = 0;
    std::int64_t branch = 0;  ///< the engine gives another number after every going back
    std::int64_t step = 0;
};

/// Which of the engine's moments lie on the way of the present run: it may have gone back and on
/// several times, each time on another branch of the engine's.
class RunHistory {
  public:
    /// A run begins at step 0.
    void begin();
    /// What the engine holds.
    void take(std::int64_t branch, std::vector<Moment> moments);
    /// Training goes on from `step`, on the engine's present branch.
    void go_on_from(std::int64_t step);
    /// The engine has been told to go back to this moment and to forget what came after it.
    void rewind_to(const Moment& moment);

    /// Those on the way of the present run, by their steps.
    [[nodiscard]] std::vector<Moment> moments() const;
    /// On the way of the present run; none when there is no such moment.
    [[nodiscard]] std::optional<Moment> at_step(std::int64_t step) const;
    [[nodiscard]] std::optional<Moment> find(std::int64_t id) const;
    /// The first at or after this step; else the last of all.
    [[nodiscard]] std::optional<Moment> first_from(std::int64_t step) const;

  private:
    /// A stretch of the run: on a branch, up to a step.
    struct Stretch {
        std::int64_t branch = 0;
        std::int64_t last_step = std::numeric_limits<std::int64_t>::max();
    };

    std::int64_t branch_ = 0;
    std::vector<Moment> held_{};
    std::vector<Stretch> way_{Stretch{}};
};

}  // namespace convoscope::models
