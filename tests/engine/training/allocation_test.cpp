// A training step allocates nothing, and a long training keeps nothing.

#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"
#include "engine/training/trainer.h"
#include "tests/support/allocation_count.h"
#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::unique_ptr<Trainer> make_trainer(const std::string& network, const TrainerSettings& settings) {
    auto spec = parse_network_file(network);
    REQUIRE(spec.ok());
    auto trainer = Trainer::create(std::move(*spec), settings);
    REQUIRE_MESSAGE(trainer.ok(), trainer.error().message);
    return std::move(*trainer);
}

const std::string kNetworkWithNorm = R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
    {"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
    {"type": "batch_norm2d"}, {"type": "relu"}, {"type": "flatten"}, {"type": "dropout"},
    {"type": "linear", "out_features": 3}]})";

}  // namespace

TEST_CASE("allocations: a step makes none, whatever it is made of") {
    const auto dataset = tiny_dataset({120}, 6);
    std::vector<std::uint32_t> batch(50);
    std::iota(batch.begin(), batch.end(), 0U);
    for (const std::string& network : {kTinyNetwork, kWideNetwork, kNetworkWithNorm}) {
        for (const OptimizerType type :
             {OptimizerType::sgd, OptimizerType::rmsprop, OptimizerType::adamw}) {
            for (const LossType loss : {LossType::cross_entropy, LossType::mse}) {
                const auto trainer = make_trainer(network,
                                                  {.optimizer = default_optimizer(type),
                                                   .schedule = {.type = ScheduleType::one_cycle},
                                                   .span = {.total_steps = 100},
                                                   .clipping = {.value = 0.5, .norm = 1.0},
                                                   .loss = {.type = loss, .label_smoothing = 0.1},
                                                   .batch_size = 50,
                                                   .threads = 2});
                trainer->step(*dataset, batch);
                const AllocationCount before = allocation_count();
                for (int step = 0; step < 20; ++step) {
                    trainer->step(*dataset, batch);
                }
                CHECK(allocation_count().made == before.made);
            }
        }
    }
}

TEST_CASE("allocations: 10,000 steps leave as much memory in use as 1,000 do") {
    Laboratory lab(1);
    lab.open({24});
    lab.configure({{"batch_size", 11}, {"validation_interval", 100}, {"threads", 1}});
    const auto train = [&](Index steps) {
        for (Index done = 0; done < steps; done += 500) {
            lab.send({{"command", "step"}, {"count", 500}});
            for (int slice = 0; slice < 400 && count_of(lab.run(), "metrics") > 0; ++slice) {
            }
        }
        lab.send({{"command", "pause"}});
        return allocation_count().live;
    };
    // The loss curve is halved, the history thinned and the list of evaluations full by then.
    const std::int64_t warm = train(7000);
    const std::int64_t later = train(10000);
    // A few numbers in JSON become longer or shorter than before.
    CHECK(later - warm < 200);
}
