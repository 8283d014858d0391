#include "web/models/network_health.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace convoscope::models {
namespace {

/// More silent channels than this are worth a word.
constexpr double kManyDead = 0.4;
constexpr double kManySaturated = 0.5;

/// Not a normalisation or a slope: they belong to the layer before them, as its activation does.
bool has_row(const LayerStatistics& layer) {
    return layer.has_weights && layer.type != "batch_norm2d" && layer.type != "prelu";
}

std::string percent(double share) {
    return std::to_string(std::lround(100.0 * share)) + " %";
}

/// Takes the look whose neighbours lie closest together; the first and the newest stay.
void thin_out(std::vector<LayerLook>& looks) {
    if (looks.size() <= NetworkHealth::kMostLooks) {
        return;
    }
    auto missed_least = looks.begin() + 1;
    for (auto look = looks.begin() + 1; look + 1 != looks.end(); ++look) {
        const auto gap = [](auto at) { return (at + 1)->step - (at - 1)->step; };
        missed_least = gap(look) < gap(missed_least) ? look : missed_least;
    }
    looks.erase(missed_least);
}

}  // namespace

void NetworkHealth::add(std::int64_t step,
                        std::int64_t images,
                        std::span<const LayerStatistics> layers) {
    std::vector<LayerHealth> before = std::exchange(layers_, {});
    step_ = step;
    images_ = images;
    for (const LayerStatistics& layer : layers) {
        if (has_row(layer)) {
            layers_.push_back({.name = layer.name,
                               .gradient_norm = layer.gradient_norm,
                               .update_ratio = layer.update_ratio});
            const auto known = std::ranges::find(before, layer.name, &LayerHealth::name);
            std::vector<LayerLook>& looks = layers_.back().looks;
            if (known != before.end()) {
                looks = std::move(known->looks);
            }
            // What lies ahead was of weights that the run has left.
            std::erase_if(looks, [step](const LayerLook& look) { return look.step >= step; });
            looks.push_back({.step = step,
                             .output_norm = layer.output_norm,
                             .gradient_norm = layer.gradient_norm,
                             .outputs = layer.outputs});
            thin_out(looks);
        } else if (!layers_.empty()) {
            LayerHealth& owner = layers_.back();
            owner.dead_share = layer.dead_share ? layer.dead_share : owner.dead_share;
            owner.saturated_share =
                layer.saturated_share ? layer.saturated_share : owner.saturated_share;
        }
    }
}

const LayerHealth* NetworkHealth::find(std::string_view layer) const {
    const auto found = std::ranges::find(layers_, layer, &LayerHealth::name);
    return found == layers_.end() ? nullptr : &*found;
}

void NetworkHealth::clear() {
    *this = {};
}

HealthVerdict NetworkHealth::verdict() const {
    using Kind = HealthVerdict::Kind;
    if (layers_.empty() || step_ == 0) {
        return {};
    }
    for (const LayerHealth& layer : layers_) {
        if (layer.dead_share.value_or(0.0) > kManyDead) {
            return {Kind::look_here,
                    "silent units",
                    percent(*layer.dead_share) + " of the units after " + layer.name +
                        " are 0 on every image and learn nothing. A lower rate, or starting "
                        "afresh, helps."};
        }
        if (layer.saturated_share.value_or(0.0) > kManySaturated) {
            return {Kind::look_here,
                    "saturated",
                    percent(*layer.saturated_share) + " of the outputs after " + layer.name +
                        " lie at an end of their range, where gradients vanish. Smaller weights to "
                        "begin with help."};
        }
        if (layer.update_ratio.value_or(0.0) > kUpdateScaleGreatest) {
            return {Kind::look_here,
                    "steps too long",
                    "One step changes " + layer.name + " by " + percent(*layer.update_ratio) +
                        " of its length. A lower rate is steadier."};
        }
    }
    const auto barely = [](const LayerHealth& layer) {
        return layer.update_ratio && *layer.update_ratio < kUpdateScaleLeast;
    };
    if (std::ranges::all_of(layers_, barely)) {
        return {Kind::look_here,
                "hardly moving",
                "A step changes no layer by more than a hundred-thousandth. A higher rate, or "
                "another beginning, helps."};
    }
    return {Kind::good,
            "learning well",
            "No layer is silent or saturated, and steps are neither too short nor too long."};
}

}  // namespace convoscope::models
