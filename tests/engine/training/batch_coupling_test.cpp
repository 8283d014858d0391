// Training of networks whose batches run in phases: batch norm, besides dropout and joins.

#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/network/network_file.h"
#include "engine/network/single_run.h"
#include "engine/training/evaluator.h"
#include "engine/training/trainer.h"
#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

const std::string kResidualNetwork =
    R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
    {"name": "stem", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
    {"name": "bn0", "type": "batch_norm2d"}, {"name": "relu0", "type": "relu"},
    {"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
    {"name": "bn1", "type": "batch_norm2d"},
    {"name": "sum", "type": "add", "inputs": ["bn1", "relu0"]},
    {"name": "relu1", "type": "relu"},
    {"name": "drop", "type": "dropout", "p": 0.2},
    {"name": "flat", "type": "flatten"},
    {"name": "fc", "type": "linear", "out_features": 3}]})";

const std::string kOnePixelNetwork =
    R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
    {"name": "conv", "type": "conv2d", "out_channels": 3, "kernel_size": 6},
    {"name": "bn", "type": "batch_norm2d"}, {"name": "flat", "type": "flatten"}]})";

TrainerSettings settings_of(int threads, Index batch_size) {
    return {.optimizer = {.type = OptimizerType::momentum, .learning_rate = 0.02},
            .batch_size = batch_size,
            .seed = 1,
            .threads = threads};
}

std::unique_ptr<Trainer> make_trainer(const std::string& file, const TrainerSettings& settings) {
    auto spec = parse_network_file(file);
    REQUIRE(spec.ok());
    auto trainer = Trainer::create(std::move(*spec), settings);
    REQUIRE_MESSAGE(trainer.ok(), trainer.error().message);
    return std::move(*trainer);
}

std::vector<std::uint32_t> first_images(std::uint32_t count) {
    std::vector<std::uint32_t> images(count);
    std::iota(images.begin(), images.end(), 0U);
    return images;
}

/// All that some steps leave behind.
std::vector<float> train(Trainer& trainer, const Dataset& dataset, int steps) {
    std::vector<float> numbers;
    for (int step = 0; step < steps; ++step) {
        // More micro-batches than shards, the last one not full; then a smaller batch.
        const StepReport report = trainer.step(dataset, first_images(step % 2 == 0 ? 150 : 37));
        numbers.push_back(static_cast<float>(report.loss));
    }
    const Network& network = trainer.network();
    numbers.insert(numbers.end(), network.parameters().begin(), network.parameters().end());
    numbers.insert(numbers.end(), network.buffers().begin(), network.buffers().end());
    return numbers;
}

}  // namespace

TEST_CASE("batch norm in training: the same numbers, bit for bit, at any number of threads") {
    const auto dataset = tiny_dataset({150}, 6);
    const auto one = make_trainer(kResidualNetwork, settings_of(1, 150));
    const std::vector<float> expected = train(*one, *dataset, 6);
    for (const int threads : {2, 3, 4}) {
        const auto trainer = make_trainer(kResidualNetwork, settings_of(threads, 150));
        CHECK(train(*trainer, *dataset, 6) == expected);
    }
}

TEST_CASE("batch norm in training: a residual network learns, and evaluates by what it gathered") {
    const auto dataset = tiny_dataset({120}, 30);
    const auto trainer = make_trainer(kResidualNetwork, settings_of(2, 120));
    for (int step = 0; step < 120; ++step) {
        trainer->step(*dataset, first_images(120));
    }
    auto evaluator = Evaluator::create(trainer->network(), trainer->pool());
    REQUIRE(evaluator.ok());
    (*evaluator)->begin(*dataset, Split::test, first_images(30));
    while (!(*evaluator)->run_slice(1)) {
    }
    CHECK((*evaluator)->result().accuracy() > 0.95);
}

TEST_CASE("batch norm in training: a reset starts running statistics and dropout anew") {
    const auto dataset = tiny_dataset({150}, 6);
    const auto trainer = make_trainer(kResidualNetwork, settings_of(1, 150));
    const std::vector<float> first = train(*trainer, *dataset, 3);
    trainer->reset(1);
    CHECK(train(*trainer, *dataset, 3) == first);
}

TEST_CASE("batch norm in training: a loss that is not finite leaves running statistics alone") {
    const auto dataset = tiny_dataset({48}, 6);
    const auto trainer = make_trainer(kResidualNetwork, settings_of(1, 48));
    for (float& parameter : trainer->network().parameters()) {
        parameter = 1e38F;
    }
    trainer->parameters_changed();
    const std::vector<float> before(trainer->network().buffers().begin(),
                                    trainer->network().buffers().end());
    CHECK(trainer->step(*dataset, first_images(48)).diverged);
    const std::vector<float> after(trainer->network().buffers().begin(),
                                   trainer->network().buffers().end());
    CHECK(after == before);
}

TEST_CASE("batch norm in training: a batch whose activations are too many is refused beforehand") {
    std::string layers;
    for (int layer = 0; layer < 12; ++layer) {
        layers += R"({"type": "conv2d", "out_channels": 64, "kernel_size": 1},
                     {"type": "batch_norm2d"}, {"type": "relu"}, )";
    }
    auto spec = parse_network_file(
        R"({"format": "convoscope/1", "input": [1, 64, 64], "layers": [)" + layers +
        R"({"type": "conv2d", "out_channels": 2, "kernel_size": 64}]})");
    REQUIRE(spec.ok());
    const auto trainer = Trainer::create(std::move(*spec), settings_of(1, 4096));
    REQUIRE_FALSE(trainer.ok());
    INFO(trainer.error().message);
    CHECK(trainer.error().message.find("smaller batch_size") != std::string::npos);
    CHECK(trainer.error().message.find("bytes; expected at most") != std::string::npos);
}

TEST_CASE("batch norm in training: one value per channel has no variance, and is said so") {
    const auto dataset = tiny_dataset({48}, 6);
    auto spec = parse_network_file(kOnePixelNetwork);
    REQUIRE(spec.ok());
    const auto refused = Trainer::create(std::move(*spec), settings_of(1, 1));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("layer 1 (\"bn\")") == 0);
    CHECK(refused.error().message.find("one value per channel") != std::string::npos);

    const auto trainer = make_trainer(kOnePixelNetwork, settings_of(1, 8));
    CHECK(trainer->step(*dataset, first_images(8)).problem.empty());
    const StepReport report = trainer->step(*dataset, first_images(1));
    CHECK(report.problem.find("one value per channel") != std::string::npos);
    CHECK(trainer->steps() == 1);
    CHECK_FALSE(trainer->set_batch_size(1).ok());
    CHECK(trainer->settings().batch_size == 8);
    CHECK(trainer->step(*dataset, first_images(8)).problem.empty());
}

TEST_CASE("batch norm in training: a step leaves the running statistics that a single run leaves") {
    const auto dataset = tiny_dataset({48}, 6);
    const auto trainer = make_trainer(kOnePixelNetwork, settings_of(2, 20));
    std::vector<float> images(at(20 * kTinyPixels));
    const std::vector<std::uint32_t> batch = first_images(20);
    std::vector<std::int64_t> labels;
    for (Index image = 0; image < 20; ++image) {
        std::vector<float> lanes(at(kTinyPixels * kLanes));
        dataset->fill_lanes(Split::train, std::span(batch).subspan(at(image), 1), lanes);
        for (Index pixel = 0; pixel < kTinyPixels; ++pixel) {
            images[at(image * kTinyPixels + pixel)] = lanes[at(pixel * kLanes)];
        }
        labels.push_back(dataset->label(Split::train, image));
    }
    const auto run = single_run(trainer->network(),
                                {.input = images,
                                 .count = 20,
                                 .loss = LossType::cross_entropy,
                                 .labels = labels,
                                 .target = {},
                                 .training = true});
    REQUIRE_MESSAGE(run.ok(), run.error().message);
    const StepReport report = trainer->step(*dataset, batch);
    CHECK(report.loss == doctest::Approx(static_cast<double>(run->loss.value_or(0.0F))));
    const std::vector<float> buffers(trainer->network().buffers().begin(),
                                     trainer->network().buffers().end());
    CHECK(buffers == run->buffers);
}
