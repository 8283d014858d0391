#include "engine/training/parameter_update.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

constexpr Index kCount = 10000;  // more than one slice, the last one not full

/// Parameters and a gradient, both at random.
struct Case {
    ThreadPool pool;
    std::vector<float> parameters;
    ParameterUpdate update;

    explicit Case(int threads) : pool(threads), update(kCount) {
        Random random(5, "update");
        parameters = random_floats(random, kCount);
        const std::vector<float> gradient = random_floats(random, kCount);
        std::ranges::copy(gradient, update.gradient().begin());
    }
};

}  // namespace

TEST_CASE("parameter update: one bad number anywhere is found") {
    Case c(2);
    c.update.restart(OptimizerType::sgd);
    CHECK(c.update.inspect(c.pool, {}, c.parameters));
    for (const std::size_t place : {0UL, 4095UL, 4096UL, 9999UL}) {
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                                -std::numeric_limits<float>::infinity(),
                                2e12F}) {
            const float good = std::exchange(c.update.gradient()[place], bad);
            CHECK_FALSE(c.update.inspect(c.pool, {}, c.parameters));
            c.update.gradient()[place] = good;
        }
        const float good = std::exchange(c.parameters[place], 2e20F);
        CHECK_FALSE(c.update.inspect(c.pool, {}, c.parameters));
        c.parameters[place] = good;
    }
    // A finite gradient that will be clipped does no harm.
    c.update.gradient()[3] = 1e20F;
    CHECK(c.update.inspect(c.pool, {.norm = 1.0}, c.parameters));
}

TEST_CASE("parameter update: after clipping, norm and values are within their bounds") {
    Case c(3);
    c.update.clip(c.pool, {.value = 0.25});
    CHECK(std::ranges::max(c.update.gradient()) == 0.25F);
    CHECK(std::ranges::min(c.update.gradient()) == -0.25F);
    c.update.clip(c.pool, {.norm = 2.0});
    double squares = 0.0;
    for (const float value : c.update.gradient()) {
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    CHECK(std::sqrt(squares) == doctest::Approx(2.0));
    const std::vector<float> before(c.update.gradient().begin(), c.update.gradient().end());
    c.update.clip(c.pool, {.norm = 2.1});
    CHECK(std::ranges::equal(c.update.gradient(), before));
}

TEST_CASE("parameter update: any number of threads gives the same bits") {
    const auto run = [](int threads) {
        Case c(threads);
        c.update.restart(OptimizerType::adamw);
        for (int step = 0; step < 3; ++step) {
            c.update.clip(c.pool, {.value = 0.9, .norm = 3.0});
            c.update.apply(c.pool, default_optimizer(OptimizerType::adamw), c.parameters);
        }
        return c.parameters;
    };
    const std::vector<float> one = run(1);
    CHECK(run(2) == one);
    CHECK(run(4) == one);
}

TEST_CASE("parameter update: the parameters before the step are kept when that is wanted") {
    Case c(2);
    c.update.restart(OptimizerType::sgd);
    const std::vector<float> before = c.parameters;
    c.update.apply(c.pool, {.learning_rate = 0.1}, c.parameters);
    CHECK(c.update.parameters_before().empty());
    c.update.observe(true);
    CHECK(c.update.parameters_before().empty());
    const std::vector<float> second = c.parameters;
    c.update.apply(c.pool, {.learning_rate = 0.1}, c.parameters);
    CHECK(std::ranges::equal(c.update.parameters_before(), second));
    CHECK(c.parameters != second);
    c.update.observe(false);
    CHECK(c.update.parameters_before().empty());
}
