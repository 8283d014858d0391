#include "engine/training/layer_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/kernels/magnitude.h"

namespace convoscope {
namespace {

/// Running sums over a layer's outputs.
struct OutputSums {
    double sum = 0.0;
    double squares = 0.0;
    Index count = 0;
    Index saturated = 0;
    float low = std::numeric_limits<float>::max();
    float high = std::numeric_limits<float>::lowest();
    std::vector<bool> alive;  ///< channels
};

/// The ends of a squashing function's range; empty for other types.
std::optional<std::pair<float, float>> range_of(std::string_view type) {
    if (type == "sigmoid") {
        return std::pair(0.0F, 1.0F);
    }
    return type == "tanh" ? std::optional(std::pair(-1.0F, 1.0F)) : std::nullopt;
}

/// The outputs of `images` lanes, `[position][channel][lane]`.
void add_outputs(std::span<const float> outputs,
                 Index images,
                 std::optional<std::pair<float, float>> range,
                 OutputSums& sums) {
    const std::size_t channels = sums.alive.size();
    const float margin = range ? 0.01F * (range->second - range->first) : 0.0F;
    for (std::size_t element = 0; element * at(kLanes) < outputs.size(); ++element) {
        const auto lanes = outputs.subspan(element * at(kLanes), at(images));
        for (const float value : lanes) {
            const auto wide = static_cast<double>(value);
            sums.sum += wide;
            sums.squares += wide * wide;
            sums.low = std::min(sums.low, value);
            sums.high = std::max(sums.high, value);
            if (value != 0.0F) {
                sums.alive[element % channels] = true;
            }
            if (range && (value <= range->first + margin || value >= range->second - margin)) {
                ++sums.saturated;
            }
        }
        sums.count += images;
    }
}

void count_into(std::span<const float> values, Histogram& histogram) {
    const auto bins = std::ssize(histogram.counts);
    const double width = histogram.high - histogram.low;
    for (const float value : values) {
        const double place =
            width > 0.0 ? (static_cast<double>(value) - histogram.low) / width : 0.0;
        if (std::isfinite(place)) {
            const auto bin = static_cast<Index>(place * static_cast<double>(bins));
            ++histogram.counts[at(std::clamp<Index>(bin, 0, bins - 1))];
        }
    }
}

}  // namespace

Histogram histogram_of(std::span<const float> values, Index bins) {
    CONVOSCOPE_CHECK(bins > 0);
    Histogram histogram{.counts = std::vector<Index>(at(bins), 0)};
    if (values.empty()) {
        return histogram;
    }
    const auto [low, high] = std::ranges::minmax(values);
    histogram.low = static_cast<double>(low);
    histogram.high = static_cast<double>(high);
    count_into(values, histogram);
    return histogram;
}

StatisticsProbe::StatisticsProbe(const Network& network)
    : network_(network), plan_(ExecutionPlan::make(network, {.keep_activations = true})) {}

Result<std::unique_ptr<StatisticsProbe>> StatisticsProbe::create(const Network& network) {
    std::unique_ptr<StatisticsProbe> probe(new StatisticsProbe(network));
    Result<std::unique_ptr<Workspace>> workspace = Workspace::create(network, probe->plan_);
    if (!workspace) {
        return workspace.error();
    }
    probe->workspace_ = std::move(*workspace);
    return probe;
}

std::vector<LayerStatistics> StatisticsProbe::measure(const StatisticsRequest& request) {
    CONVOSCOPE_CHECK(!request.images.empty());
    std::vector<LayerStatistics> layers(at(network_.layer_count()));
    measure_outputs(request, layers);
    if (request.bins > 0) {
        count_outputs(request, layers);
    }
    measure_parameters(request, layers);
    return layers;
}

template <class Look>
void StatisticsProbe::for_micro_batches(const StatisticsRequest& request, const Look& look) {
    for (std::size_t first = 0; first < request.images.size(); first += at(kLanes)) {
        const auto mine =
            request.images.subspan(first, std::min(at(kLanes), request.images.size() - first));
        request.dataset.fill_lanes(request.split, mine, workspace_->input());
        workspace_->forward({});
        look(std::ssize(mine));
    }
}

void StatisticsProbe::measure_outputs(const StatisticsRequest& request,
                                      std::vector<LayerStatistics>& layers) {
    std::vector<OutputSums> all(layers.size());
    for (Index layer = 0; layer < network_.layer_count(); ++layer) {
        all[at(layer)].alive.resize(at(network_.shape(layer + 1).channels));
    }
    for_micro_batches(request, [&](Index images) {
        for (Index layer = 0; layer < network_.layer_count(); ++layer) {
            const std::string& type = network_.spec().layers[at(layer)].type;
            add_outputs(workspace_->value(layer + 1), images, range_of(type), all[at(layer)]);
        }
    });
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const OutputSums& sums = all[layer];
        LayerStatistics& result = layers[layer];
        const std::string& type = network_.spec().layers[layer].type;
        const auto count = static_cast<double>(sums.count);
        const double mean_square = sums.squares / count;
        result.output_mean = sums.sum / count;
        result.output_norm = std::sqrt(mean_square);
        result.output_deviation =
            std::sqrt(std::max(0.0, mean_square - result.output_mean * result.output_mean));
        if (type == "relu") {
            const auto dead = std::ranges::count(sums.alive, false);
            result.dead_share = static_cast<double>(dead) / static_cast<double>(sums.alive.size());
        }
        if (range_of(type)) {
            result.saturated_share = static_cast<double>(sums.saturated) / count;
        }
        result.outputs.low = static_cast<double>(sums.low);
        result.outputs.high = static_cast<double>(sums.high);
    }
}

void StatisticsProbe::count_outputs(const StatisticsRequest& request,
                                    std::vector<LayerStatistics>& layers) {
    for (LayerStatistics& layer : layers) {
        layer.outputs.counts.assign(at(request.bins), 0);
    }
    for_micro_batches(request, [&](Index images) {
        for (Index layer = 0; layer < network_.layer_count(); ++layer) {
            const std::span<const float> outputs = workspace_->value(layer + 1);
            for (std::size_t element = 0; element < outputs.size(); element += at(kLanes)) {
                count_into(outputs.subspan(element, at(images)), layers[at(layer)].outputs);
            }
        }
    });
}

void StatisticsProbe::measure_parameters(const StatisticsRequest& request,
                                         std::vector<LayerStatistics>& layers) const {
    for (Index layer = 0; layer < network_.layer_count(); ++layer) {
        LayerStatistics& result = layers[at(layer)];
        const auto parameters = network_.part_of(layer, network_.parameters());
        result.parameter_count = std::ssize(parameters);
        if (parameters.empty()) {
            continue;
        }
        result.parameter_norm = std::sqrt(kernels::sum_of_squares(parameters));
        if (!request.parameters_before.empty()) {
            const auto before = network_.part_of(layer, request.parameters_before);
            double change = 0.0;
            for (std::size_t i = 0; i < before.size(); ++i) {
                const double step =
                    static_cast<double>(parameters[i]) - static_cast<double>(before[i]);
                change += step * step;
            }
            const double norm = std::sqrt(kernels::sum_of_squares(before));
            result.update_ratio =
                norm > 0.0 ? std::optional(std::sqrt(change) / norm) : std::nullopt;
        }
        if (!request.gradient.empty()) {
            const auto gradient = network_.part_of(layer, request.gradient);
            result.gradient_norm = std::sqrt(kernels::sum_of_squares(gradient));
            if (request.bins > 0) {
                result.gradients = histogram_of(gradient, request.bins);
            }
        }
        if (request.bins > 0) {
            result.parameters = histogram_of(parameters, request.bins);
        }
    }
}

}  // namespace convoscope
