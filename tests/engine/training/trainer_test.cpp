#include "engine/training/trainer.h"

#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"
#include "engine/training/evaluator.h"
#include "engine/training/sampler.h"
#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::unique_ptr<Trainer> make_trainer(const TrainerSettings& settings,
                                      const std::string& network = kTinyNetwork) {
    auto spec = parse_network_file(network);
    REQUIRE(spec.ok());
    auto trainer = Trainer::create(std::move(*spec), settings);
    REQUIRE_MESSAGE(trainer.ok(), trainer.error().message);
    return std::move(*trainer);
}

struct Trajectory {
    std::vector<double> losses;
    std::vector<float> parameters;

    bool operator==(const Trajectory&) const = default;
};

Trajectory train(const Dataset& dataset,
                 const TrainerSettings& settings,
                 Index steps,
                 const std::string& network = kTinyNetwork) {
    const auto trainer = make_trainer(settings, network);
    Sampler sampler(dataset, settings.seed);
    Trajectory trajectory;
    std::vector<std::uint32_t> batch;
    for (Index step = 0; step < steps; ++step) {
        REQUIRE(sampler.next(settings.batch_size, batch));
        trajectory.losses.push_back(trainer->step(dataset, batch).loss);
    }
    const auto parameters = trainer->network().parameters();
    trajectory.parameters.assign(parameters.begin(), parameters.end());
    return trajectory;
}

TrainerSettings settings_of(OptimizerType type, double rate, int threads, std::uint64_t seed) {
    return {.optimizer = {.type = type, .learning_rate = rate},
            .batch_size = 150,
            .seed = seed,
            .threads = threads};
}

}  // namespace

TEST_CASE("trainer: losses and weights are the same, bit for bit, at any number of threads") {
    // 150 images: more micro-batches than shards, the last one not full; the epoch's last batch is
    // smaller still.
    const auto dataset = tiny_dataset({240, 120}, 6);
    for (const OptimizerType type :
         {OptimizerType::sgd, OptimizerType::momentum, OptimizerType::adam}) {
        const Trajectory one = train(*dataset, settings_of(type, 0.01, 1, 1), 9);
        CHECK(train(*dataset, settings_of(type, 0.01, 1, 1), 9) == one);
        CHECK(train(*dataset, settings_of(type, 0.01, 2, 1), 9) == one);
        CHECK(train(*dataset, settings_of(type, 0.01, 4, 1), 9) == one);
        CHECK(train(*dataset, settings_of(type, 0.01, 1, 2), 9) != one);
    }
}

TEST_CASE("trainer: the same bits at any number of threads with a wide network too") {
    const auto dataset = tiny_dataset({240, 120}, 6);
    const auto settings = [](int threads) {
        return settings_of(OptimizerType::momentum, 0.01, threads, 1);
    };
    const Trajectory one = train(*dataset, settings(1), 5, kWideNetwork);
    for (const int threads : {2, 3, 4}) {
        CHECK(train(*dataset, settings(threads), 5, kWideNetwork) == one);
    }
}

TEST_CASE("trainer: a tiny network learns a tiny problem by heart") {
    const auto dataset = tiny_dataset({120}, 30);
    const auto settings = settings_of(OptimizerType::adam, 0.01, 2, 1);
    const auto trainer = make_trainer(settings);
    Sampler sampler(*dataset, 1);
    std::vector<std::uint32_t> batch;
    double first = 0.0;
    StepReport report;
    for (Index step = 0; step < 150; ++step) {
        REQUIRE(sampler.next(settings.batch_size, batch));
        report = trainer->step(*dataset, batch);
        first = step == 0 ? report.loss : first;
    }
    CHECK(first > 0.5);
    CHECK(report.loss < 0.05);
    CHECK(report.correct == report.images);
}

TEST_CASE("trainer: a loss that is not finite stops before the update") {
    const auto dataset = tiny_dataset({48}, 6);
    const auto trainer = make_trainer(settings_of(OptimizerType::sgd, 0.1, 1, 1));
    trainer->network().parameters()[0] = std::numeric_limits<float>::infinity();
    trainer->parameters_changed();
    const float before = trainer->network().parameters()[1];
    const std::vector<std::uint32_t> batch = {0, 1, 2};
    const StepReport report = trainer->step(*dataset, batch);
    CHECK(report.diverged);
    CHECK(report.step == 1);
    CHECK(trainer->steps() == 0);
    CHECK(trainer->network().parameters()[1] == before);
}

TEST_CASE("trainer: a bad step leaves parameters, running statistics and optimiser as they were") {
    auto spec = parse_network_file(R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
        {"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3},
        {"name": "bn", "type": "batch_norm2d"}, {"type": "flatten"},
        {"name": "fc", "type": "linear", "out_features": 3}]})");
    REQUIRE(spec.ok());
    auto created = Trainer::create(
        std::move(*spec),
        {.optimizer = default_optimizer(OptimizerType::adam), .batch_size = 20, .threads = 2});
    REQUIRE(created.ok());
    Trainer& trainer = **created;
    const auto dataset = tiny_dataset({48}, 6);
    std::vector<std::uint32_t> batch(20);
    std::iota(batch.begin(), batch.end(), 0U);
    CHECK_FALSE(trainer.step(*dataset, batch).diverged);
    Network& network = trainer.network();
    const NamedParameter& weight = *network.find_parameter("fc.weight");
    std::vector<float> tensor = network.to_pytorch_order(weight, network.parameters());
    tensor[5] = std::numeric_limits<float>::infinity();
    network.from_pytorch_order(weight, tensor, network.parameters());
    trainer.parameters_changed();
    const TrainingState before = trainer.state();
    const StepReport report = trainer.step(*dataset, batch);
    CHECK(report.diverged);
    CHECK(report.problem.find("layer 3 (\"fc\"): its parameters are not finite") !=
          std::string::npos);
    CHECK(trainer.state() == before);
}

TEST_CASE("trainer: the watchdog tells outputs that overflow from gradients that do") {
    const auto dataset = tiny_dataset({48}, 6);
    const std::vector<std::uint32_t> batch = {0, 1, 2};
    const auto problem_with = [&](const std::string& name, float value) {
        const auto trainer = make_trainer(settings_of(OptimizerType::sgd, 0.1, 1, 1));
        Network& network = trainer->network();
        const NamedParameter& weight = *network.find_parameter(name);
        const std::vector<float> tensor(static_cast<std::size_t>(weight.count), value);
        network.from_pytorch_order(weight, tensor, network.parameters());
        trainer->parameters_changed();
        return trainer->step(*dataset, batch).problem;
    };
    CHECK(problem_with("conv.weight", 0.1F).empty());
    // Beyond a float only two layers later.
    CHECK(problem_with("hidden.weight", 1e19F).find("gradients") != std::string::npos);
    CHECK(problem_with("conv.weight", 1e21F).find("(\"conv\"): its parameters reach 1e+21") !=
          std::string::npos);
}

TEST_CASE("trainer: a state goes into a trainer of the same network alone") {
    const auto trainer = make_trainer(settings_of(OptimizerType::adam, 0.01, 1, 1));
    TrainingState state = trainer->state();
    CHECK(trainer->restore(state).ok());
    state.parameters.pop_back();
    CHECK_FALSE(trainer->restore(state).ok());
    state = trainer->state();
    state.optimizer = OptimizerType::sgd;
    CHECK_FALSE(trainer->restore(state).ok());
}

TEST_CASE("trainer: reset brings back the first step") {
    const auto dataset = tiny_dataset({48}, 6);
    const auto trainer = make_trainer(settings_of(OptimizerType::momentum, 0.05, 1, 9));
    std::vector<std::uint32_t> batch(20);
    std::iota(batch.begin(), batch.end(), 0U);
    std::vector<double> first;
    std::vector<double> again;
    for (int step = 0; step < 4; ++step) {
        first.push_back(trainer->step(*dataset, batch).loss);
    }
    trainer->reset(9);
    CHECK(trainer->steps() == 0);
    for (int step = 0; step < 4; ++step) {
        again.push_back(trainer->step(*dataset, batch).loss);
    }
    CHECK(first == again);
}

TEST_CASE("trainer: threads, batch size and optimiser may change between steps") {
    const auto dataset = tiny_dataset({120}, 6);
    const auto trainer = make_trainer(settings_of(OptimizerType::sgd, 0.05, 1, 1));
    const std::vector<std::uint32_t> batch = {0, 1, 2, 3, 4, 5};
    const double loss = trainer->step(*dataset, batch).loss;
    REQUIRE(trainer->set_threads(3).ok());
    REQUIRE(trainer->set_batch_size(6).ok());
    trainer->set_optimizer({.type = OptimizerType::adam, .learning_rate = 0.01});
    double last = loss;
    for (int step = 0; step < 20; ++step) {
        last = trainer->step(*dataset, batch).loss;
    }
    CHECK(last < loss);
    CHECK_FALSE(trainer->set_batch_size(0).ok());
    CHECK(trainer->settings().batch_size == 6);
}

TEST_CASE("evaluator: slices change nothing, and the confusion matrix adds up") {
    const auto dataset = tiny_dataset({48}, 100);
    const auto trainer = make_trainer(settings_of(OptimizerType::sgd, 0.05, 3, 1));
    auto evaluator = Evaluator::create(trainer->network(), trainer->pool());
    REQUIRE(evaluator.ok());
    std::vector<std::uint32_t> images(100);
    std::iota(images.begin(), images.end(), 0U);
    std::vector<double> losses;
    for (const Index slice : {1, 2, 1000}) {
        (*evaluator)->begin(*dataset, Split::test, images);
        while (!(*evaluator)->run_slice(slice)) {
        }
        const Evaluation& result = (*evaluator)->result();
        losses.push_back(result.loss);
        CHECK(result.count == 100);
        Index diagonal = 0;
        for (std::size_t row = 0; row < 3; ++row) {
            const auto begin = result.confusion.begin() + static_cast<std::ptrdiff_t>(row * 3);
            CHECK(std::accumulate(begin, begin + 3, Index{0}) == (row == 0 ? 34 : 33));
            diagonal += result.confusion[row * 3 + row];
        }
        CHECK(diagonal == result.correct);
    }
    CHECK(losses[0] == losses[1]);
    CHECK(losses[0] == losses[2]);
}
