#include "bench/multiply_add.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "engine/kernels/multiply_add.h"

namespace convoscope::bench {

double multiply_add_gigaflops(int thread_count, Index steps) {
    // Volatile, so that the compiler cannot know the operands, nor leave the work out.
    volatile float factor = 0.999F;
    volatile float addend = 0.001F;
    std::vector<float> results(static_cast<std::size_t>(thread_count));
    std::atomic<int> missing{thread_count};
    // To start a thread takes longer than many a round; the clock waits for the last one.
    const auto work = [&](std::size_t i) {
        missing.fetch_sub(1);
        while (missing.load() > 0) {
            std::this_thread::yield();
        }
        results[i] = kernels::multiply_add_only(steps, factor, addend);
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < results.size(); ++i) {
        threads.emplace_back(work, i);
    }
    while (missing.load() > 1) {
        std::this_thread::yield();
    }
    const auto begin = std::chrono::steady_clock::now();
    work(0);
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    [[maybe_unused]] volatile float sink = results[0];
    return kernels::multiply_add_operations(steps) * thread_count / elapsed.count() * 1e-9;
}

}  // namespace convoscope::bench
