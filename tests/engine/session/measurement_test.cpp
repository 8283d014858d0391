// What the machine can do, as a session tells it.

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

TEST_CASE("roofline: is measured on the training's threads and answered once") {
    Laboratory lab;
    lab.open();
    lab.configure({{"threads", 2}});
    CHECK(lab.send({{"command", "roofline"}, {"id", "peak"}}).empty());
    const auto& events = lab.run();
    REQUIRE(events.size() == 2);
    CHECK(events[0].event["event"] == "roofline");
    CHECK(events[0].event["threads"] == 2);
    CHECK(events[0].event["gigaflops"] > 0.0);
    CHECK(events[0].event["gigaflops_one_thread"] > 0.0);
    CHECK(events[1].event["event"] == "done");
    CHECK(events[1].event["id"] == "peak");
    CHECK(lab.run().empty());
}

TEST_CASE("roofline: training goes on after it as if it had not been asked for") {
    Laboratory asked;
    Laboratory silent;
    for (Laboratory* lab : {&asked, &silent}) {
        lab->open();
        lab->configure();
        lab->send({{"command", "step"}, {"count", 3}});
    }
    asked.send({{"command", "roofline"}});
    CHECK(last(asked.run(), "metrics")["losses"] == last(silent.run(), "metrics")["losses"]);
}

TEST_CASE("roofline: wants a network, and nothing else") {
    Laboratory lab;
    CHECK(last(lab.send({{"command", "roofline"}}), "error")["message"] ==
          "there is no network; expected configure first");
    lab.open();
    lab.configure();
    CHECK(last(lab.send({{"command", "roofline"}, {"rounds", 2}}), "error")["command"] ==
          "roofline");
}

TEST_CASE("compare_convolutions: answers once, with every way on every number of threads") {
    Laboratory lab;
    CHECK(lab.send({{"command", "compare_convolutions"}, {"convolution", "lenet5"}, {"id", 5}})
              .empty());
    const auto events = lab.run();
    REQUIRE(events.size() == 2);
    const json& answer = events[0].event;
    CHECK(answer["event"] == "convolutions");
    CHECK(answer["images"] == 64);
    CHECK(answer["terms"] == 150);
    CHECK(answer["input_shape"] == json{6, 14, 14});
    CHECK(answer["output_shape"] == json{16, 10, 10});
    REQUIRE(answer["runs"].size() == 6);  // scalar, direct and im2col with one thread and two
    CHECK(answer["runs"][0]["way"] == "scalar");
    CHECK(answer["runs"][0]["greatest_difference"] < answer["runs"][0]["bound"]);
    CHECK(answer["runs"][5]["way"] == "im2col");
    CHECK(answer["runs"][5]["threads"] == 2);
    CHECK(answer["runs"][5]["identical"] == true);
    CHECK(events[1].event == json{{"event", "done"}, {"id", 5}});
}

TEST_CASE("compare_convolutions: is refused by name, beside training, and twice at a time") {
    Laboratory lab;
    const auto compare = [](const char* name) {
        return json{{"command", "compare_convolutions"}, {"convolution", name}};
    };
    CHECK(refused(lab.send(compare("alexnet")), "convolution"));
    CHECK(lab.send(compare("lenet5")).empty());
    CHECK(refused(lab.send(compare("lenet5")), "already"));
    Laboratory training;
    training.open();
    training.configure();
    CHECK(refused(training.send(compare("lenet5")), "a network is configured"));
}
