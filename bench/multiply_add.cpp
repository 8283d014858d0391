#include "bench/multiply_add.h"

#include <chrono>
#include <thread>
#include <vector>

namespace convoscope::bench {

double multiply_add_gigaflops(int thread_count, Index steps) {
    // Volatile, so that the compiler cannot know the operands, nor leave the work out.
    volatile float factor = 0.999F;
    volatile float addend = 0.001F;
    volatile float sink = 0.0F;
    std::vector<float> results(static_cast<std::size_t>(thread_count));
    std::vector<std::thread> threads;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 1; i < results.size(); ++i) {
        threads.emplace_back([&results, i, steps, a = factor, b = addend] {
            results[i] = multiply_add_only(steps, a, b);
        });
    }
    results[0] = multiply_add_only(steps, factor, addend);
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    sink = results[0];
    return multiply_add_operations(steps) * thread_count / elapsed.count() * 1e-9;
}

}  // namespace convoscope::bench
