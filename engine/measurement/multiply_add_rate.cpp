#include "engine/measurement/multiply_add_rate.h"

#include <algorithm>

#include "engine/kernels/multiply_add.h"

namespace convoscope {
namespace {

constexpr double kTaskSeconds = 0.0005;
constexpr Index kFirstSteps = 1000;
constexpr Index kMostSteps = Index{1} << 24;
/// For each thread, so that one that wakes late leaves a small part of its share to the others.
constexpr Index kTasks = 8;
constexpr int kRounds = 5;

/// The rate of so many tasks of so many steps; 0 where the clock did not move.
double rate_of(ThreadPool& pool,
               const std::function<double()>& clock_seconds,
               Index tasks,
               Index steps) {
    // Volatile, so that the compiler cannot know the operands, nor leave the work out.
    volatile float factor = 0.999F;
    volatile float addend = 0.001F;
    const double begin = clock_seconds();
    pool.run(tasks, [&](Index, Index) {
        [[maybe_unused]] volatile float sink = kernels::multiply_add_only(steps, factor, addend);
    });
    const double seconds = clock_seconds() - begin;
    const double operations = kernels::multiply_add_operations(steps) * static_cast<double>(tasks);
    return seconds > 0.0 ? operations / seconds * 1e-9 : 0.0;
}

double one_thread_rate(const std::function<double()>& clock_seconds, Index tasks, Index steps) {
    ThreadPool alone(1);
    return rate_of(alone, clock_seconds, tasks, steps);
}

/// How many steps last for about `kTaskSeconds`; a compiler that is still at work warms up on them.
Index steps_of_a_task(const std::function<double()>& clock_seconds) {
    Index steps = kFirstSteps;
    while (steps < kMostSteps) {
        const double rate = one_thread_rate(clock_seconds, 1, steps);
        if (rate > 0.0 && kernels::multiply_add_operations(steps) > rate * 1e9 * kTaskSeconds) {
            break;
        }
        steps *= 2;
    }
    return steps;
}

}  // namespace

MultiplyAddRate measure_multiply_add_rate(ThreadPool& pool,
                                          const std::function<double()>& clock_seconds) {
    const Index steps = steps_of_a_task(clock_seconds);
    MultiplyAddRate rate{.threads = pool.thread_count()};
    for (int round = 0; round < kRounds; ++round) {
        rate.one_thread = std::max(rate.one_thread, one_thread_rate(clock_seconds, kTasks, steps));
        rate.all_threads =
            std::max(rate.all_threads, rate_of(pool, clock_seconds, kTasks * rate.threads, steps));
    }
    return rate;
}

}  // namespace convoscope
