#include "web/models/metric_series.h"

#include <algorithm>
#include <cmath>

namespace convoscope::models {
namespace {

void widen(Bucket& bucket, float value) {
    if (bucket.count == 0) {
        bucket.mean = bucket.least = bucket.greatest = value;
        bucket.count = 1;
        return;
    }
    ++bucket.count;
    bucket.mean += (value - bucket.mean) / static_cast<float>(bucket.count);
    bucket.least = std::min(bucket.least, value);
    bucket.greatest = std::max(bucket.greatest, value);
}

Bucket merged(const Bucket& a, const Bucket& b) {
    const auto count = a.count + b.count;
    const float share = static_cast<float>(b.count) / static_cast<float>(count);
    return {.first_step = a.first_step,
            .count = count,
            .mean = a.mean + (b.mean - a.mean) * share,
            .least = std::min(a.least, b.least),
            .greatest = std::max(a.greatest, b.greatest)};
}

}  // namespace

void MetricSeries::append(std::span<const float> values) {
    for (const float value : values) {
        if (std::isfinite(value)) {
            add_to_buckets(value);
        }
        values_.push_back(value);
    }
}

void MetricSeries::clear() {
    values_.clear();
    buckets_.clear();
    bucket_steps_ = kFirstBucketSteps;
}

void MetricSeries::cut(std::size_t count) {
    if (count >= values_.size()) {
        return;
    }
    const std::vector<float> left(values_.begin(),
                                  values_.begin() + static_cast<std::ptrdiff_t>(count));
    clear();
    append(left);
}

float MetricSeries::mean_of_last(std::size_t count) const {
    return mean_before(values_.size(), count);
}

float MetricSeries::mean_before(std::size_t end, std::size_t count) const {
    end = std::min(end, values_.size());
    const std::size_t start = end - std::min(count, end);
    double sum = 0.0;
    std::size_t finite = 0;
    for (std::size_t i = start; i < end; ++i) {
        if (std::isfinite(values_[i])) {
            sum += static_cast<double>(values_[i]);
            ++finite;
        }
    }
    return finite == 0 ? 0.0F : static_cast<float>(sum / static_cast<double>(finite));
}

void MetricSeries::add_to_buckets(float value) {
    const std::size_t step = values_.size();
    const std::size_t first_step = step - step % bucket_steps_;
    if (buckets_.empty() || buckets_.back().first_step != first_step) {
        if (buckets_.size() == kMostBuckets) {
            halve_buckets();
            add_to_buckets(value);
            return;
        }
        buckets_.push_back({.first_step = first_step});
    }
    widen(buckets_.back(), value);
}

void MetricSeries::halve_buckets() {
    bucket_steps_ *= 2;
    std::vector<Bucket> halved;
    halved.reserve(kMostBuckets);
    for (Bucket bucket : buckets_) {
        bucket.first_step -= bucket.first_step % bucket_steps_;
        if (!halved.empty() && halved.back().first_step == bucket.first_step) {
            halved.back() = merged(halved.back(), bucket);
        } else {
            halved.push_back(bucket);
        }
    }
    buckets_ = std::move(halved);
}

std::vector<float> smoothed_means(std::span<const Bucket> buckets, float weight) {
    std::vector<float> means;
    means.reserve(buckets.size());
    float average = 0.0F;
    float weight_to_the_n = 1.0F;
    for (const Bucket& bucket : buckets) {
        average = weight * average + (1.0F - weight) * bucket.mean;
        weight_to_the_n *= weight;
        means.push_back(average / (1.0F - weight_to_the_n));
    }
    return means;
}

}  // namespace convoscope::models
