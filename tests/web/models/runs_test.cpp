// Runs that are kept, and the ways back in the present one.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/going_back.h"

using namespace convoscope::models;

namespace {

void tell(AppState& state, std::string_view event) {
    REQUIRE(apply_event(state.train, event, {}));
}

/// The engine reports `count` steps that end at `step`.
void train_to(AppState& state, std::int64_t step, int count) {
    std::string losses;
    for (int i = 0; i < count; ++i) {
        losses +=
            (i > 0 ? "," : "") + std::to_string(1.0 / static_cast<double>(step - count + i + 1));
    }
    tell(state,
         R"({"event":"metrics","step":)" + std::to_string(step) + R"(,"losses":[)" + losses + "]}");
}

void tell_paused(AppState& state, std::int64_t step) {
    tell(state, R"({"event":"status","status":"paused","step":)" + std::to_string(step) + "}");
}

constexpr const char* kStart =
    R"({"event":"history","branch":0,"moments":[{"id":1,"branch":0,"step":0}]})";

/// A run of 30 steps with moments at 0, 10 and 20.
AppState thirty_steps() {
    AppState state;
    tell(state, kStart);
    train_to(state, 30, 30);
    tell(state, R"({"event":"history","branch":0,"moments":[{"id":1,"branch":0,"step":0},
        {"id":2,"branch":0,"step":10},{"id":3,"branch":0,"step":20}]})");
    tell_paused(state, 30);
    return state;
}

/// The reader scrubs to moment 2 at step 10, and the engine does it on branch 1.
void go_back_to_ten(AppState& state) {
    const Dispatched result = dispatch(state, commands::scrub(2));
    REQUIRE(result.before.size() == 3);
    CHECK(result.before[0] == commands::plain("keep"));  // the end, to return to
    CHECK(result.before[1] == commands::branch(2));
    CHECK(result.before[2] == commands::set(state.train.settings.optimizer));
    tell(state, R"({"event":"history","branch":0,"moments":[{"id":1,"branch":0,"step":0},
        {"id":2,"branch":0,"step":10},{"id":3,"branch":0,"step":20},{"id":4,"branch":0,"step":30}]})");
    tell(state, R"({"event":"history","branch":1,"moments":[{"id":1,"branch":0,"step":0},
        {"id":2,"branch":0,"step":10},{"id":3,"branch":0,"step":20},{"id":4,"branch":0,"step":30}]})");
    tell_paused(state, 10);
}

}  // namespace

TEST_CASE("runs: scrubbing back shows then, and loses nothing") {
    AppState state = thirty_steps();
    go_back_to_ten(state);
    CHECK(state.train.is_back());
    CHECK(state.train.step == 10);
    CHECK(state.train.last_step() == 30);
    CHECK(state.train.kept_runs.empty());
    CHECK(state.train.history.moments().size() == 4);
    // The same again asks the engine for nothing; the end can be had again.
    CHECK(dispatch(state, commands::scrub(2)).before.empty());
    CHECK(dispatch(state, commands::scrub(4)).before.size() == 2);
    CHECK_FALSE(dispatch(state, commands::scrub(99)).error.empty());
}

TEST_CASE("runs: training on from an earlier step is a new run, and the old one is kept") {
    AppState state = thirty_steps();
    state.train.settings.batch_size = 32;
    go_back_to_ten(state);
    train_to(state, 12, 2);
    REQUIRE(state.train.kept_runs.size() == 1);
    CHECK(state.train.kept_runs[0].steps() == 30);
    CHECK(state.train.kept_runs[0].name.text() == "Run 1");
    CHECK(state.train.kept_runs[0].settings.batch_size == 64);
    CHECK(state.train.run.text() == "Run 2");
    CHECK(state.train.last_step() == 12);
    CHECK(state.train.loss.values()[9] == state.train.kept_runs[0].loss.values()[9]);
    CHECK(difference_text(state.train.kept_runs[0].settings, state.train.settings) == "batch 64");
    // Of the moments only those before the branching lie on its way.
    CHECK(state.train.history.moments().size() == 2);
}

TEST_CASE("runs: going on from the end, after a look back, is the same run") {
    AppState state = thirty_steps();
    go_back_to_ten(state);
    CHECK(dispatch(state, commands::scrub(4)).before.size() == 2);
    tell(state, R"({"event":"history","branch":2,"moments":[{"id":1,"branch":0,"step":0},
        {"id":2,"branch":0,"step":10},{"id":4,"branch":0,"step":30}]})");
    tell_paused(state, 30);
    train_to(state, 33, 3);
    CHECK(state.train.kept_runs.empty());
    CHECK(state.train.last_step() == 33);
    CHECK(state.train.history.moments().size() == 3);
}

TEST_CASE("runs: a look back to the very start is no reset") {
    AppState state = thirty_steps();
    CHECK(dispatch(state, commands::scrub(1)).before.size() == 3);
    tell_paused(state, 0);
    CHECK(state.train.last_step() == 30);
    CHECK(state.train.is_back());
}

TEST_CASE("runs: a reset while one looks back begins anew") {
    for (const std::int64_t moment : {1, 2}) {
        AppState state = thirty_steps();
        CHECK(dispatch(state, commands::scrub(moment)).error.empty());
        tell_paused(state, moment == 1 ? 0 : 10);
        CHECK(dispatch(state, commands::plain("reset")).for_engine);
        tell_paused(state, 0);
        CHECK(state.train.loss.empty());
        CHECK(state.train.kept_runs.size() == 1);
    }
}

TEST_CASE("runs: a reset keeps the run; names, showing and deleting") {
    AppState state = thirty_steps();
    CHECK(dispatch(state, commands::name_run(-1, "first try")).error.empty());
    tell_paused(state, 0);
    REQUIRE(state.train.kept_runs.size() == 1);
    CHECK(state.train.kept_runs[0].name.text() == "first try");
    CHECK(state.train.run.text() == "Run 2");
    CHECK(state.train.loss.empty());
    CHECK(dispatch(state, commands::show_run(0, false)).error.empty());
    CHECK_FALSE(state.train.kept_runs[0].shown);
    CHECK(dispatch(state, commands::name_run(0, "")).error.empty());
    CHECK(state.train.kept_runs[0].name.text() == "Run 1");
    CHECK_FALSE(dispatch(state, commands::delete_run(1)).error.empty());
    CHECK(dispatch(state, commands::delete_run(0)).error.empty());
    CHECK(state.train.kept_runs.empty());
}

TEST_CASE("runs: a deleted run is put back in its place, once") {
    AppState state = thirty_steps();
    tell_paused(state, 0);
    train_to(state, 5, 5);
    tell_paused(state, 0);
    REQUIRE(state.train.kept_runs.size() == 2);
    CHECK_FALSE(dispatch(state, R"({"command":"put_back_run"})").error.empty());
    CHECK(dispatch(state, commands::delete_run(0)).error.empty());
    CHECK(state.train.kept_runs[0].name.text() == "Run 2");
    CHECK(dispatch(state, R"({"command":"put_back_run"})").error.empty());
    REQUIRE(state.train.kept_runs.size() == 2);
    CHECK(state.train.kept_runs[0].name.text() == "Run 1");
    CHECK(state.train.kept_runs[0].steps() == 30);
    CHECK_FALSE(dispatch(state, R"({"command":"put_back_run"})").error.empty());
}

TEST_CASE("runs: the list does not grow without end") {
    AppState state;
    for (int i = 0; i < 40; ++i) {
        train_to(state, 5, 5);
        tell_paused(state, 0);
    }
    CHECK(state.train.kept_runs.size() == 12);
    CHECK(state.train.kept_runs.back().name.text() == "Run 40");
}

TEST_CASE("runs: figures of a moment are those of its step") {
    AppState state = thirty_steps();
    for (const char* event :
         {R"({"event":"evaluation","split":"validation","step":10,"accuracy":0.5,"loss":1})",
          R"({"event":"evaluation","split":"validation","step":30,"accuracy":0.9,"loss":0.2})"}) {
        tell(state, event);
    }
    CHECK(state.train.present(state.train.validation)->accuracy == 0.9);
    go_back_to_ten(state);
    CHECK(state.train.present(state.train.validation)->accuracy == 0.5);
    CHECK(static_cast<double>(state.train.loss.mean_before(10, 1)) == doctest::Approx(0.1));
    train_to(state, 11, 1);
    CHECK(state.train.validation.size() == 1);
    CHECK(state.train.kept_runs[0].validation.size() == 2);
}

TEST_CASE("watchdog: a change is undone to the moment before it, settings and curve with it") {
    AppState state = thirty_steps();
    const Dispatched change = dispatch(state, commands::set("learning_rate", 10));
    REQUIRE(change.before.size() == 1);
    CHECK(change.before[0] == commands::plain("keep"));
    tell(state, R"({"event":"history","branch":0,"moments":[{"id":1,"branch":0,"step":0},
        {"id":5,"branch":0,"step":30}]})");
    CHECK(dispatch(state, commands::set("learning_rate", 11)).before.empty());  // the same turn
    train_to(state, 34, 4);
    tell(state, R"({"event":"status","status":"diverged","step":34,"reason":"Too far."})");
    const auto remedy = remedy_of(state.train);
    REQUIRE(remedy.has_value());
    CHECK(remedy->moment.step == 30);
    const Dispatched undone = dispatch(state, commands::plain("undo_damage"));
    REQUIRE(undone.before.size() >= 2);
    CHECK(undone.before[0] == commands::rewind(5));
    CHECK(undone.before[1].find(R"("learning_rate":0.02)") != std::string::npos);
    CHECK(state.train.settings.optimizer.learning_rate == 0.02);
    CHECK(state.train.last_step() == 30);
    CHECK(state.train.kept_runs.empty());
}

TEST_CASE("watchdog: without a change it goes to the last moment, with the usual rate") {
    AppState state = thirty_steps();
    state.train.settings.optimizer.learning_rate = 10;
    const auto remedy = remedy_of(state.train);
    REQUIRE(remedy.has_value());
    CHECK(remedy->moment.step == 20);
    CHECK(remedy->settings.optimizer.learning_rate == 0.02);
    CHECK_FALSE(remedy_of(TrainModel{}).has_value());
}
