// How fast this processor does nothing but multiply-add on the registers that the kernels use: the
// ceiling above the benchmark's figures. No memory is touched in the loop.
// Prints one JSON line: {"threads", "vector_floats", "gigaflops"}, the median of the rounds.
// usage: roofline [THREADS]

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "bench/multiply_add.h"
#include "engine/kernels/simd.h"

namespace {

constexpr convoscope::Index kSteps = 15'000'000;
constexpr int kRounds = 9;

}  // namespace

int main(int argument_count, char** arguments) {
    using convoscope::bench::multiply_add_gigaflops;
    const int threads = argument_count > 1 ? std::max(1, std::atoi(arguments[1])) : 1;
    (void)multiply_add_gigaflops(threads, kSteps);  // warms up
    std::array<double, kRounds> rates{};
    for (double& rate : rates) {
        rate = multiply_add_gigaflops(threads, kSteps);
    }
    std::nth_element(rates.begin(), rates.begin() + kRounds / 2, rates.end());
    std::printf("{\"threads\": %d, \"vector_floats\": %d, \"gigaflops\": %.1f}\n",
                threads,
                static_cast<int>(convoscope::simd::kVectorSize),
                rates[kRounds / 2]);
    return 0;
}
