#include <algorithm>
#include <utility>

#include "engine/session/session_core.h"

namespace convoscope {
namespace {

using nlohmann::json;

json number_or_null(const std::optional<double>& number) {
    return number ? json(*number) : json();
}

json histogram_json(const Histogram& histogram) {
    return {{"low", histogram.low}, {"high", histogram.high}, {"counts", histogram.counts}};
}

json layer_json(const LayerSpec& spec, const LayerStatistics& layer, bool histograms) {
    json result = {{"name", spec.name},
                   {"type", spec.type},
                   {"output_mean", layer.output_mean},
                   {"output_deviation", layer.output_deviation},
                   {"output_norm", layer.output_norm},
                   {"dead_share", number_or_null(layer.dead_share)},
                   {"saturated_share", number_or_null(layer.saturated_share)}};
    if (layer.parameter_count > 0) {
        result["parameter_norm"] = layer.parameter_norm;
        result["gradient_norm"] = number_or_null(layer.gradient_norm);
        result["update_ratio"] = number_or_null(layer.update_ratio);
    }
    if (histograms) {
        result["outputs"] = histogram_json(layer.outputs);
        if (layer.parameter_count > 0) {
            result["parameters"] = histogram_json(layer.parameters);
        }
        if (layer.gradient_norm) {
            result["gradients"] = histogram_json(layer.gradients);
        }
    }
    return result;
}

}  // namespace

Session::Core::Handled Session::Core::statistics(CommandReader& reader) {
    StatisticsWish wish;
    wish.wanted = reader.boolean("wanted", true);
    wish.bins = reader.integer("histogram_bins", 0, 0, 256);
    wish.images = reader.integer("images", 64, 1, 1024);
    wish.minimum_interval_seconds = reader.number("minimum_interval_seconds", 1.0, 0.0, 3600.0);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    if (!wish.wanted) {
        statistics_wish_ = {};
        statistics_probe_.reset();
        trainer_->observe(false);
        return Answer::done;
    }
    if (sampler_->validation_images().empty()) {
        return Error{"no image of validation has been loaded yet"};
    }
    if (!statistics_probe_) {
        Result<std::unique_ptr<StatisticsProbe>> probe =
            StatisticsProbe::create(trainer_->network());
        if (!probe) {
            return probe.error();
        }
        statistics_probe_ = std::move(*probe);
    }
    trainer_->observe(true);
    statistics_wish_ = wish;
    send_statistics();
    return Answer::done;
}

/// Of the first validation images: the same at every step, so that what changes is the network.
void Session::Core::send_statistics() {
    std::vector<std::uint32_t> images = sampler_->validation_images();
    images.resize(std::min(images.size(), static_cast<std::size_t>(statistics_wish_.images)));
    const ParameterUpdate& update = trainer_->last_update();
    const std::vector<LayerStatistics> statistics = statistics_probe_->measure(
        {.dataset = *dataset_,
         .split = Split::train,
         .images = images,
         .gradient = update.state().steps > 0 ? update.gradient() : std::span<const float>{},
         .parameters_before = update.parameters_before(),
         .bins = statistics_wish_.bins});
    Json layers = Json::array();
    for (std::size_t layer = 0; layer < statistics.size(); ++layer) {
        layers.push_back(layer_json(trainer_->network().spec().layers[layer],
                                    statistics[layer],
                                    statistics_wish_.bins > 0));
    }
    last_statistics_ = now();
    send({{"event", "statistics"},
          {"step", trainer_->steps()},
          {"images", images.size()},
          {"layers", std::move(layers)}});
}

void Session::Core::send_statistics_if_due() {
    if (statistics_wish_.wanted &&
        now() - last_statistics_ >= statistics_wish_.minimum_interval_seconds) {
        send_statistics();
    }
}

}  // namespace convoscope
