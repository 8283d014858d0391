#include "engine/training/early_stopping.h"

#include <doctest/doctest.h>

using namespace convoscope;

TEST_CASE("early stopping: it stops after as many epochs without a lower loss as it has patience") {
    const EarlyStoppingSettings settings{.patience = 2};
    EarlyStopping stopping;
    CHECK_FALSE(stopping.observe(settings, 1.0, 0.5, 1));
    CHECK_FALSE(stopping.observe(settings, 0.8, 0.4, 2));
    CHECK_FALSE(stopping.observe(settings, 0.8, 0.9, 3));
    CHECK(stopping.observe(settings, 0.9, 0.9, 4));
    CHECK(stopping.state().best == 0.8);
    CHECK(stopping.state().best_epoch == 2);
}

TEST_CASE("early stopping: a higher accuracy counts where accuracy is watched") {
    const EarlyStoppingSettings settings{.patience = 1, .metric = StoppingMetric::accuracy};
    EarlyStopping stopping;
    CHECK_FALSE(stopping.observe(settings, 1.0, 0.5, 1));
    CHECK_FALSE(stopping.observe(settings, 2.0, 0.6, 2));
    CHECK(stopping.observe(settings, 0.1, 0.6, 3));
}

TEST_CASE("early stopping: an improvement below the minimum is none") {
    const EarlyStoppingSettings settings{.patience = 1, .minimum_change = 0.1};
    EarlyStopping stopping;
    CHECK_FALSE(stopping.observe(settings, 1.0, 0.0, 1));
    CHECK(stopping.observe(settings, 0.95, 0.0, 2));
}

TEST_CASE(
    "early stopping: without patience it goes on, and from a saved state it goes on waiting") {
    EarlyStopping endless;
    for (Index epoch = 1; epoch < 50; ++epoch) {
        CHECK_FALSE(endless.observe({}, 1.0, 0.0, epoch));
    }
    EarlyStopping resumed;
    resumed.restore({.best = 0.5, .best_epoch = 3, .waited = 4});
    CHECK(resumed.observe({.patience = 5}, 0.6, 0.0, 8));
}
