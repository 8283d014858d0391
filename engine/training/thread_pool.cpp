#include "engine/training/thread_pool.h"

#include <algorithm>

#include "engine/core/check.h"

// WebAssembly without -pthread has no threads; everything else has.
#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
#define CONVOSCOPE_HAS_THREADS 1
#else
#define CONVOSCOPE_HAS_THREADS 0
#endif

#if CONVOSCOPE_HAS_THREADS

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace convoscope {
namespace {

// About 20 µs of looking before a thread goes to sleep: longer than the gap between two jobs of a
// step, shorter than what a sleeper's wake-up costs.
constexpr int kSpins = 2000;

}  // namespace

/// `ticket` holds the job's number in its upper half and the tasks left to claim in its lower half,
/// so that a thread that comes late cannot claim a task of a job it has not seen: its exchange
/// fails, and with it whatever it read of the next job.
struct ThreadPool::State {
    std::atomic<std::uint64_t> ticket{0};
    std::atomic<std::uint32_t> task_count{0};
    std::atomic<std::uint32_t> tasks_done{0};
    std::atomic<const Task*> task{nullptr};
    std::atomic<int> sleepers{0};
    std::atomic<bool> stopping{false};
    std::mutex mutex;
    std::condition_variable wake;
    void (*between_tasks)() = nullptr;
    std::vector<std::thread> threads;

    static std::uint32_t job_of(std::uint64_t ticket) {
        return static_cast<std::uint32_t>(ticket >> 32U);
    }

    void step_aside() const {
        if (between_tasks != nullptr) {
            between_tasks();
        }
    }

    /// Claims and runs tasks until none is left.
    void work(Index thread) {
        std::uint64_t seen = ticket.load();
        while (static_cast<std::uint32_t>(seen) > 0) {
            step_aside();
            const Task* current = task.load();
            const std::uint32_t index = task_count.load() - static_cast<std::uint32_t>(seen);
            if (ticket.compare_exchange_weak(seen, seen - 1)) {
                current->call(current->function, static_cast<Index>(index), thread);
                tasks_done.fetch_add(1);
                seen = ticket.load();
            }
        }
    }

    void thread_main(Index thread) {
        std::uint32_t last_job = 0;
        while (!stopping.load()) {
            bool found = false;
            for (int spin = 0; spin < kSpins && !found; ++spin) {
                found = job_of(ticket.load()) != last_job;
                if (spin % 64 == 63) {
                    std::this_thread::yield();
                }
            }
            if (!found) {
                std::unique_lock lock(mutex);
                sleepers.fetch_add(1);
                wake.wait(lock,
                          [&] { return stopping.load() || job_of(ticket.load()) != last_job; });
                sleepers.fetch_sub(1);
            }
            last_job = job_of(ticket.load());
            work(thread);
        }
    }
};

ThreadPool::ThreadPool(int threads, void (*between_tasks)()) : state_(std::make_unique<State>()) {
    CONVOSCOPE_CHECK(threads > 0);
    state_->between_tasks = between_tasks;
    for (int thread = 1; thread < threads; ++thread) {
        state_->threads.emplace_back([this, thread] { state_->thread_main(thread); });
    }
}

ThreadPool::~ThreadPool() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->stopping.store(true);
    }
    state_->wake.notify_all();
    for (std::thread& thread : state_->threads) {
        thread.join();
    }
}

int ThreadPool::thread_count() const {
    return static_cast<int>(state_->threads.size()) + 1;
}

void ThreadPool::run(Index count, Task task) {
    State& state = *state_;
    if (count <= 1 || state.threads.empty()) {
        for (Index index = 0; index < count; ++index) {
            state.step_aside();
            task.call(task.function, index, 0);
        }
        return;
    }
    // All tasks of the job before are claimed, so these mean nothing until the new ticket is out.
    state.task.store(&task);
    state.task_count.store(static_cast<std::uint32_t>(count));
    state.tasks_done.store(0);
    const std::uint64_t job = State::job_of(state.ticket.load()) + std::uint64_t{1};
    state.ticket.store((job << 32U) | static_cast<std::uint64_t>(count));
    if (state.sleepers.load() > 0) {
        {
            const std::scoped_lock lock(state.mutex);
        }
        state.wake.notify_all();
    }
    state.work(0);
    for (int spin = 0; state.tasks_done.load() < static_cast<std::uint32_t>(count); ++spin) {
        if (spin % 64 == 63) {
            std::this_thread::yield();
        }
    }
}

}  // namespace convoscope

#else

namespace convoscope {

struct ThreadPool::State {};

ThreadPool::ThreadPool(int threads, void (*)()) {
    CONVOSCOPE_CHECK(threads > 0);
}
ThreadPool::~ThreadPool() = default;
int ThreadPool::thread_count() const {
    return 1;
}

void ThreadPool::run(Index count, Task task) {
    for (Index index = 0; index < count; ++index) {
        task.call(task.function, index, 0);
    }
}

}  // namespace convoscope

#endif
