// How fast this processor does nothing but multiply-add on the registers that the kernels use: the
// ceiling above the benchmark's figures. No memory is touched in the loop.
// Prints one JSON line: {"threads", "vector_floats", "gigaflops"}, the median of the rounds.
// usage: roofline [THREADS]

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "bench/multiply_add.h"
#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace {

using convoscope::Index;
using convoscope::bench::multiply_add_only;
using Clock = std::chrono::steady_clock;

constexpr Index kSteps = 4'000'000;
constexpr int kRounds = 9;

double round_seconds(int thread_count, float a, float b, volatile float& sink) {
    std::vector<float> results(static_cast<std::size_t>(thread_count));
    std::vector<std::thread> threads;
    const auto begin = Clock::now();
    for (std::size_t i = 1; i < results.size(); ++i) {
        threads.emplace_back([&results, i, a, b] { results[i] = multiply_add_only(kSteps, a, b); });
    }
    results[0] = multiply_add_only(kSteps, a, b);
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::chrono::duration<double> elapsed = Clock::now() - begin;
    sink = results[0];
    return elapsed.count();
}

}  // namespace

int main(int argument_count, char** arguments) {
    const int thread_count = argument_count > 1 ? std::max(1, std::atoi(arguments[1])) : 1;
    // Volatile, so that the compiler cannot know the operands.
    volatile float a = 0.999F;
    volatile float b = 0.001F;
    volatile float sink = 0.0F;
    round_seconds(thread_count, a, b, sink);
    std::array<double, kRounds> seconds{};
    for (double& round : seconds) {
        round = round_seconds(thread_count, a, b, sink);
    }
    std::nth_element(seconds.begin(), seconds.begin() + kRounds / 2, seconds.end());
    const double operations =
        convoscope::bench::multiply_add_operations(kSteps) * static_cast<double>(thread_count);
    std::printf("{\"threads\": %d, \"vector_floats\": %d, \"gigaflops\": %.1f}\n",
                thread_count,
                static_cast<int>(convoscope::simd::kVectorSize),
                operations / seconds[kRounds / 2] * 1e-9);
    return 0;
}
