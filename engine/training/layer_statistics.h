#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"
#include "engine/network/workspace.h"

namespace convoscope {

/// Counts of numbers in equal bins from `low` to `high`; both ends belong to it.
struct Histogram {
    double low = 0.0;
    double high = 0.0;
    std::vector<Index> counts;
};

/// A histogram of finite numbers over their whole range. Expects: bins > 0.
[[nodiscard]] Histogram histogram_of(std::span<const float> values, Index bins);

/// What a look at one layer says about its health.
struct LayerStatistics {
    double output_mean = 0.0;
    double output_deviation = 0.0;
    double output_norm = 0.0;  ///< root of the mean square of an output
    /// relu: the share of channels (features) that are 0 everywhere in all images looked at.
    std::optional<double> dead_share;
    /// sigmoid, tanh: the share of outputs within 1 % of an end of their range.
    std::optional<double> saturated_share;
    Histogram outputs;

    Index parameter_count = 0;  ///< 0: none of what follows
    double parameter_norm = 0.0;
    std::optional<double> gradient_norm;  ///< of the last step, as it was applied
    /// |change of the parameters in the last step| / |parameters before it|; about 0.001 is
    /// healthy.
    std::optional<double> update_ratio;
    Histogram parameters;
    Histogram gradients;
};

/// What there is to look at besides the images.
struct StatisticsRequest {
    const Dataset& dataset;
    Split split = Split::train;
    std::span<const std::uint32_t> images;
    std::span<const float> gradient = {};           ///< of all parameters; empty: no step yet
    std::span<const float> parameters_before = {};  ///< the last step; empty: not observed
    Index bins = 0;                                 ///< of histograms; 0: none
};

/// Represents a look into all layers of a network, as it is when it is evaluated. Costs a forward
/// pass of the images (two with histograms) when it is asked, and nothing otherwise.
class StatisticsProbe {
  public:
    /// `network` must outlive the probe. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<StatisticsProbe>> create(const Network& network);

    /// One entry a layer. Expects: the images are loaded and of the network's shape, at least one.
    [[nodiscard]] std::vector<LayerStatistics> measure(const StatisticsRequest& request);

  private:
    explicit StatisticsProbe(const Network& network);
    /// Calls look(images in the micro-batch) after each forward pass of up to `kLanes` images.
    template <class Look>
    void for_micro_batches(const StatisticsRequest& request, const Look& look);
    void measure_outputs(const StatisticsRequest& request, std::vector<LayerStatistics>& layers);
    void count_outputs(const StatisticsRequest& request, std::vector<LayerStatistics>& layers);
    void measure_parameters(const StatisticsRequest& request,
                            std::vector<LayerStatistics>& layers) const;

    const Network& network_;
    ExecutionPlan plan_;
    std::unique_ptr<Workspace> workspace_;
};

}  // namespace convoscope
