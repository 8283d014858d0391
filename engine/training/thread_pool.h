#pragma once

#include <memory>

#include "engine/core/index.h"

namespace convoscope {

/// Represents a few threads that wait for work: spinning for a moment, as the next job of a
/// training step is microseconds away, then asleep.
///
/// A job is a number of tasks, claimed one by one; the caller works too, and waits only for claimed
/// tasks, never for a thread to show up. So a browser that is slow to start a thread costs speed
/// and nothing else, and without thread support (a page that is not cross-origin isolated) the
/// caller simply does all tasks.
/// Which thread does which task is open: results must not depend on it.
class ThreadPool {
  public:
    /// `threads` counts the caller. Every thread calls `between_tasks` before a task, if there is
    /// one: whoever needs the processor for a moment can make it wait there. Expects: threads > 0.
    explicit ThreadPool(int threads, void (*between_tasks)() = nullptr);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Threads at work, the caller counted; 1 where there are none to be had.
    [[nodiscard]] int thread_count() const;

    /// Runs `task(0, thread) … task(count - 1, thread)`, each once, and returns when all are done.
    /// `thread` is below `thread_count()`, and at most one task of a thread runs at a time.
    template <class Function>
    void run(Index count, const Function& task) {
        run(count,
            Task{.function = &task, .call = [](const void* function, Index index, Index thread) {
                     (*static_cast<const Function*>(function))(index, thread);
                 }});
    }

  private:
    /// A reference to a function object: nothing is copied or allocated.
    struct Task {
        const void* function;
        void (*call)(const void* function, Index index, Index thread);
    };
    void run(Index count, Task task);

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace convoscope
