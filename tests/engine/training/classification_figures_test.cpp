#include "engine/training/classification_figures.h"

#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

TEST_CASE("wilson_interval: the figures of Newcombe 1998, table I, method 3") {
    const Interval all = wilson_interval(81, 263);
    CHECK(all.low == doctest::Approx(0.2553).epsilon(2e-4));
    CHECK(all.high == doctest::Approx(0.3662).epsilon(2e-4));
    const Interval few = wilson_interval(15, 148);
    CHECK(few.low == doctest::Approx(0.0624).epsilon(8e-4));
    CHECK(few.high == doctest::Approx(0.1605).epsilon(4e-4));
    const Interval none = wilson_interval(0, 20);
    CHECK(none.low == 0.0);
    CHECK(none.high == doctest::Approx(0.1611).epsilon(4e-4));
    const Interval one = wilson_interval(1, 29);
    CHECK(one.low == doctest::Approx(0.0061).epsilon(8e-3));
    CHECK(one.high == doctest::Approx(0.1718).epsilon(4e-4));
}

TEST_CASE("wilson_interval: without a trial nothing is known; certainty ends at 1") {
    CHECK(wilson_interval(0, 0).low == 0.0);
    CHECK(wilson_interval(0, 0).high == 1.0);
    CHECK(wilson_interval(10, 10).high == doctest::Approx(1.0));
    CHECK(wilson_interval(10, 10).low > 0.7);
}

TEST_CASE("class_figures: precision, recall and F1 of each class") {
    // The example of scikit-learn's user guide: true 0 0 1 1 2 2, predicted 0 1 1 1 0 1.
    const std::vector<Index> confusion = {1, 1, 0, 0, 2, 0, 1, 1, 0};
    const std::vector<ClassFigures> figures = class_figures(confusion, 3);
    CHECK(figures[0].precision == doctest::Approx(0.5));
    CHECK(figures[0].recall == doctest::Approx(0.5));
    CHECK(figures[0].f1 == doctest::Approx(0.5));
    CHECK(figures[1].precision == doctest::Approx(0.5));
    CHECK(figures[1].recall == doctest::Approx(1.0));
    CHECK(figures[1].f1 == doctest::Approx(2.0 / 3.0));
    CHECK(figures[2].precision == 0.0);
    CHECK(figures[2].recall == 0.0);
    CHECK(figures[2].f1 == 0.0);
    CHECK(figures[1].count == 2);
    CHECK(figures[1].predicted == 4);
}
