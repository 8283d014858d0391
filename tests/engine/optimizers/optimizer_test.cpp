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
double expected_parameter(const OptimizerSettings& s, double p, double gradient) {
    double velocity = 0.0;
    double mean = 0.0;
    double square = 0.0;
    for (Index t = 1; t <= kSteps; ++t) {
        const double g = gradient + s.weight_decay * p;
        switch (s.type) {
            case OptimizerType::sgd:
                p -= s.learning_rate * g;
                break;
            case OptimizerType::momentum:
                velocity = t == 1 ? g : s.momentum * velocity + g;
                p -= s.learning_rate * velocity;
                break;
            case OptimizerType::adam:
                mean = s.beta1 * mean + (1.0 - s.beta1) * g;
                square = s.beta2 * square + (1.0 - s.beta2) * g * g;
                const double mean_hat = mean / (1.0 - std::pow(s.beta1, t));
                const double square_hat = square / (1.0 - std::pow(s.beta2, t));
                p -= s.learning_rate * mean_hat / (std::sqrt(square_hat) + s.epsilon);
                break;
        }
    }
    return p;
}

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
};

}  // namespace

TEST_CASE("optimizer_update: four steps are those of PyTorch's formulas in double") {
    for (const OptimizerSettings& settings : kSettings) {
        const Run start;
        Run run;
        run.train(settings);
        for (std::size_t i = 0; i < at(kCount); ++i) {
            const double expected = expected_parameter(settings,
                                                       static_cast<double>(start.parameters[i]),
                                                       static_cast<double>(start.gradient[i]));
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
    for (const OptimizerType type : {OptimizerType::momentum, OptimizerType::adam}) {
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

TEST_CASE("optimizer_state_count: SGD has none, momentum one, Adam two") {
    CHECK(optimizer_state_count(OptimizerType::sgd) == 0);
    CHECK(optimizer_state_count(OptimizerType::momentum) == 1);
    CHECK(optimizer_state_count(OptimizerType::adam) == 2);
}
