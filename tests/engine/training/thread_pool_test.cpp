#include "engine/training/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

TEST_CASE("thread pool: every task runs exactly once, job after job") {
    for (const int threads : {1, 2, 4}) {
        ThreadPool pool(threads);
        for (Index count : {0, 1, 2, 7, 100}) {
            for (int repeat = 0; repeat < 50; ++repeat) {
                std::vector<std::atomic<int>> runs(static_cast<std::size_t>(count));
                std::atomic<bool> in_range = true;
                pool.run(count, [&](Index task, Index thread) {
                    ++runs[static_cast<std::size_t>(task)];
                    in_range = in_range && thread >= 0 && thread < pool.thread_count();
                });
                CHECK(in_range);
                CHECK(std::ranges::all_of(runs, [](const auto& ran) { return ran.load() == 1; }));
            }
        }
    }
}

TEST_CASE("thread pool: what tasks wrote is seen after run") {
    ThreadPool pool(3);
    std::vector<Index> squares(64);
    for (Index round = 0; round < 200; ++round) {
        pool.run(
            64, [&](Index task, Index) { squares[static_cast<std::size_t>(task)] = task * round; });
        Index sum = 0;
        for (const Index square : squares) {
            sum += square;
        }
        CHECK(sum == round * 2016);
    }
}
