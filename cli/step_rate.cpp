#include "cli/step_rate.h"

#include <numeric>
#include <string>
#include <utility>

#include "cli/session_driver.h"
#include "engine/core/random.h"

namespace convoscope::cli {
namespace {

constexpr Index kNoiseClasses = 10;

Result<std::unique_ptr<Dataset>> make_noise(const Shape& shape, Index count) {
    DataManifest manifest;
    manifest.name = "noise";
    manifest.input = shape;
    manifest.classes.resize(kNoiseClasses, "class");
    manifest.mean.assign(static_cast<std::size_t>(shape.channels), 0.0F);
    manifest.deviation.assign(static_cast<std::size_t>(shape.channels), 1.0F);
    manifest.shards[0].push_back({.count = count, .sha256 = ""});
    std::vector<std::byte> bytes(static_cast<std::size_t>(count * (1 + shape.element_count())));
    Random random(1, "noise");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const bool label = i < static_cast<std::size_t>(count);
        bytes[i] = static_cast<std::byte>(random.below(label ? kNoiseClasses : 256));
    }
    Result<std::unique_ptr<Dataset>> dataset = Dataset::open(std::move(manifest));
    if (dataset) {
        if (const Status added = (*dataset)->add_shard(Split::train, 0, bytes); !added) {
            return added.error();
        }
    }
    return dataset;
}

}  // namespace

Result<StepRate> StepRate::create(NetworkSpec spec, Index batch, int threads) {
    StepRate rate;
    Result<std::unique_ptr<Dataset>> noise = make_noise(spec.input, batch);
    if (!noise) {
        return noise.error();
    }
    rate.noise_ = std::move(*noise);
    Result<std::unique_ptr<Trainer>> trainer =
        Trainer::create(std::move(spec),
                        {.optimizer = {.type = OptimizerType::momentum, .learning_rate = 1e-4},
                         .batch_size = batch,
                         .seed = 1,
                         .threads = threads});
    if (!trainer) {
        return trainer.error();
    }
    rate.trainer_ = std::move(*trainer);
    rate.images_.resize(static_cast<std::size_t>(batch));
    std::iota(rate.images_.begin(), rate.images_.end(), 0U);
    return rate;
}

double StepRate::images_per_second(double seconds) {
    const double begin = clock_seconds();
    double images = 0.0;
    double elapsed = 0.0;
    do {
        step();
        images += static_cast<double>(images_.size());
        elapsed = clock_seconds() - begin;
    } while (elapsed < seconds);
    return images / elapsed;
}

double StepRate::gigaflops(double images_per_second) const {
    const auto multiplications =
        static_cast<double>(trainer_->network().training_multiply_accumulates());
    return images_per_second * 2.0 * multiplications * 1e-9;
}

}  // namespace convoscope::cli
