#include "web/models/convolve/learning.h"

#include <cmath>

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/convolve_commands.h"
#include "web/models/convolve/convolve_link.h"
#include "web/models/json_reading.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;

namespace {

NumberGrid uneven_target(const NumberGrid& output) {
    NumberGrid target = output;
    for (std::size_t i = 0; i < target.values.size(); ++i) {
        target.values[i] = static_cast<double>(i * 3 % 7) - 2.5;
    }
    return target;
}

/// By the definition, and not by slope_of.
double loss_of(const Setup& setup, const NumberGrid& target) {
    const NumberGrid output = compute(setup).output;
    double sum = 0.0;
    for (std::size_t i = 0; i < target.values.size(); ++i) {
        sum += std::pow(output.values[i] - target.values[i], 2);
    }
    return sum / static_cast<double>(target.values.size());
}

void check_slope(const Setup& setup) {
    constexpr double kStep = 1e-4;
    const Setup lone = lone_filter(setup, 0);
    const NumberGrid target = uneven_target(compute(lone).output);
    const Slope slope = slope_of(lone, target);
    CHECK(slope.loss == doctest::Approx(loss_of(lone, target)));
    const auto moved = [&](double by, auto number) {
        Setup other = lone;
        number(other) += by;
        return loss_of(other, target);
    };
    const auto check = [&](double gradient, auto number) {
        const double risen = moved(kStep, number) - moved(-kStep, number);
        CHECK(std::abs(gradient - risen / (2 * kStep)) < 1e-3);
    };
    for (std::size_t i = 0; i < lone.weights.values.size(); ++i) {
        CAPTURE(i);
        check(slope.weights.values[i],
              [i](Setup& other) -> double& { return other.weights.values[i]; });
    }
    check(slope.bias, [](Setup& other) -> double& { return other.bias[0]; });
}

/// Ghost under a kernel with stride 1: many windows, none like another.
Model learner() {
    Model model;
    for (const auto& [name, value] :
         {std::pair{"i", "8"}, {"s", "1"}, {"p", "1"}, {"picture", "ghost"}, {"bias", "0"}}) {
        REQUIRE(apply_pair(model, name, value));
    }
    model.open_learning(true);
    return model;
}

Json command(const char* name, Json more = Json::object()) {
    more["command"] = name;
    return more;
}

}  // namespace

TEST_CASE(
    "convolve learning: the slope of the loss is its derivative by every weight and the bias") {
    Setup setup = square_setup(6, 3, 1, 1);
    SUBCASE("direct") {}
    SUBCASE("stride and dilation") {
        setup = square_setup(7, 2, 2, 1, 2);
    }
    SUBCASE("a turned kernel over mirrored edges") {
        setup.turn_kernel = true;
        setup.padding_mode = PaddingMode::reflect;
    }
    SUBCASE("transposed") {
        setup = square_setup(4, 3, 2, 1);
        setup.operation = Operation::transposed;
    }
    check_slope(setup);
}

TEST_CASE(
    "convolve learning: the greatest rate is the one below which steps shrink and above which they "
    "grow") {
    const Setup lone = lone_filter(square_setup(6, 3, 1, 1), 0);
    const NumberGrid target = uneven_target(compute(lone).output);
    const double limit = greatest_rate(lone);
    const auto loss_after = [&](double rate) {
        Setup moved = lone;
        for (int step = 0; step < 400; ++step) {
            step_down(moved, slope_of(moved, target), rate);
        }
        return slope_of(moved, target).loss;
    };
    const double before = slope_of(lone, target).loss;
    CHECK(loss_after(0.99 * limit) < before);
    CHECK(loss_after(1.02 * limit) > 100 * before);
}

TEST_CASE(
    "convolve learning: opened, the kernel is the hidden one and the filter begins with zeros") {
    Model model = learner();
    CHECK(model.learning().hidden == "sobel-x");
    CHECK(model.setup().weights.values == std::vector<double>(9, 0.0));
    CHECK(model.learning().target.rows == 8);
    CHECK(model.learning().hidden_weights.values ==
          std::vector<double>{1, 0, -1, 2, 0, -2, 1, 0, -1});
    SUBCASE("closed before a step, the kernel is there again") {
        model.open_learning(false);
        CHECK(model.setup().kernel_name == "sobel-x");
        CHECK(model.setup().weights.values[3] == 2.0);
    }
    SUBCASE("pooling closes it") {
        model.change([](Setup& setup) { setup.operation = Operation::max_pool; });
        CHECK_FALSE(model.learns());
    }
}

TEST_CASE(
    "convolve learning: a filter finds the hidden kernel, from zeros and from random weights") {
    Model model = learner();
    for (int time = 0; time < 2; ++time) {
        CAPTURE(time);
        const double first = model.learning().loss();
        model.run_learning(true);
        for (int round = 0; round < 200 && model.learning().running(); ++round) {
            model.learn(100);
        }
        CHECK(model.learning().state == LearningState::learned);
        CHECK(model.learning().loss() < 1e-6 * first);
        CHECK(model.learning().found_hidden());
        model.start_again();
        CHECK(model.learning().steps() == 0);
        CHECK(model.learning().loss() > 0.1);
    }
}

TEST_CASE(
    "convolve learning: every hidden kernel is learned on every picture, or nothing falls any "
    "more") {
    for (const char* picture : {"pacman", "ghost", "seven", "ramp", "checks"}) {
        for (const char* kernel : {"blur", "sobel-x", "sharpen", "emboss"}) {
            CAPTURE(picture);
            CAPTURE(kernel);
            Model model;
            REQUIRE(apply_pair(model, "s", "1"));
            REQUIRE(apply_pair(model, "picture", picture));
            model.open_learning(true);
            model.choose_hidden(kernel);
            model.run_learning(true);
            for (int round = 0; round < 250 && model.learning().running(); ++round) {
                model.learn(100);
            }
            CHECK(model.learning().ended());
            CHECK(model.learning().state != LearningState::diverged);
            CHECK(model.learning().loss() < 0.05 * model.learning().losses.front());
        }
    }
}

TEST_CASE(
    "convolve learning: a painted target that no filter makes leaves the smallest difference there "
    "is") {
    Model model = learner();
    model.paint_target({0, 0}, 50.0);
    CHECK(model.learning().hidden.empty());
    model.run_learning(true);
    for (int round = 0; round < 250 && model.learning().running(); ++round) {
        model.learn(100);
    }
    CHECK(model.learning().state == LearningState::settled);
    CHECK(model.learning().loss() > 1.0);
}

TEST_CASE(
    "convolve learning: a rate above the greatest stops with a reason, and play begins anew with a "
    "safe one") {
    Model model = learner();
    const double safe = model.learning().rate;
    model.set_rate(2 * model.learning().greatest_rate);
    model.run_learning(true);
    model.learn(500);
    CHECK(model.learning().state == LearningState::diverged);
    CHECK(model.learning().steps() < 500);
    const std::string why = plain_text(model.explanation());
    CHECK_MESSAGE(why.starts_with("Stopped: each step goes further"), why);
    model.run_learning(true);
    CHECK(model.learning().running());
    CHECK(model.learning().rate == safe);
    CHECK(model.learning().start == 1);
}

TEST_CASE("convolve learning: one filter of several learns from the channels of its group alone") {
    Model model;
    for (const auto& [name, value] : {std::pair{"channels", "4"},
                                      {"filters", "4"},
                                      {"groups", "2"},
                                      {"s", "1"},
                                      {"filter", "3"}}) {
        REQUIRE(apply_pair(model, name, value));
    }
    model.open_learning(true);
    const std::vector<double> before = model.setup().weights.values;
    model.learn(5);
    const std::vector<double>& after = model.setup().weights.values;
    CHECK(std::equal(before.begin(), before.begin() + 54, after.begin()));
    CHECK_FALSE(std::equal(before.begin() + 54, before.end(), after.begin() + 54));
}

TEST_CASE(
    "convolve learning: a link takes up target, weights and rate, and while it runs the weights it "
    "began with") {
    Model model = learner();
    SUBCASE("of a hidden kernel") {}
    SUBCASE("of a painted target") {
        model.paint_target({1, 2}, -4.0);
    }
    model.set_rate(0.003);
    model.learn(3);
    const auto rested = link_pairs(model);
    model.run_learning(true);
    model.learn(3);
    CHECK(link_pairs(model) == rested);
    Model again;
    for (const auto& [name, value] : rested) {
        CAPTURE(name);
        CHECK(apply_pair(again, name, value));
    }
    CHECK(again.learns());
    CHECK(again.learning().hidden == model.learning().hidden);
    CHECK(again.learning().target == model.learning().target);
    CHECK(again.learning().rate == 0.003);
    CHECK(link_pairs(again) == rested);
    clear_unsaid(again);
    CHECK_FALSE(again.learns());
}

TEST_CASE("convolve learning: commands refuse what is not there") {
    Model model;
    CHECK_FALSE(carry_out(model, command("convolve_paint", {{"grid", "target"}})).error.empty());
    CHECK_FALSE(carry_out(model, command("convolve_rate", {{"value", -1}})).error.empty());
    CHECK_FALSE(carry_out(model, command("convolve_look", {{"yaw", INFINITY}})).error.empty());
    model.change([](Setup& setup) { setup.operation = Operation::average_pool; });
    CHECK_FALSE(carry_out(model, command("convolve_learn", {{"on", true}})).error.empty());
    CHECK_FALSE(apply_pair(model, "learn", "blur"));
    CHECK_FALSE(apply_pair(model, "rate", "0.1"));
    CHECK_FALSE(apply_pair(model, "t", "1,2,3"));
    CHECK_FALSE(apply_pair(model, "seen", "1,2"));
}

TEST_CASE(
    "convolve learning: time passes in steps of the transport's speed, and nothing moves at rest") {
    Model model = learner();
    CHECK_FALSE(model.advance(1.0, false));
    model.run_learning(true);
    CHECK(model.advance(0.1, false));
    CHECK(model.learning().steps() == 2);
    model.playback.speed = Playback::kJump;
    CHECK(model.advance(0.01, false));
    CHECK(model.learning().steps() > 30);
    model.run_learning(false);
    CHECK_FALSE(model.advance(1.0, false));
}
