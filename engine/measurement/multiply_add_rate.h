#pragma once

#include <functional>

#include "engine/training/thread_pool.h"

namespace convoscope {

/// How fast this machine does nothing but multiply-add on the registers that the kernels use, in
/// GFLOP/s (two operations a multiply-add): the roof above every rate of the engine.
/// A convolution by Winograd's filtering may pass it, counted as a direct one: it makes a quarter
/// of the multiplications.
struct MultiplyAddRate {
    int threads = 1;
    double one_thread = 0.0;
    double all_threads = 0.0;
};

/// Measures with the caller alone and with the whole pool, in turns, about 40 ms in all; the best
/// of the rounds counts, as whatever else the machine does only takes away.
[[nodiscard]] MultiplyAddRate measure_multiply_add_rate(
    ThreadPool& pool, const std::function<double()>& clock_seconds);

}  // namespace convoscope
