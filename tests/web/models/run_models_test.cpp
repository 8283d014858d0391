#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/frame_statistics.h"
#include "web/models/link.h"
#include "web/models/link_text.h"
#include "web/models/metric_series.h"

using namespace convoscope::models;

TEST_CASE("MetricSeries: buckets keep mean, extremes and every step, however long the run") {
    MetricSeries series;
    std::vector<float> values;
    for (int i = 0; i < 5000; ++i) {
        values.push_back(static_cast<float>(i));
    }
    series.append(values);
    CHECK(series.values().size() == 5000);
    CHECK(series.buckets().size() <= MetricSeries::kMostBuckets);
    std::size_t next = 0;
    for (const Bucket& bucket : series.buckets()) {
        CHECK(bucket.first_step == next);
        next += bucket.count;
        const auto first = static_cast<float>(bucket.first_step);
        const auto last = static_cast<float>(next - 1);
        CHECK(bucket.least == first);
        CHECK(bucket.greatest == last);
        // Means of at most 5000 integers in single precision: rounding stays far below a hundredth.
        CHECK(static_cast<double>(bucket.mean) ==
              doctest::Approx(static_cast<double>((first + last) / 2)).epsilon(1e-3));
    }
    CHECK(next == 5000);
}

TEST_CASE("MetricSeries: a value that is not finite is kept, and drawn by no bucket") {
    MetricSeries series;
    series.append(std::array{1.0F, std::numeric_limits<float>::quiet_NaN(), 3.0F});
    CHECK(series.values().size() == 3);
    CHECK(series.mean_of_last(3) == 2.0F);
    for (const Bucket& bucket : series.buckets()) {
        CHECK(std::isfinite(bucket.mean));
    }
    series.clear();
    CHECK(series.empty());
    CHECK(series.buckets().empty());
}

TEST_CASE("smoothed_means: weight 0 changes nothing, and a constant stays what it is") {
    MetricSeries series;
    series.append(std::vector<float>(20, 4.0F));
    for (const float mean : smoothed_means(series.buckets(), 0.9F)) {
        CHECK(static_cast<double>(mean) == doctest::Approx(4.0));
    }
    MetricSeries two;
    two.append(std::array{1.0F, 1.0F, 5.0F, 5.0F});
    CHECK(smoothed_means(two.buckets(), 0.0F) == std::vector<float>{1.0F, 5.0F});
}

TEST_CASE("FrameStatistics: percentiles of the window") {
    FrameStatistics frames;
    CHECK(frames.percentile(0.95) == 0.0);
    for (int i = 1; i <= 100; ++i) {
        frames.add(i);
    }
    CHECK(frames.percentile(0.5) == 50.0);
    CHECK(frames.percentile(0.95) == 95.0);
    CHECK(frames.greatest() == 100.0);
    for (int i = 0; i < 600; ++i) {
        frames.add(2.0);
    }
    CHECK(frames.greatest() == 2.0);
    CHECK(frames.frames_drawn() == 700);
}

TEST_CASE("link: the Train room survives the way through its link") {
    AppState state;
    state.room = Room::train;
    state.train.settings.optimizer.type = convoscope::OptimizerType::adam;
    state.train.settings.optimizer.learning_rate = 0.0012345678901;
    state.train.settings.optimizer.beta2 = 0.98;
    state.train.settings.seed = 42;
    state.train.selected_picture = 7;
    state.view.log_loss = false;
    state.view.chart = "loss";
    state.view.true_class = 9;
    state.view.predicted_class = 4;
    CHECK(dispatch(state, R"({"command":"show_steps","first":200,"last":700})").error.empty());
    AppState other;
    const LinkReading reading = apply_link(other, "#" + link_of(state));
    CHECK(reading.notice().empty());
    CHECK(other.train.settings == state.train.settings);
    CHECK(other.train.selected_picture == 7);
    CHECK_FALSE(other.view.log_loss);
    CHECK(other.view.chart == "loss");
    CHECK(other.view.true_class == 9);
    CHECK(other.view.predicted_class == 4);
    CHECK(other.view.first_step == 200);
    CHECK(other.view.last_step == 700);
    CHECK(link_of(other) == link_of(state));
}

TEST_CASE("dispatch: a stretch of steps has a first that is before its last") {
    AppState state;
    for (const char* wrong : {R"({"command":"show_steps","first":7,"last":7})",
                              R"({"command":"show_steps","first":-1,"last":7})"}) {
        CHECK_FALSE(dispatch(state, wrong).error.empty());
        CHECK(state.view.last_step == 0);
    }
}

TEST_CASE("link: the unknown and the unreadable are passed over, and said") {
    AppState state;
    state.room = Room::train;
    const RunSettings before = state.train.settings;
    const LinkReading reading = apply_link(
        state, "batch_size=many&seed=-3&seed=1.5&colour=red&&=&learning_rate=nan&epochs");
    CHECK(state.train.settings == before);
    CHECK(reading.passed_over.size() == 7);
    CHECK(reading.notice().find("“batch_size=many”") != std::string::npos);
    CHECK(apply_link(state, "seed=5&later=1").passed_over.size() == 1);
    CHECK(state.train.settings.seed == 5);
}

TEST_CASE("link: one of a later version is opened as far as it is known, and that is said") {
    AppState state;
    state.room = Room::train;
    CHECK(apply_link(state, "v=2&seed=5").notice().find("later version") != std::string::npos);
    CHECK(state.train.settings.seed == 5);
}

TEST_CASE("link: a room that is not built is passed over") {
    AppState state;
    CHECK(apply_link(state, "v=1&room=cellar&i=5").passed_over.size() == 1);
    CHECK(state.room == Room::convolve);
}

TEST_CASE("link: text goes through percent signs unchanged") {
    LinkWriter link;
    link.add("note", "50 % of äöü & more = less");
    CHECK(link.text().find(' ') == std::string::npos);
    CHECK(link.text().find('&') == std::string::npos);
    CHECK(decoded(link.text().substr(link.text().find('=') + 1)) == "50 % of äöü & more = less");
    CHECK(decoded("100%") == "100%");
    CHECK(decoded("%4") == "%4");
    CHECK(decoded("%zz%41") == "%zzA");
}

TEST_CASE("dispatch: a setting shows at once and goes to the engine") {
    AppState state;
    const Dispatched result = dispatch(state, commands::set("learning_rate", 0.3));
    CHECK(result.error.empty());
    CHECK(result.for_engine);
    CHECK(state.train.settings.optimizer.learning_rate == 0.3);
}

TEST_CASE("dispatch: the views' own commands stay here, nonsense is refused") {
    AppState state;
    CHECK_FALSE(dispatch(state, commands::set_preference("theme", "light")).for_engine);
    CHECK(state.page.appearance().theme == Theme::light);
    CHECK_FALSE(dispatch(state, R"({"command":"fly"})").error.empty());
    CHECK_FALSE(dispatch(state, "[1").error.empty());
    CHECK_FALSE(dispatch(state, R"({"command":7})").error.empty());
    CHECK_FALSE(dispatch(state, R"({"command":"set_theme","theme":"red"})").error.empty());
}

TEST_CASE("commands: configure carries the network and the optimiser as the protocol names them") {
    const std::string json = commands::configure(R"({"name":"tiny"})", RunSettings{});
    CHECK(json.find(R"("network":{"name":"tiny"})") != std::string::npos);
    CHECK(json.find(R"("type":"momentum")") != std::string::npos);
    CHECK(json.find(R"("seed":7)") != std::string::npos);
}

TEST_CASE("apply_event: metrics append every step, reset forgets them") {
    TrainModel model;
    CHECK(apply_event(model,
                      R"({"event":"metrics","step":2,"losses":[2.3,2.1],"accuracies":[0.1,0.2],
        "images_per_second":100.0})",
                      {}));
    CHECK(model.loss.values().size() == 2);
    CHECK(model.step == 2);
    CHECK(model.engine.images_per_second == 100.0);
    CHECK(apply_event(model, R"({"event":"status","status":"paused","step":0})", {}));
    CHECK(model.loss.empty());
    CHECK(model.status == RunStatus::paused);
}

TEST_CASE("apply_event: the share of the peak is training's rate by the machine's") {
    TrainModel model;
    CHECK(model.engine.roofline_share() == 0.0);
    apply_event(model,
                R"({"event":"roofline","threads":2,"gigaflops":50.0,"gigaflops_one_thread":30.0})",
                {});
    CHECK(model.engine.roofline_share() == 0.0);
    apply_event(model, R"({"event":"metrics","step":1,"gigaflops":20.0})", {});
    CHECK(model.engine.roofline_threads == 2);
    CHECK(model.engine.roofline_gigaflops_one_thread == 30.0);
    CHECK(model.engine.roofline_share() == doctest::Approx(0.4));
    apply_event(model, R"({"event":"roofline","threads":2,"gigaflops":40.0})", {});
    CHECK(model.engine.roofline_gigaflops == 50.0);
    apply_event(model, R"({"event":"roofline","threads":1,"gigaflops":25.0})", {});
    CHECK(model.engine.roofline_gigaflops == 25.0);
}

TEST_CASE("apply_event: an engine that does not know its peak is no error of the reader's") {
    TrainModel model;
    apply_event(model, R"({"event":"error","command":"roofline","message":"unknown"})", {});
    CHECK(model.last_error.empty());
}

TEST_CASE("apply_event: a lost engine takes network and images along, not the settings") {
    TrainModel model;
    model.settings.batch_size = 32;
    model.configured = true;
    model.data.name = "MNIST";
    model.data.train_loaded = 60000;
    model.data.bytes_loaded = 1e6;
    CHECK(apply_event(model, R"({"event":"error","command":"engine","message":"gone"})", {}));
    CHECK_FALSE(model.can_train());
    CHECK(model.data.bytes_loaded == 0.0);
    CHECK(model.data.name == "MNIST");
    CHECK(model.settings.batch_size == 32);
    CHECK(model.last_error == "gone");
}

TEST_CASE("apply_event: an evaluation of the same step replaces, confusion is flat") {
    TrainModel model;
    const char* event = R"({"event":"evaluation","split":"test","step":10,"epoch":1,"loss":0.5,
        "accuracy":0.9,"count":4,"confusion":[[1,0],[1,2]]})";
    CHECK(apply_event(model, event, {}));
    CHECK(apply_event(model, event, {}));
    REQUIRE(model.test.size() == 1);
    CHECK(model.test[0].confusion == std::vector<int>{1, 0, 1, 2});
    CHECK(model.validation.empty());
}

TEST_CASE("apply_event: a snapshot's tensors are cut out of the payload, wrong ones are left out") {
    TrainModel model;
    const std::array values{1.0F, 2.0F, 3.0F};
    const auto bytes = std::as_bytes(std::span(values));
    CHECK(apply_event(model,
                      R"({"event":"snapshot","step":5,"tensors":[
        {"name":"a","shape":[2],"offset":1,"count":2},{"name":"b","shape":[9],"offset":1,"count":9}]})",
                      bytes));
    REQUIRE(model.captured("a") != nullptr);
    CHECK(model.captured("a")->values == std::vector<float>{2.0F, 3.0F});
    CHECK(model.captured("b") == nullptr);
}

TEST_CASE("apply_event: what is not an event changes nothing") {
    TrainModel model;
    CHECK_FALSE(apply_event(model, "{", {}));
    CHECK_FALSE(apply_event(model, "3", {}));
    CHECK(apply_event(
        model, R"({"event":"metrics","step":"x","losses":[null,1.0],"accuracies":7})", {}));
    CHECK(model.loss.values().size() == 2);
}

TEST_CASE("apply_event: configured takes the network's summary and forgets the run") {
    TrainModel model;
    model.step = 5;
    CHECK(apply_event(model,
                      R"({"event":"configured","network":{"name":"tiny"},"summary":{"layers":[
        {"name":"conv1","type":"conv2d","output_shape":[2,4,4],"params":20,"macs":288},
        {"name":"relu1","type":"relu","output_shape":[2,4,4],"params":0,"macs":0}]},
        "steps_per_epoch":9,"seed":3})",
                      {}));
    CHECK(model.configured);
    CHECK(model.step == 0);
    CHECK(model.network.parameters == 20);
    CHECK(model.network.multiply_accumulates == 288);
    CHECK(model.first_convolution() == "conv1");
    CHECK(model.last_layer() == "conv1");
    CHECK(model.settings.seed == 3);
}

TEST_CASE("TrainModel: the picture's probabilities are the softmax of the last layer's logits") {
    TrainModel model;
    model.network.layers = {{"fc3", "linear", {2}, 4, 4}, {"relu", "relu", {2}, 0, 0}};
    model.snapshot = {{.name = "activation.fc3", .shape = {2}, .values = {0.0F, std::log(3.0F)}}};
    const std::vector<float> probabilities = model.probabilities();
    REQUIRE(probabilities.size() == 2);
    CHECK(static_cast<double>(probabilities[1]) == doctest::Approx(0.75));
}

TEST_CASE(
    "apply_event: a restored run has its curve step by step, its evaluations and its network") {
    TrainModel model;
    model.network.name = "LeNet-1";
    CHECK(apply_event(model,
                      R"({"event": "restored", "step": 5, "epoch": 1,
                          "curve": {"stretch": 2, "losses": [3, 1], "accuracies": [0.25, 0.5]},
                          "evaluations": [{"split": "test", "step": 4, "epoch": 1, "loss": 2,
                                           "accuracy": 0.75}]})",
                      {}));
    CHECK(model.step == 5);
    CHECK(model.epoch == 1);
    CHECK(model.loss.values() == std::vector{3.0F, 3.0F, 1.0F, 1.0F, 1.0F});
    REQUIRE(model.test.size() == 1);
    CHECK(model.test.front().accuracy == 0.75);
    CHECK(model.settings.network == "lenet1");
}

TEST_CASE("apply_event: a restored run that contradicts itself takes no memory") {
    TrainModel model;
    CHECK(apply_event(model,
                      R"({"event": "restored", "step": 1e15,
                          "curve": {"stretch": -3, "losses": [1]}, "evaluations": [7]})",
                      {}));
    CHECK(model.loss.values().size() <= (1U << 22U));
    CHECK(model.validation.empty());
}

TEST_CASE("apply_event: the data set's loading is said by the page, until another one is opened") {
    TrainModel model;
    CHECK(model.data.seconds_to_go < 0.0);
    CHECK(apply_event(
        model, R"({"event": "loading", "status": "running", "seconds_to_go": 2.5})", {}));
    CHECK(model.data.seconds_to_go == 2.5);
    CHECK(apply_event(model, R"({"event": "loading", "status": "cancelled"})", {}));
    CHECK(model.data.loading == DataSetState::Loading::cancelled);
    CHECK(model.data.seconds_to_go < 0.0);
    CHECK(apply_event(model, R"({"event": "loading", "status": "soon"})", {}));
    CHECK(model.data.loading == DataSetState::Loading::cancelled);
    model.forget_data();
    CHECK(model.data.loading == DataSetState::Loading::running);
}

TEST_CASE("apply_event: a long evaluation is on its way until its figures come, or none") {
    TrainModel model;
    const char* progress =
        R"({"event": "evaluating", "split": "test", "done": 2500, "count": 10000, "seconds_to_go": 6})";
    CHECK(apply_event(model, progress, {}));
    REQUIRE(model.evaluating);
    CHECK(model.evaluating->share == 0.25);
    CHECK(model.evaluating->seconds_to_go == 6.0);
    CHECK(apply_event(model, R"({"event": "evaluation", "split": "test", "accuracy": 0.5})", {}));
    CHECK(!model.evaluating);
    CHECK(apply_event(model, progress, {}));
    CHECK(apply_event(model, R"({"event": "status", "status": "paused"})", {}));
    CHECK(!model.evaluating);
}
