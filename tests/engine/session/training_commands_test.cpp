// How training is steered: schedules, losses, initialisers, early stopping, statistics, the
// watchdog.

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

namespace {

std::vector<double> all_rates(const std::vector<Received>& events) {
    std::vector<double> rates;
    for (const Received& received : events) {
        if (received.event["event"] == "metrics") {
            for (const json& rate : received.event["learning_rates"]) {
                rates.push_back(rate.get<double>());
            }
        }
    }
    return rates;
}

/// The entry of a layer in an event `statistics`.
json layer_of(const json& statistics, const std::string& name) {
    for (const json& layer : statistics["layers"]) {
        if (layer["name"] == name) {
            return layer;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("session: the learning rate follows its schedule, and the base rate may change") {
    Laboratory lab;
    lab.open();
    lab.configure({{"optimizer", {{"type", "sgd"}, {"learning_rate", 0.08}}},
                   {"schedule", {{"type", "step"}, {"step_size", 1}, {"gamma", 0.5}}},
                   {"epochs", 3}});
    lab.send({{"command", "step"}, {"count", 8}});
    const std::vector<double> rates = all_rates(lab.run());
    REQUIRE(rates.size() == 8);
    CHECK(rates[0] == 0.08);
    CHECK(rates[5] == 0.08);
    CHECK(rates[6] == 0.04);
    lab.send({{"command", "set"}, {"learning_rate", 0.4}});
    lab.send({{"command", "step"}});
    CHECK(all_rates(lab.run()) == std::vector<double>{0.2});
}

TEST_CASE("session: a schedule that goes by the length of the training wants an end") {
    Laboratory lab;
    lab.open();
    lab.configure({{"schedule", {{"type", "cosine"}}}});
    CHECK(refused(lab.send({{"command", "start"}}), "total_steps"));
    lab.send({{"command", "set"}, {"total_steps", 4}});
    lab.send({{"command", "step"}, {"count", 5}});
    const std::vector<double> rates = all_rates(lab.run());
    CHECK(rates.front() == 0.01);
    CHECK(rates.back() == doctest::Approx(0.0));
    CHECK(refused(lab.configure({{"schedule", {{"type", "zigzag"}}}}), "schedule: type"));
    CHECK(refused(lab.configure({{"schedule", {{"tempo", 1}}}}), "tempo"));
}

TEST_CASE("session: squared errors and smoothed labels train as well") {
    for (const json& how : {json{{"loss", "mse"}}, json{{"label_smoothing", 0.2}}}) {
        INFO(how.dump());
        Laboratory lab;
        lab.open();
        json configuration = how;
        configuration["validation_interval"] = 0;
        lab.configure(configuration);
        lab.send({{"command", "step"}, {"count", 60}});
        const auto events = lab.run();
        const std::vector<double> losses = all_losses(events);
        CHECK(losses.back() < 0.7 * losses.front());
        CHECK(last(events, "evaluation")["accuracy"].get<double>() > 0.9);
    }
    Laboratory lab;
    CHECK(refused(lab.configure({{"loss", "hinge"}}), "hinge"));
    CHECK(refused(lab.configure({{"label_smoothing", 1.5}}), "label_smoothing"));
}

TEST_CASE("session: with all weights zero only the last layer's bias ever moves") {
    Laboratory lab;
    lab.open();
    lab.configure({{"initializer", {{"type", "zero"}}}, {"validation_interval", 0}});
    lab.send({{"command", "step"}, {"count", 5}});
    lab.run();
    const auto captured = lab.send(
        {{"command", "capture"}, {"parameters", {"conv.weight", "hidden.weight", "fc.weight"}}});
    CHECK(std::ranges::all_of(captured.front().payload,
                              [](std::byte byte) { return byte == std::byte{0}; }));
    CHECK(refused(lab.configure({{"initializer", {{"type", "magic"}}}}), "initializer: type"));
}

TEST_CASE("session: early stopping ends the training and says when it was best") {
    Laboratory lab;
    lab.open();
    // A learning rate of 0 never improves anything.
    lab.configure({{"optimizer", {{"type", "sgd"}, {"learning_rate", 0}}},
                   {"epochs", 50},
                   {"early_stopping", {{"patience", 2}}}});
    lab.send({{"command", "start"}});
    const auto events = lab.run();
    CHECK(count_of(events, "epoch") == 3);
    const json status = last(events, "status");
    CHECK(status["status"] == "paused");
    CHECK(status["reason"].get<std::string>().find("best after epoch 1") != std::string::npos);
    // The epoch that was the last is evaluated as the others.
    CHECK(last(events, "evaluation")["split"] == "test");
    CHECK(last(events, "evaluation")["epoch"] == 3);
}

TEST_CASE("session: a target accuracy ends the training at the evaluation that reaches it") {
    Laboratory lab;
    lab.open();
    lab.configure({{"epochs", 50},
                   {"validation_interval", 2},
                   {"early_stopping", {{"target_accuracy", 0.9}}}});
    lab.send({{"command", "start"}});
    const auto events = lab.run();
    const json evaluation = last(events, "evaluation");
    CHECK(evaluation["accuracy"].get<double>() >= 0.9);
    const json status = last(events, "status");
    CHECK(status["status"] == "paused");
    CHECK(status["step"] == evaluation["step"]);
    CHECK(status["reason"].get<std::string>().find("the goal was 90.00 %") != std::string::npos);
    CHECK(
        refused(lab.configure({{"early_stopping", {{"target_accuracy", 2}}}}), "target_accuracy"));
}

TEST_CASE("session: an evaluation has figures of each class and a confidence interval") {
    Laboratory lab;
    lab.open();
    lab.configure();
    lab.send({{"command", "evaluate"}, {"split", "test"}});
    const json evaluation = last(lab.run(), "evaluation");
    const auto accuracy = evaluation["accuracy"].get<double>();
    CHECK(evaluation["accuracy_interval"][0].get<double>() <= accuracy);
    CHECK(evaluation["accuracy_interval"][1].get<double>() >= accuracy);
    REQUIRE(evaluation["classes"].size() == 3);
    Index count = 0;
    double correct = 0.0;
    for (const json& figures : evaluation["classes"]) {
        count += figures["count"].get<Index>();
        correct += figures["recall"].get<double>() * figures["count"].get<double>();
    }
    CHECK(count == 30);
    CHECK(correct / 30.0 == doctest::Approx(accuracy));
}

TEST_CASE("session: statistics of every layer come now and while training, until unwished") {
    Laboratory lab;
    lab.open();
    lab.configure({{"validation_interval", 0}});
    const auto begun = lab.send({{"command", "statistics"},
                                 {"histogram_bins", 8},
                                 {"images", 8},
                                 {"minimum_interval_seconds", 0}});
    const json first = last(begun, "statistics");
    REQUIRE(first["layers"].size() == 7);
    const json conv = layer_of(first, "conv");
    CHECK(conv["parameter_norm"].get<double>() > 0.0);
    CHECK(conv["gradient_norm"].is_null());
    CHECK(conv["update_ratio"].is_null());
    CHECK(layer_of(first, "relu")["dead_share"].is_number());
    CHECK(layer_of(first, "pool")["parameter_norm"].is_null());
    Index outputs = 0;
    for (const json& bin : conv["outputs"]["counts"]) {
        outputs += bin.get<Index>();
    }
    CHECK(outputs == 8 * 4 * 36);
    lab.send({{"command", "step"}, {"count", 3}});
    const auto events = lab.run();
    CHECK(count_of(events, "statistics") == 3);
    const json trained = layer_of(last(events, "statistics"), "fc");
    CHECK(trained["gradient_norm"].get<double>() > 0.0);
    CHECK(trained["update_ratio"].get<double>() > 0.0);
    CHECK(trained["update_ratio"].get<double>() < 0.5);
    lab.send({{"command", "statistics"}, {"wanted", false}});
    lab.send({{"command", "step"}, {"count", 3}});
    CHECK(count_of(lab.run(), "statistics") == 0);
}

TEST_CASE("session: looking on changes no number of the training") {
    const auto losses_of = [](bool watched) {
        Laboratory lab;
        lab.open();
        lab.configure();
        if (watched) {
            lab.send({{"command", "statistics"}, {"minimum_interval_seconds", 0}});
        }
        lab.send({{"command", "step"}, {"count", 9}});
        return all_losses(lab.run());
    };
    CHECK(losses_of(true) == losses_of(false));
}

TEST_CASE("session: the watchdog says which layer went wrong") {
    Laboratory lab;
    lab.open();
    lab.configure(
        {{"optimizer", {{"type", "sgd"}, {"learning_rate", 1e6}, {"weight_decay", 1e6}}}});
    lab.send({{"command", "start"}});
    const json status = last(lab.run(), "status");
    CHECK(status["status"] == "diverged");
    CHECK(status["reason"].get<std::string>().find("layer ") != std::string::npos);
}
