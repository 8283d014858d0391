// The roof above the engine's rates.

#include "engine/measurement/multiply_add_rate.h"

#include <chrono>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/kernels/multiply_add.h"

using namespace convoscope;

namespace {

double seconds_now() {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now().time_since_epoch();
    return time.count();
}

}  // namespace

TEST_CASE("multiply-add: every sum tends to b / (1 - a), in every lane") {
    const double sums = kernels::multiply_add_operations(1) / 2.0;
    CHECK(kernels::multiply_add_only(0, 0.5F, 1.0F) == 0.0F);
    CHECK(kernels::multiply_add_only(1, 0.5F, 1.0F) == doctest::Approx(sums));
    CHECK(kernels::multiply_add_only(2, 0.5F, 1.0F) == doctest::Approx(1.5 * sums));
    CHECK(kernels::multiply_add_only(100, 0.5F, 1.0F) == doctest::Approx(2.0 * sums));
}

TEST_CASE("multiply-add rate: is that of the clock, for one thread and for all") {
    ThreadPool pool(2);
    const MultiplyAddRate rate = measure_multiply_add_rate(pool, seconds_now);
    CHECK(rate.threads == pool.thread_count());
    CHECK(rate.one_thread > 0.05);  // GFLOP/s: slower than any machine with vector registers
    CHECK(rate.one_thread < 10000.0);
    CHECK(rate.all_threads > 0.3 * rate.one_thread);
    CHECK(rate.all_threads < 10.0 * rate.one_thread);
}

TEST_CASE("multiply-add rate: a clock that stands still gives zero, and comes to an end") {
    ThreadPool pool(1);
    int looks = 0;
    const MultiplyAddRate rate = measure_multiply_add_rate(pool, [&] { return 0.0 * ++looks; });
    CHECK(rate.one_thread == 0.0);
    CHECK(rate.all_threads == 0.0);
    CHECK(looks < 200);
}
