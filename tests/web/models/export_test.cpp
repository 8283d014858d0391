#include <algorithm>
#include <array>
#include <string>

#include <doctest/doctest.h>

#include "web/models/chart_svg.h"
#include "web/models/metrics_csv.h"

using namespace convoscope::models;

namespace {

TrainModel short_run() {
    TrainModel model;
    model.step = 3;
    model.steps_per_epoch = 2;
    model.loss.append(std::array{2.5F, 2.0F, 1.5F});
    model.accuracy.append(std::array{0.1F, 0.25F, 0.5F});
    model.clock.add(3, 1.5, 0.75);
    model.validation.push_back({.step = 2,
                                .epoch = 1,
                                .loss = 1.75,
                                .accuracy = 0.5,
                                .count = 4,
                                .confusion = {1, 2, 0, 3}});
    model.data.classes = {"zero", "one, or so"};
    return model;
}

}  // namespace

TEST_CASE("metrics_csv: one line a step, held-out figures at their step") {
    CHECK(metrics_csv(short_run()) ==
          "step,epoch,seconds,loss,accuracy,validation_loss,validation_accuracy,test_loss,"
          "test_accuracy\r\n"
          "1,0.5,0.25,2.5,0.100000001,,,,\r\n"
          "2,1,0.5,2,0.25,1.75,0.5,,\r\n"
          "3,1.5,0.75,1.5,0.5,,,,\r\n");
}

TEST_CASE("confusion_csv: names that hold a comma stand in quotes") {
    CHECK(confusion_csv(short_run()) ==
          "true class,zero,\"one, or so\",recall\r\nzero,1,2,0.333333333\r\n\"one, or "
          "so\",0,3,1\r\nprecision,1,0.6,\r\n");
    CHECK(confusion_csv({}).empty());
}

TEST_CASE("chart_svg: every held-out point is a dot on the paper") {
    const TrainModel model = short_run();
    const std::array held{SvgPoint{2, 1.75}, SvgPoint{3, 100}};
    const auto curve = curve_points(model.loss, model.clock, {});
    const std::string svg = chart_svg({.title = "Loss <cross-entropy> & more",
                                       .train = curve,
                                       .held = held,
                                       .x_name = "step",
                                       .x_max = 3,
                                       .y_min = 0.01,
                                       .y_max = 3,
                                       .log_y = true});
    CHECK(svg.starts_with("<svg xmlns="));
    CHECK(svg.find("Loss &lt;cross-entropy> &amp; more") != std::string::npos);
    std::size_t dots = 0;
    for (auto at = svg.find("<circle"); at != std::string::npos; at = svg.find("<circle", at + 1)) {
        ++dots;
    }
    CHECK(dots == 2);
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(svg.find("cy=\"52.0\"") != std::string::npos);  // beyond the scale: at its end
}
