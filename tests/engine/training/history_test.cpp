#include "engine/training/history.h"

#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

HistoryEntry moment(Index step, std::size_t floats = 10) {
    HistoryEntry entry;
    entry.training.steps = step;
    entry.training.parameters.assign(floats, static_cast<float>(step));
    return entry;
}

std::vector<Index> steps_of(const History& history) {
    std::vector<Index> steps;
    for (const HistoryEntry& entry : history.entries()) {
        steps.push_back(entry.training.steps);
    }
    return steps;
}

}  // namespace

TEST_CASE("history: a moment is found by its id, with all that it holds") {
    History history(10, 10000);
    const Index id = history.add(moment(7));
    history.set_validation(id, 0.5, 0.9, {.best = 0.5, .best_epoch = 1});
    REQUIRE(history.find(id) != nullptr);
    CHECK(history.find(id)->training.parameters[0] == 7.0F);
    CHECK(history.find(id)->validation_accuracy == 0.9);
    CHECK(history.find(id)->early_stopping.best_epoch == 1);
    CHECK(history.find(id + 1) == nullptr);
}

TEST_CASE("history: a full one thins out and keeps the first and the last") {
    History history(5, 10000);
    for (Index step = 0; step < 40; ++step) {
        history.add(moment(step * 10));
        CHECK(history.entries().size() <= 5);
        CHECK(history.entries().front().training.steps == 0);
        CHECK(history.entries().back().training.steps == step * 10);
    }
    // No gap takes more than half of the whole.
    const std::vector<Index> steps = steps_of(history);
    for (std::size_t i = 1; i < steps.size(); ++i) {
        CHECK(steps[i] - steps[i - 1] <= 200);
    }
}

TEST_CASE("history: memory is bounded, and a moment larger than it is not kept") {
    History history(100, 1000);
    for (Index step = 0; step < 50; ++step) {
        CHECK(history.add(moment(step, 50)) > 0);
        CHECK(history.bytes() <= 1000);
    }
    CHECK(history.entries().size() == 5);
    CHECK(history.add(moment(60, 251)) == 0);
    CHECK(history.entries().size() == 5);
}

TEST_CASE("history: the same step on the same branch is kept once") {
    History history(10, 10000);
    history.add(moment(5));
    history.add(moment(5));
    CHECK(steps_of(history) == std::vector<Index>{5});
}

TEST_CASE("history: going back forgets what came after; branching off keeps it") {
    History history(10, 10000);
    const Index first = history.add(moment(0));
    const Index second = history.add(moment(10));
    history.add(moment(20));
    history.branch_from(first);
    CHECK(history.branch() == 1);
    history.add(moment(10));
    history.add(moment(30));
    CHECK(steps_of(history) == std::vector<Index>{0, 10, 20, 10, 30});
    history.rewind_to(second);
    CHECK(history.branch() == 0);
    CHECK(steps_of(history) == std::vector<Index>{0, 10, 10, 30});
    history.clear();
    CHECK(history.entries().empty());
    CHECK(history.bytes() == 0);
}
