// What the exhibit shows of the measurements that come in.

#include "web/models/convolution_exhibit.h"

#include <string>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/engine_events.h"
#include "web/models/json_reading.h"

using namespace convoscope::models;

namespace {

Json run(const char* way, int threads, double seconds) {
    return {{"way", way}, {"threads", threads}, {"seconds", seconds}};
}

Json round_event(int round, bool fused, Json runs) {
    return {{"event", "convolutions"},
            {"convolution", "resnet20"},
            {"operations", 3e8},
            {"terms", 576},
            {"fused", fused},
            {"round", round},
            {"runs", std::move(runs)}};
}

/// Measuring has begun, and the numbers have been compared.
TrainModel begun() {
    TrainModel model;
    apply_event(
        model,
        R"({"event":"exhibit","status":"running","convolution":"resnet20","rounds":4,"missing":["No relaxed SIMD."]})",
        {});
    Json scalar = run("scalar", 1, 9.0);
    scalar["greatest_difference"] = 1e-7;
    scalar["bound"] = 1e-5;
    Json threads = run("scalar", 2, 9.0);
    threads["identical"] = true;
    Json direct = run("direct", 1, 9.0);
    direct["greatest_difference"] = 2e-5;
    direct["bound"] = 1e-5;
    apply_event(model, round_event(0, false, {scalar, threads, direct}).dump(), {});
    return model;
}

}  // namespace

TEST_CASE("exhibit: the first round compares the numbers and its times do not count") {
    const ConvolutionExhibit exhibit = begun().exhibit;
    CHECK(exhibit.running());
    CHECK(exhibit.missing == std::vector<std::string>{"No relaxed SIMD."});
    CHECK(exhibit.rounds_done == 1);
    REQUIRE(exhibit.runs.size() == 3);
    CHECK(exhibit.rate_of(exhibit.runs[0]) == 0.0);
    CHECK(exhibit.agrees("scalar", "none") == true);
    CHECK(exhibit.agrees("direct", "plain") == false);
    CHECK_FALSE(exhibit.agrees("winograd", "plain").has_value());
}

TEST_CASE("exhibit: figures are those of the fastest round, the gain is over one scalar thread") {
    TrainModel model = begun();
    for (const double scale : {1.2, 100.0, 1.0}) {
        apply_event(model,
                    round_event(1,
                                false,
                                {run("scalar", 1, 0.2 * scale),
                                 run("scalar", 2, 0.1 * scale),
                                 run("direct", 1, 0.01 * scale)})
                        .dump(),
                    {});
    }
    const ConvolutionExhibit& exhibit = model.exhibit;
    const ExhibitRun& direct = *exhibit.find("direct", "plain", 1);
    CHECK(direct.fastest_seconds() == doctest::Approx(0.01));
    CHECK(exhibit.rate_of(direct) == doctest::Approx(30.0));
    CHECK(exhibit.gain_of(direct) == doctest::Approx(20.0));
    CHECK(exhibit.gain_of(*exhibit.find("scalar", "none", 2)) == doctest::Approx(2.0));
}

TEST_CASE("exhibit: threads that change a bit are no agreement") {
    TrainModel model = begun();
    Json threads = run("scalar", 2, 1.0);
    threads["identical"] = false;
    apply_event(model, round_event(0, false, Json::array({threads})).dump(), {});
    CHECK(model.exhibit.agrees("scalar", "none") == false);
}

TEST_CASE("exhibit: fused multiply-add is a build of its own") {
    TrainModel model = begun();
    apply_event(model, round_event(1, true, Json::array({run("direct", 1, 0.005)})).dump(), {});
    CHECK(model.exhibit.find("direct", "relaxed", 1)->seconds.size() == 1);
    CHECK(model.exhibit.find("direct", "plain", 1)->seconds.empty());
}

TEST_CASE("exhibit: stopping keeps what was measured, and a late round is passed over") {
    TrainModel model = begun();
    apply_event(model, R"({"event":"exhibit","status":"stopped","reason":"Training began."})", {});
    CHECK(model.exhibit.status == ExhibitStatus::stopped);
    CHECK(model.exhibit.reason == "Training began.");
    apply_event(model, round_event(1, false, Json::array({run("direct", 1, 0.01)})).dump(), {});
    CHECK(model.exhibit.rounds_done == 1);
    CHECK(model.exhibit.runs.size() == 3);
}

TEST_CASE("exhibit: another convolution forgets the figures, but not while it is measured") {
    AppState state;
    state.train = begun();
    CHECK(dispatch(state, R"({"command":"choose_convolution","convolution":"vgg"})").error ==
          "the measuring has not ended yet");
    apply_event(state.train, R"({"event":"exhibit","status":"finished"})", {});
    CHECK(dispatch(state, R"({"command":"choose_convolution","convolution":"alexnet"})").error ==
          "there is no convolution \"alexnet\"");
    CHECK(dispatch(state, R"({"command":"choose_convolution","convolution":"vgg"})").error.empty());
    CHECK(state.train.exhibit.convolution == "vgg");
    CHECK(state.train.exhibit.runs.empty());
}

TEST_CASE("exhibit: the state tells each run's figures, and null for what is not known") {
    const Json json = json_of(begun().exhibit);
    CHECK(json["status"] == "running");
    CHECK(json["terms"] == 576);
    CHECK(json["runs"][0]["agrees"] == true);
    CHECK(json["runs"][0]["greatest_difference"] == 1e-7);
    CHECK(json["runs"][1]["greatest_difference"].is_null());
    CHECK(json["runs"][1]["identical"] == true);
    CHECK(json["runs"][2]["agrees"] == false);
}
