#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace convoscope::models {

/// What a run's curves can be drawn over.
enum class RunAxis { step, epoch, time };

[[nodiscard]] const char* name_of(RunAxis axis);
/// False, and no change, when the name is unknown.
bool read_name(std::string_view name, RunAxis& axis);

/// How far through its training images a run was after each of its steps, and after how many
/// seconds of training: pauses do not count.
///
/// It keeps a mark at the end of each stretch of steps that the engine reports, and of long runs
/// only every second, fourth, … of these; between two marks a run goes evenly.
class RunClock {
  public:
    /// After a step, counted from 1; at 0 nothing has been done.
    struct Mark {
        std::int64_t step = 0;
        double epoch = 0.0;
        double seconds = 0.0;
    };
    static constexpr std::size_t kMostMarks = 512;  ///< more than a chart has columns of pixels

    /// Of a run that has made so many steps already, in a time that nobody knows.
    void begin_at(std::int64_t step, double epoch);
    /// So many steps more, which took so much.
    void add(std::int64_t steps, double epochs, double seconds);
    /// Forgets what came after a step.
    void cut(std::int64_t step);

    /// Where a step lies on an axis; it may be a fraction, and beyond the last one, where the run
    /// goes on as it has gone so far. NaN where the time is not known.
    [[nodiscard]] double place(RunAxis axis, double step) const;
    /// The other way round.
    [[nodiscard]] double step_at(RunAxis axis, double place) const;

    [[nodiscard]] std::int64_t last_step() const { return marks_.back().step; }
    [[nodiscard]] double seconds() const { return marks_.back().seconds; }
    /// Steps before the first of which a time is known.
    [[nodiscard]] std::int64_t untimed_steps() const { return marks_.front().step; }
    [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }
    /// Takes over marks that were kept. False, and no change, when they are none.
    bool restore(std::vector<Mark> marks);

  private:
    std::vector<Mark> marks_{Mark{}};
};

}  // namespace convoscope::models
