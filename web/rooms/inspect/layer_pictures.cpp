#include "web/rooms/inspect/layer_pictures.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "web/rooms/picture_gallery.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using models::CapturedTensor;
using models::inspect::MapPart;
using models::inspect::Values;
using render::Mapping;
using render::ValueRange;
using widgets::greatest_magnitude;

namespace {

constexpr std::size_t kMostParts = 24;
constexpr int kAtlas = 512;

ValueRange about_zero(double greatest) {
    return {.min = 0.0F, .max = static_cast<float>(greatest)};
}

Mapping mapping_of(std::span<const float> numbers) {
    return std::ranges::any_of(numbers, [](float number) { return number < 0.0F; })
               ? Mapping::kDiverging
               : Mapping::kSequential;
}

/// One channel of a tensor. Expects: it has the channel.
std::span<const float> plane_of(const CapturedTensor& tensor, Index channel) {
    const Shape shape = models::inspect::shape_of(tensor);
    const Index plane = shape.height * shape.width;
    return std::span(tensor.values).subspan(at(channel * plane), at(plane));
}

}  // namespace

void LayerPictures::create() {
    atlas_.create(kAtlas);
}

void LayerPictures::abandon() {
    atlas_.abandon();
}

void LayerPictures::set_colors(const render::HeatMapColors& colors) {
    atlas_.set_colors(colors);
}

void LayerPictures::update(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    Made now{.network = room.network_revision,
             .snapshot = state.train.snapshot_revision,
             .opened = room.opened,
             .direction = room.direction};
    if (now != made_of_) {
        const std::size_t before = shown_.size();
        const bool other_layer = now.network != made_of_.network ||
                                 now.direction != made_of_.direction || !now.opened ||
                                 !made_of_.opened || now.opened->name != made_of_.opened->name;
        made_of_ = std::move(now);
        sum_ = room.opened_map(state.train.snapshot);
        choose_parts();
        if (other_layer || shown_.size() != before) {
            atlas_.clear();
            for (Tiles* tiles : {&inputs_, &weights_, &parts_, &rests_, &made_}) {
                tiles->clear();
            }
        }
        if (sum_) {
            upload(state);
        }
    }
    atlas_.flush();
}

/// Those whose greatest number is greatest, where there are too many.
void LayerPictures::choose_parts() {
    shown_.assign(sum_ ? sum_->parts.size() : 0, 0);
    rest_.clear();
    std::iota(shown_.begin(), shown_.end(), Index{0});
    if (shown_.size() <= kMostParts) {
        return;
    }
    std::ranges::stable_sort(shown_, std::greater(), [&](Index i) {
        return greatest_magnitude(sum_->parts[at(i)].map);
    });
    rest_.resize(sum_->total.size());
    for (const Index i : std::span(shown_).subspan(kMostParts)) {
        std::ranges::transform(rest_, sum_->parts[at(i)].map, rest_.begin(), std::plus());
    }
    shown_.resize(kMostParts);
    std::ranges::sort(shown_);
}

void LayerPictures::upload(const models::AppState& state) {
    upload_inputs(Values(state.inspect.network, state.train.snapshot));
    upload_weights(state);
    upload_parts();
    upload_made(state);
}

void LayerPictures::upload_inputs(const Values& values) {
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        const MapPart& part = sum_->parts[at(shown_[i])];
        const CapturedTensor& tensor = *values.value(part.value);
        const auto plane = plane_of(tensor, part.channel);
        if (part.value == 0) {
            const auto [least, most] = std::ranges::minmax(tensor.values);
            put(inputs_,
                i,
                models::inspect::shape_of(tensor),
                plane,
                {.min = least, .max = most},
                Mapping::kGray);
        } else {
            put(inputs_,
                i,
                models::inspect::shape_of(tensor),
                plane,
                about_zero(greatest_magnitude(tensor.values)),
                mapping_of(tensor.values));
        }
    }
}

void LayerPictures::upload_weights(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    const Values values(room.network, state.train.snapshot);
    const Index base = room.stages[at(sum_->stage)].base();
    const std::string name = room.network.layers[at(base)].name + ".weight";
    const CapturedTensor* numbers = values.find(room.backward() ? "gradient." + name : name);
    if (numbers == nullptr || sum_->parts.empty() || sum_->parts.front().weights.empty()) {
        return;
    }
    double greatest = 0.0;
    const auto slice = [&](const MapPart& part) {
        return std::span(numbers->values).subspan(at(part.first_weight), part.weights.size());
    };
    for (const MapPart& part : sum_->parts) {
        greatest = std::max(greatest, greatest_magnitude(slice(part)));
    }
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        const MapPart& part = sum_->parts[at(shown_[i])];
        put(weights_,
            i,
            {.channels = 1, .height = part.rows, .width = part.columns},
            slice(part),
            about_zero(greatest),
            Mapping::kDiverging);
    }
}

/// All on one scale, so that one sees what counts.
void LayerPictures::upload_parts() {
    double greatest = greatest_magnitude(sum_->total);
    for (const MapPart& part : sum_->parts) {
        greatest = std::max(greatest, greatest_magnitude(part.map));
    }
    const Shape shape{.channels = 1, .height = sum_->height, .width = sum_->width};
    const auto put_map = [&](Tiles& tiles, std::size_t i, std::span<const float> map) {
        if (!map.empty()) {
            put(tiles, i, shape, map, about_zero(greatest), Mapping::kDiverging);
        }
    };
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        put_map(parts_, i, sum_->parts[at(shown_[i])].map);
    }
    put_map(rests_, 0, rest_);
}

void LayerPictures::upload_made(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    const Values values(room.network, state.train.snapshot);
    const models::inspect::Stage& stage = room.stages[at(sum_->stage)];
    for (std::size_t i = 0; i < stage.layers.size() && stage.layers[i] <= stage.shown; ++i) {
        const Index value = stage.layers[i] + 1;
        const CapturedTensor* tensor =
            room.backward() ? values.gradient(value) : values.value(value);
        if (tensor == nullptr) {
            return;
        }
        put(made_,
            i,
            models::inspect::shape_of(*tensor),
            plane_of(*tensor, sum_->channel),
            about_zero(greatest_magnitude(tensor->values)),
            mapping_of(tensor->values));
    }
}

void LayerPictures::put(Tiles& tiles,
                        std::size_t i,
                        const Shape& shape,
                        std::span<const float> numbers,
                        ValueRange range,
                        Mapping mapping) {
    if (i >= tiles.size()) {
        tiles.push_back(
            atlas_.allocate(static_cast<int>(shape.width), static_cast<int>(shape.height)));
    }
    if (tiles[i] != render::kNoTile) {
        atlas_.update(tiles[i], numbers, range, mapping);
    }
}

widgets::ImageRef LayerPictures::image(const Tiles& tiles, std::size_t i) const {
    return i < tiles.size() && tiles[i] != render::kNoTile ? image_of(atlas_.region(tiles[i]))
                                                           : widgets::ImageRef{};
}

}  // namespace convoscope::rooms::inspect
