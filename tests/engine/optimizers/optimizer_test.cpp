#include "engine/optimizers/optimizer.h"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

constexpr Index kCount = 37;  // no multiple of any register
constexpr Index kSteps = 4;

/// Parameters and state, updated with the same gradients each step.
struct Run {
    std::vector<float> parameters;
    std::vector<float> gradient;
    std::vector<float> first;
    std::vector<float> second;

    Run() {
        Random random(18, "optimizer");
        parameters = random_floats(random, kCount);
        gradient = random_floats(random, kCount);
        first.assign(at(kCount), 0.0F);
        second.assign(at(kCount), 0.0F);
    }

    void train(const OptimizerSettings& settings, Index split = kCount) {
        for (Index step = 1; step <= kSteps; ++step) {
            const OptimizerStep operands{.parameters = parameters,
                                         .gradient = gradient,
                                         .first_state = first,
                                         .second_state = second,
                                         .step = step};
            optimizer_update(settings, operands, 0, split);
            optimizer_update(settings, operands, split, kCount);
        }
    }
};

/// One number's training in double, written as in PyTorch's documentation.
class Expected {
  public:
    Expected(const OptimizerSettings& settings, double parameter)
        : settings_(settings), parameter_(parameter) {}

    double train(double gradient) {
        for (time_ = 1; time_ <= kSteps; ++time_) {
            step(gradient);
        }
        return parameter_;
    }

  private:
    void step(double gradient) {
        const OptimizerSettings& s = settings_;
        const bool apart = s.type == OptimizerType::adamw;
        parameter_ -= apart ? s.learning_rate * s.weight_decay * parameter_ : 0.0;
        const double g = gradient + (apart ? 0.0 : s.weight_decay * parameter_);
        parameter_ -= s.learning_rate * direction(g);
    }
    double direction(double g) {
        const OptimizerSettings& s = settings_;
        switch (s.type) {
            case OptimizerType::sgd:
                return g;
            case OptimizerType::momentum:
                velocity_ = time_ == 1 ? g : s.momentum * velocity_ + (1.0 - s.dampening) * g;
                return velocity_;
            case OptimizerType::nesterov:
                velocity_ = time_ == 1 ? g : s.momentum * velocity_ + g;
                return g + s.momentum * velocity_;
            case OptimizerType::adagrad:
                square_ += g * g;
                return g / (std::sqrt(square_) + s.epsilon);
            case OptimizerType::rmsprop:
                square_ = s.alpha * square_ + (1.0 - s.alpha) * g * g;
                velocity_ = s.momentum * velocity_ + g / (std::sqrt(square_) + s.epsilon);
                return velocity_;
            case OptimizerType::adam:
            case OptimizerType::adamw:
                break;
        }
        velocity_ = s.beta1 * velocity_ + (1.0 - s.beta1) * g;
        square_ = s.beta2 * square_ + (1.0 - s.beta2) * g * g;
        const double mean_hat = velocity_ / (1.0 - std::pow(s.beta1, time_));
        const double square_hat = square_ / (1.0 - std::pow(s.beta2, time_));
        return mean_hat / (std::sqrt(square_hat) + s.epsilon);
    }

    OptimizerSettings settings_;
    double parameter_;
    double velocity_ = 0.0;
    double square_ = 0.0;
    Index time_ = 0;
};

const std::vector<OptimizerSettings> kSettings{
    {.type = OptimizerType::sgd, .learning_rate = 0.1},
    {.type = OptimizerType::sgd, .learning_rate = 0.1, .weight_decay = 0.3},
    {.type = OptimizerType::momentum, .learning_rate = 0.05, .momentum = 0.9},
    {.type = OptimizerType::momentum, .learning_rate = 0.05, .momentum = 0.8, .weight_decay = 0.2},
    {.type = OptimizerType::adam, .learning_rate = 0.01},
    {.type = OptimizerType::adam,
     .learning_rate = 0.02,
     .beta1 = 0.8,
     .beta2 = 0.95,
     .weight_decay = 0.1},
    {.type = OptimizerType::momentum, .learning_rate = 0.05, .dampening = 0.4},
    {.type = OptimizerType::nesterov, .learning_rate = 0.05, .weight_decay = 0.2},
    {.type = OptimizerType::adagrad, .learning_rate = 0.05, .weight_decay = 0.1},
    {.type = OptimizerType::rmsprop, .learning_rate = 0.01, .momentum = 0.0},
    {.type = OptimizerType::rmsprop, .learning_rate = 0.01, .alpha = 0.8, .weight_decay = 0.1},
    {.type = OptimizerType::adamw, .learning_rate = 0.02, .weight_decay = 0.3},
};

}  // namespace

TEST_CASE("optimizer_update: four steps are those of PyTorch's formulas in double") {
    for (const OptimizerSettings& settings : kSettings) {
        const Run start;
        Run run;
        run.train(settings);
        for (std::size_t i = 0; i < at(kCount); ++i) {
            const double expected = Expected(settings, static_cast<double>(start.parameters[i]))
                                        .train(static_cast<double>(start.gradient[i]));
            // A few roundings of numbers near 1.
            CHECK(std::abs(static_cast<double>(run.parameters[i]) - expected) < 1e-6);
        }
    }
}

TEST_CASE("optimizer_update: any split of the elements gives the same bits") {
    for (const OptimizerSettings& settings : kSettings) {
        Run whole;
        whole.train(settings);
        for (const Index split : {0, 1, 5, 16, 21, 36}) {
            Run parts;
            parts.train(settings, split);
            CHECK(parts.parameters == whole.parameters);
            CHECK(parts.first == whole.first);
            CHECK(parts.second == whole.second);
        }
    }
}

TEST_CASE("optimizer_update: state never becomes denormal") {
    for (const OptimizerType type : {OptimizerType::momentum,
                                     OptimizerType::nesterov,
                                     OptimizerType::adam,
                                     OptimizerType::adamw}) {
        Run run;
        for (float& value : run.gradient) {
            value *= 1e-32F;
        }
        run.train({.type = type});
        for (std::size_t i = 0; i < at(kCount); ++i) {
            CHECK(run.first[i] == 0.0F);
            CHECK(run.second[i] == 0.0F);
        }
    }
}

TEST_CASE("optimizer: a parameter without a gradient stays, even with an epsilon of 0") {
    for (const OptimizerType type :
         {OptimizerType::adagrad, OptimizerType::rmsprop, OptimizerType::adam}) {
        const Run start;
        Run run;
        run.gradient.assign(run.gradient.size(), 0.0F);
        run.train({.type = type, .epsilon = 0.0});
        CHECK(run.parameters == start.parameters);
    }
}

TEST_CASE("optimizer: names are found again, with their state and PyTorch's defaults") {
    for (int number = 0; number <= static_cast<int>(OptimizerType::adamw); ++number) {
        const auto type = static_cast<OptimizerType>(number);
        CHECK(find_optimizer(optimizer_name(type)) == type);
        CHECK(optimizer_names().find(optimizer_name(type)) != std::string_view::npos);
    }
    CHECK_FALSE(find_optimizer("lion").has_value());
    CHECK(optimizer_state_count(OptimizerType::sgd) == 0);
    CHECK(optimizer_state_count(OptimizerType::adagrad) == 1);
    CHECK(optimizer_state_count(OptimizerType::adamw) == 2);
    CHECK(default_optimizer(OptimizerType::rmsprop).momentum == 0.0);
    CHECK(default_optimizer(OptimizerType::adagrad).epsilon == 1e-10);
    CHECK(default_optimizer(OptimizerType::adamw).weight_decay == 0.01);
}
