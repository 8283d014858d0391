#include "engine/training/loss_curve.h"

#include <numeric>

#include <doctest/doctest.h>

using namespace convoscope;

TEST_CASE("loss curve: short trainings are kept step by step") {
    LossCurve curve;
    for (int step = 0; step < 100; ++step) {
        curve.add(static_cast<double>(step), 0.5);
    }
    CHECK(curve.state().stretch == 1);
    REQUIRE(curve.state().losses.size() == 100);
    CHECK(curve.state().losses[42] == 42.0);
}

TEST_CASE("loss curve: long ones are means of equal stretches, and nothing grows") {
    LossCurve curve;
    const auto* where = curve.state().losses.data();
    constexpr Index kSteps = 10 * LossCurve::kMostStretches + 5;
    double sum = 0.0;
    for (Index step = 0; step < kSteps; ++step) {
        curve.add(static_cast<double>(step % 7), 0.25);
        sum += static_cast<double>(step % 7);
        CHECK(std::ssize(curve.state().losses) <= LossCurve::kMostStretches);
    }
    const LossCurve::State& state = curve.state();
    CHECK(state.losses.data() == where);
    CHECK(state.stretch == 16);
    CHECK(std::ssize(state.losses) * state.stretch + state.steps == kSteps);
    const double kept = std::accumulate(state.losses.begin(), state.losses.end(), 0.0) *
                            static_cast<double>(state.stretch) +
                        state.loss_sum;
    CHECK(kept == doctest::Approx(sum));
}

TEST_CASE("loss curve: restored, it goes on as one that never stopped") {
    LossCurve whole;
    LossCurve first;
    for (Index step = 0; step < 3000; ++step) {
        whole.add(1.0 / static_cast<double>(step + 1), 0.0);
        first.add(1.0 / static_cast<double>(step + 1), 0.0);
    }
    LossCurve second;
    REQUIRE(second.restore(first.state()));
    for (Index step = 0; step < 3000; ++step) {
        whole.add(2.0, 0.5);
        second.add(2.0, 0.5);
    }
    CHECK(whole.state().losses == second.state().losses);
    CHECK(whole.state().accuracies == second.state().accuracies);
    LossCurve::State wrong = first.state();
    wrong.accuracies.pop_back();
    CHECK_FALSE(second.restore(wrong));
}
