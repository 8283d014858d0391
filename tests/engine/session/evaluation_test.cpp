// Held-out images are read: when asked, and at an epoch's end.

#include <cstddef>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

TEST_CASE("session: evaluate answers with a confusion matrix that adds up") {
    Laboratory lab;
    CHECK(refused(lab.send({{"command", "evaluate"}, {"split", "test"}}), "configure"));
    lab.open();
    lab.configure();
    CHECK(refused(lab.send({{"command", "evaluate"}, {"split", "train"}}), "split"));
    lab.send({{"command", "evaluate"}, {"split", "test"}, {"id", 5}});
    const auto events = lab.run();
    const json evaluation = last(events, "evaluation");
    Index sum = 0;
    Index diagonal = 0;
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            const auto count = evaluation["confusion"][row][column].get<Index>();
            sum += count;
            diagonal += row == column ? count : 0;
        }
    }
    CHECK(sum == 30);
    CHECK(evaluation["accuracy"].get<double>() ==
          doctest::Approx(static_cast<double>(diagonal) / 30));
    CHECK(last(events, "done")["id"] == 5);
    CHECK(events.back().event["status"] == "paused");
}

TEST_CASE("session: a long evaluation says how far it is, and a pause leaves it out") {
    constexpr double kSlow = 0.3;
    Laboratory lab(2, kSlow);
    lab.open({400});
    lab.configure({{"validation_count", 200}});
    const auto evaluate = [&](int id) {
        lab.send({{"command", "evaluate"}, {"split", "validation"}, {"id", id}});
    };
    evaluate(5);
    const auto whole = lab.run();
    const json progress = last(whole, "evaluating");
    CHECK(progress["split"] == "validation");
    CHECK(progress["count"] == 200);
    CHECK(progress["done"].get<Index>() > 0);
    CHECK(progress["done"].get<Index>() < 200);
    CHECK(progress["seconds_to_go"].get<double>() > 0.0);
    CHECK(count_of(whole, "evaluation") == 1);

    evaluate(6);
    lab.run(1);
    const auto paused = lab.send({{"command", "pause"}});
    CHECK(last(paused, "done")["id"] == 6);
    CHECK(last(paused, "status")["status"] == "paused");
    CHECK(lab.run().empty());
}

TEST_CASE("session: a pause ends the training, and leaves its evaluation be") {
    Laboratory lab;
    lab.open();
    lab.configure();
    lab.send({{"command", "evaluate"}, {"split", "test"}});
    lab.send({{"command", "start"}});
    lab.send({{"command", "pause"}});
    CHECK(count_of(lab.run(), "evaluation") == 1);
}

TEST_CASE(
    "session: the test images are left alone until asked for, where each epoch's end is not to "
    "read them") {
    Laboratory lab;
    lab.open();
    lab.configure({{"epochs", 2}, {"validation_interval", 0}, {"test_each_epoch", false}});
    lab.send({{"command", "train_epoch"}});
    const auto first = lab.run();
    CHECK(count_of(first, "epoch") == 1);
    CHECK(count_of(first, "evaluation") == 1);
    CHECK(last(first, "evaluation")["split"] == "validation");

    lab.send({{"command", "evaluate"}, {"split", "test"}});
    CHECK(last(lab.run(), "evaluation")["split"] == "test");

    const auto changed = lab.send({{"command", "set"}, {"test_each_epoch", true}});
    CHECK(last(changed, "settings")["test_each_epoch"] == true);
    lab.send({{"command", "train_epoch"}});
    const auto second = lab.run();
    CHECK(count_of(second, "evaluation") == 2);
    CHECK(last(second, "evaluation")["split"] == "test");
    CHECK(refused(lab.send({{"command", "set"}, {"test_each_epoch", 1}}), "test_each_epoch"));
}
