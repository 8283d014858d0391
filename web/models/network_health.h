#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoscope::models {

/// The share of its length by which a step changes a layer's weights: what is usual when a network
/// learns, and the ends of the scale on which it is shown.
inline constexpr double kUsualUpdateLeast = 3e-4;
inline constexpr double kUsualUpdateGreatest = 1e-2;
inline constexpr double kUpdateScaleLeast = 1e-5;
inline constexpr double kUpdateScaleGreatest = 1e-1;

/// Counts of numbers in equal bins from `low` to `high`.
struct ValueHistogram {
    double low = 0.0;
    double high = 0.0;
    std::vector<std::int64_t> counts = {};

    bool operator==(const ValueHistogram&) const = default;
};

/// One layer of the protocol's `statistics`, as the engine measured it.
struct LayerStatistics {
    std::string name;
    std::string type;
    bool has_weights = false;
    std::optional<double> dead_share = {};
    std::optional<double> saturated_share = {};
    std::optional<double> gradient_norm = {};
    std::optional<double> update_ratio = {};
    double output_norm = 0.0;  ///< root of the mean square of an output
    ValueHistogram outputs = {};
};

/// A layer as one look found it.
struct LayerLook {
    std::int64_t step = 0;
    double output_norm = 0.0;
    std::optional<double> gradient_norm = {};
    ValueHistogram outputs = {};
};

/// A convolution or linear layer, and how the activation after it takes it, with or without a
/// normalisation between them.
struct LayerHealth {
    std::string name;
    std::optional<double> dead_share = {};  ///< of its relu's channels: silent on every image
    std::optional<double> saturated_share =
        {};  ///< of its sigmoid's or tanh's outputs: at the ends
    std::optional<double> gradient_norm = {};
    std::optional<double> update_ratio = {};
    std::vector<LayerLook> looks = {};  ///< over the whole run, oldest first; never empty
};

/// What a look at the whole network comes to.
struct HealthVerdict {
    enum class Kind { unknown, good, look_here };
    Kind kind = Kind::unknown;
    std::string words;     ///< two or three
    std::string sentence;  ///< what is seen, with its number, and what to try
};

/// Represents what the engine's looks into the layers have shown in this run.
class NetworkHealth {
  public:
    /// Of a layer: when there are more, the one that is missed least goes, so that those that are
    /// left lie about evenly over the run.
    static constexpr std::size_t kMostLooks = 64;

    /// Takes a look in: layers in the network's order.
    void add(std::int64_t step, std::int64_t images, std::span<const LayerStatistics> layers);
    void clear();

    /// Nothing when there is no such layer.
    [[nodiscard]] const LayerHealth* find(std::string_view layer) const;
    [[nodiscard]] const std::vector<LayerHealth>& layers() const { return layers_; }
    [[nodiscard]] std::int64_t step() const { return step_; }
    [[nodiscard]] std::int64_t images() const { return images_; }
    [[nodiscard]] HealthVerdict verdict() const;

  private:
    std::vector<LayerHealth> layers_;
    std::int64_t step_ = 0;
    std::int64_t images_ = 0;
};

}  // namespace convoscope::models
