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
