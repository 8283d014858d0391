#include "web/models/announcer.h"

#include <cstdint>

#include <doctest/doctest.h>

using namespace convoscope::models;

namespace {

AppState training_state() {
    AppState state;
    state.room = Room::train;
    state.train.configured = true;
    state.train.network.name = "LeNet-5";
    state.train.steps_per_epoch = 10;
    state.train.settings.epochs = 2;
    return state;
}

Evaluation evaluation_at(std::int64_t step, std::int64_t epoch, double loss, double accuracy) {
    Evaluation evaluation;
    evaluation.step = step;
    evaluation.epoch = epoch;
    evaluation.loss = loss;
    evaluation.accuracy = accuracy;
    return evaluation;
}

}  // namespace

TEST_CASE("Announcer: is silent at first and while nothing happens") {
    Announcer announcer;
    const AppState state = training_state();
    CHECK(announcer.observe(state).empty());
    CHECK(announcer.observe(state).empty());
}

TEST_CASE("Announcer: says that a run begins, pauses and comes to its end") {
    Announcer announcer;
    AppState state = training_state();
    static_cast<void>(announcer.observe(state));
    state.train.status = RunStatus::running;
    CHECK(announcer.observe(state) == "Training.");
    state.train.status = RunStatus::evaluating;
    CHECK(announcer.observe(state).empty());
    state.train.step = 7;
    state.train.status = RunStatus::paused;
    CHECK(announcer.observe(state) == "Paused after step 7.");
    state.train.status = RunStatus::running;
    static_cast<void>(announcer.observe(state));
    state.train.step = 20;
    state.train.validation.push_back(evaluation_at(20, 2, 0.5, 0.75));
    state.train.status = RunStatus::paused;
    CHECK(announcer.observe(state) ==
          "Training is finished after 20 steps: validation accuracy 75 %, loss 0.5.");
}

TEST_CASE("Announcer: names the network that is ready, and a test's result") {
    Announcer announcer;
    AppState state = training_state();
    state.train.configured = false;
    static_cast<void>(announcer.observe(state));
    state.train.configured = true;
    CHECK(announcer.observe(state) == "The network is ready: LeNet-5.");
    state.train.test.push_back(evaluation_at(10, 1, 0.25, 0.5));
    CHECK(announcer.observe(state) == "Epoch 1: test accuracy 50 %, loss 0.25.");
}

TEST_CASE("Announcer: says a convolution's step with its result, but not while it plays") {
    Announcer announcer;
    AppState state;
    state.room = Room::convolve;
    static_cast<void>(announcer.observe(state));
    convolve::Model& room = state.convolve;
    const auto step_to = [&](convoscope::Index step) {
        room.playback.jump_to(step, room.arithmetic().output_cells());
        room.follow_playback();
    };
    step_to(1);
    CHECK(announcer.observe(state).starts_with("Step 2 of "));
    room.playback.playing = true;
    step_to(2);
    CHECK(announcer.observe(state).empty());
    room.playback.playing = false;
    CHECK(announcer.observe(state).starts_with("Step 3 of "));
    room.change([](convolve::Setup& setup) {
        set_parameter(setup, convolve::Parameter::kernel, convolve::Axes::both, 32);
    });
    CHECK(announcer.observe(state) == "Impossible. " + room.arithmetic().problem);
}
