// A training step taken apart: its parts one after the other, and the update in numbers.

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/slow_motion_commands.h"
#include "web/models/update_in_numbers.h"

using namespace convoscope;
using namespace convoscope::models;
using nlohmann::json;

namespace {

/// The slow motion with an engine behind it.
class Page {
  public:
    explicit Page(const json& options) {
        lab_.open();
        lab_.configure(options);
    }
    void dispatch(const json& command) {
        std::vector<std::string> for_engine;
        const Answer answer = carry_out_on_slow_motion(slow, command, for_engine);
        CHECK(answer.known);
        CHECK(answer.error.empty());
        for (const std::string& asked : for_engine) {
            send(json::parse(asked));
        }
    }
    void send(const json& command) {
        lab_.send(command);
        for (const auto& [event, payload] : lab_.run()) {
            if (event["event"] == "dissected") {
                take_dissected(slow, event, payload);
            }
        }
    }

    SlowMotion slow;

  private:
    test::Laboratory lab_;
};

json optimizer(const std::string& type, double weight_decay) {
    return {
        {"optimizer", {{"type", type}, {"learning_rate", 0.05}, {"weight_decay", weight_decay}}}};
}

}  // namespace

TEST_CASE("slow motion: opened it asks for a step, and goes through its five parts to the next") {
    Page page(json::object());
    page.dispatch({{"command", "show_slow_motion"}, {"open", true}});
    REQUIRE(page.slow.step);
    CHECK(page.slow.step->step == 1);
    CHECK(page.slow.step->images.size() == 20);
    CHECK(page.slow.pictures.count() == 20);
    for (const char* stage : {"batch", "forward", "loss", "backward", "update"}) {
        CHECK(std::string(name_of(page.slow.stage())) == stage);
        page.dispatch({{"command", "slow_next"}});
    }
    CHECK(page.slow.step->step == 2);
    CHECK(page.slow.stage() == StepStage::batch);
    page.dispatch({{"command", "slow_stage"}, {"stage", "loss"}});
    page.dispatch({{"command", "slow_back"}});
    CHECK(page.slow.stage() == StepStage::forward);
}

TEST_CASE("slow motion: the update in numbers comes to the engine's new weight") {
    for (const char* type :
         {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"}) {
        for (const double decay : {0.0, 0.1}) {
            CAPTURE(type);
            CAPTURE(decay);
            Page page(optimizer(type, decay));
            page.send({{"command", "step"}, {"count", 3}});
            page.dispatch({{"command", "show_slow_motion"}, {"open", true}});
            REQUIRE(page.slow.step);
            const StepWeight& weight = page.slow.step->weight;
            const auto lines = update_in_numbers(page.slow.step->optimizer, weight);
            REQUIRE_FALSE(lines.empty());
            CHECK(lines.back().symbol == "w");
            CHECK(lines.back().result == doctest::Approx(weight.after).epsilon(1e-5));
            CHECK(weight.after != weight.before);
        }
    }
}

TEST_CASE("slow motion: speeding up it shows each step for less time, and then lets training run") {
    Page page(json::object());
    page.dispatch({{"command", "show_slow_motion"}, {"open", true}});
    page.dispatch({{"command", "slow_ramp"}, {"on", true}});
    CHECK(page.slow.advance(0.1).empty());
    CHECK(page.slow.stage() == StepStage::batch);
    CHECK(page.slow.advance(1.2).empty());
    CHECK(page.slow.stage() == StepStage::forward);
    double seconds = 0.0;
    std::string asked;
    while (page.slow.open && seconds < 60.0) {
        asked = page.slow.advance(0.02);
        seconds += 0.02;
        if (asked == commands::plain("dissect")) {
            page.send(json::parse(asked));
        }
    }
    CHECK(asked == commands::start());
    CHECK(seconds < 25.0);
    CHECK(seconds > 5.0);
}

TEST_CASE("slow motion: a weight is named by its coordinates") {
    const StepWeight weight{.parameter = "conv1.weight", .shape = {6, 1, 5, 5}, .place = 63};
    CHECK(weight.text() == "conv1.weight[2, 0, 2, 3]");
}

TEST_CASE("slow motion: another network ends what was shown") {
    TrainModel train;
    train.slow_motion.take(TakenApart(), {});
    REQUIRE(train.slow_motion.step);
    REQUIRE(apply_event(train, R"({"event": "configured"})", {}));
    CHECK_FALSE(train.slow_motion.step);
}
