#include "engine/measurement/convolution_comparison.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/network/lane_layout.h"

namespace convoscope {
namespace {

/// Of several stretches the fastest counts. One lasts at least so long that a browser's coarse
/// clock does not matter, and is short enough that some are left in peace by whatever else the
/// machine does.
constexpr double kStretchSeconds = 0.003;
constexpr int kMostStretches = 5;  // fewer of what takes longer
constexpr int kMostRepeats = 1000;
constexpr double kWinogradLoss = 3.0;

}  // namespace

double rounding_bound(ConvolutionWay way, Index terms, double magnitude) {
    constexpr double kUnit = 0x1p-24;  // half the distance between 1 and the next float
    return (way == ConvolutionWay::winograd ? kWinogradLoss : 1.0) * kUnit *
           static_cast<double>(terms) * magnitude;
}

std::vector<int> compared_threads(int available) {
    std::vector<int> counts;
    for (int count = 1; count < available; count *= 2) {
        counts.push_back(count);
    }
    counts.push_back(available);
    return counts;
}

ConvolutionComparison::ConvolutionComparison(const ComparedConvolution& convolution,
                                             const Options& options,
                                             std::function<double()> clock_seconds)
    : convolution_(convolution),
      geometry_(convolution.geometry()),
      options_(options),
      clock_seconds_(std::move(clock_seconds)),
      numbers_(ComparedNumbers::make(convolution)),
      pool_(options.threads),
      output_(at(numbers_.micro_batches * kLanes * geometry_.output.element_count())) {
    for (const ConvolutionWay way : kConvolutionWays) {
        const bool wanted = way != ConvolutionWay::scalar || options_.scalar;
        if (!wanted || !way_applies(way, geometry_)) {
            continue;
        }
        for (const int threads : compared_threads(pool_.thread_count())) {
            planned_.push_back({.way = way, .threads = threads});
        }
    }
}

bool ConvolutionComparison::run_next() {
    if (runs_.size() == planned_.size()) {
        return false;
    }
    if (options_.check && exact_.empty()) {
        compute_exact();
    }
    ConvolutionRun run = planned_[runs_.size()];
    if (!prepared_ || runs_.back().way != run.way) {
        prepare(run.way);
    }
    run.seconds = timed(run.threads);
    if (options_.check) {
        check(run);
    }
    runs_.push_back(run);
    return true;
}

void ConvolutionComparison::prepare(ConvolutionWay way) {
    prepared_ = prepare_convolution(way, geometry_, numbers_.weights);
    scratch_.resize(at(prepared_->scratch_floats() * pool_.thread_count()));
}

/// A task a thread, which takes every n-th micro-batch.
void ConvolutionComparison::run_once(int threads) {
    const std::size_t in = at(kLanes * geometry_.input.element_count());
    const std::size_t out = at(kLanes * geometry_.output.element_count());
    const std::size_t scratch = at(prepared_->scratch_floats());
    const std::span<const float> input = prepared_->planar() ? numbers_.planar : numbers_.lanes;
    pool_.run(threads, [&](Index task, Index thread) {
        for (Index i = task; i < numbers_.micro_batches; i += threads) {
            prepared_->run(input.subspan(at(i) * in, in),
                           std::span(scratch_).subspan(at(thread) * scratch, scratch),
                           std::span(output_).subspan(at(i) * out, out));
        }
    });
}

double ConvolutionComparison::timed(int threads) {
    run_once(threads);  // memory and threads are there afterwards
    double fastest = std::numeric_limits<double>::infinity();
    double total = 0.0;
    for (int i = 0; i < kMostStretches && total < kMostStretches * kStretchSeconds; ++i) {
        const double begin = clock_seconds_();
        double elapsed = 0.0;
        int repeats = 0;
        while (elapsed < kStretchSeconds && repeats < kMostRepeats) {
            run_once(threads);
            ++repeats;
            elapsed = clock_seconds_() - begin;
        }
        fastest = std::min(fastest, elapsed / repeats);
        total += elapsed;
    }
    return fastest;
}

void ConvolutionComparison::compute_exact() {
    const std::size_t in = at(geometry_.input.element_count());
    const std::size_t out = at(geometry_.output.element_count());
    const std::vector<double> weights(numbers_.weights.begin(), numbers_.weights.end());
    exact_.resize(output_.size());
    pool_.run(numbers_.micro_batches * kLanes, [&](Index image, Index) {
        const auto begin = numbers_.planar.begin() +
                           image * std::ssize(numbers_.planar) / (numbers_.micro_batches * kLanes);
        const std::vector<double> pixels(begin, begin + static_cast<std::ptrdiff_t>(in));
        kernels::reference::conv2d_forward(
            geometry_, pixels, weights, {}, std::span(exact_).subspan(at(image) * out, out));
    });
}

void ConvolutionComparison::check(ConvolutionRun& run) {
    if (run.threads == 1) {
        output_of_one_thread_ = output_;
        run.agreement = {.greatest_difference = greatest_difference(),
                         .bound = rounding_bound(
                             run.way, geometry_.weights_per_output(), numbers_.greatest_magnitude)};
    } else {
        run.identical =
            std::memcmp(output_.data(), output_of_one_thread_.data(), output_.size() * 4) == 0;
    }
}

double ConvolutionComparison::greatest_difference() const {
    const std::size_t out = at(geometry_.output.element_count());
    std::vector<float> image(out);
    double greatest = 0.0;
    for (Index i = 0; i < numbers_.micro_batches * kLanes; ++i) {
        if (prepared_->planar()) {
            std::copy_n(output_.begin() + i * std::ssize(image), out, image.begin());
        } else {
            const std::size_t micro_batch = at(i / kLanes) * out * at(kLanes);
            from_lane(geometry_.output,
                      std::span(output_).subspan(micro_batch, out * at(kLanes)),
                      i % kLanes,
                      image);
        }
        for (std::size_t j = 0; j < out; ++j) {
            const double difference =
                std::abs(static_cast<double>(image[j]) - exact_[at(i) * out + j]);
            if (!(difference <= greatest)) {  // also what is not a number: as far as can be
                greatest =
                    std::isnan(difference) ? std::numeric_limits<double>::infinity() : difference;
            }
        }
    }
    return greatest;
}

}  // namespace convoscope
