#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace convoscope::models {

/// Consecutive steps drawn as one point: their mean, and the extremes that the band shows.
struct Bucket {
    std::size_t first_step = 0;
    std::size_t count = 0;
    float mean = 0.0F;
    float least = 0.0F;
    float greatest = 0.0F;
};

/// One number a training step, as long as the run is, with a summary that stays short enough to
/// draw.
///
/// Buckets double their width when there are too many, so appending costs constant time on average
/// and a chart never has more than `kMostBuckets` points. Values that are not finite are kept in
/// `values()` and left out of the buckets.
class MetricSeries {
  public:
    static constexpr std::size_t kMostBuckets = 128;     ///< more would be noise, not a curve
    static constexpr std::size_t kFirstBucketSteps = 2;  ///< a chart has points after a few batches

    void append(std::span<const float> values);
    void clear();
    /// Forgets all but the first `count`.
    void cut(std::size_t count);

    [[nodiscard]] const std::vector<float>& values() const { return values_; }
    [[nodiscard]] std::span<const Bucket> buckets() const { return buckets_; }
    [[nodiscard]] std::size_t bucket_steps() const { return bucket_steps_; }
    [[nodiscard]] bool empty() const { return values_.empty(); }

    /// Mean of the finite values among the last `count`; 0 when there are none.
    [[nodiscard]] float mean_of_last(std::size_t count) const;
    /// The same of the `count` before position `end`.
    [[nodiscard]] float mean_before(std::size_t end, std::size_t count) const;

  private:
    void add_to_buckets(float value);
    void halve_buckets();

    std::vector<float> values_;
    std::vector<Bucket> buckets_;
    std::size_t bucket_steps_ = kFirstBucketSteps;
};

/// Means of the buckets after exponential smoothing, without the start's bias towards zero.
/// `weight` in [0, 1): what the past counts; 0 returns the means unchanged.
[[nodiscard]] std::vector<float> smoothed_means(std::span<const Bucket> buckets, float weight);

}  // namespace convoscope::models
