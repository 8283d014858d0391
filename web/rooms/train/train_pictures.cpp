#include "web/rooms/train/train_pictures.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "web/widgets/scales.h"

namespace convoscope::rooms::train {
namespace {

widgets::ImageRef image_of(const render::TextureRegion& region) {
    return {region.texture, region.u0, region.v0, region.u1, region.v1};
}

}  // namespace

void TrainPictures::create() {
    maps_.create();
    pictures_.atlas.create();
    mistakes_.atlas.create();
    augmented_.atlas.create();
}

void TrainPictures::abandon() {
    maps_.abandon();
    pictures_.atlas.abandon();
    mistakes_.atlas.abandon();
    augmented_.atlas.abandon();
}

void TrainPictures::set_theme(const widgets::Theme& theme) {
    const auto share = [](std::uint8_t channel) { return static_cast<float>(channel) / 255.0F; };
    maps_.set_colors(
        {.sequential = widgets::look_up(theme.sequential),
         .diverging = widgets::look_up(theme.diverging),
         .exact_zero = {
             share(theme.exact_zero.r), share(theme.exact_zero.g), share(theme.exact_zero.b)}});
}

void TrainPictures::update(const models::TrainModel& model) {
    if (model.pictures_revision != pictures_.revision) {
        pictures_.revision = model.pictures_revision;
        pictures_.fill(model.pictures);
    }
    if (model.mistakes_revision != mistakes_.revision) {
        mistakes_.revision = model.mistakes_revision;
        mistakes_.fill(model.mistakes.pictures);
    }
    if (model.augmented_revision != augmented_.revision) {
        augmented_.revision = model.augmented_revision;
        augmented_.fill(model.augmented);
    }
    if (model.snapshot_revision != snapshot_revision_) {
        snapshot_revision_ = model.snapshot_revision;
        update_maps(model);
    }
    maps_.flush();
}

void TrainPictures::Gallery::fill(const models::Pictures& pictures) {
    atlas.clear();
    tiles.clear();
    const auto plane =
        static_cast<std::size_t>(pictures.height) * static_cast<std::size_t>(pictures.width);
    const auto channels = static_cast<std::size_t>(pictures.channels);
    std::vector<std::uint8_t> texels(plane * channels);
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        const std::size_t first = i * pictures.picture_size();
        for (std::size_t p = 0; p < plane; ++p) {
            for (std::size_t c = 0; c < channels; ++c) {
                texels[p * channels + c] = pictures.pixels[first + c * plane + p];
            }
        }
        tiles.push_back(atlas.allocate(pictures.width, pictures.height));
        if (tiles.back() != render::kNoTile) {
            atlas.update(tiles.back(), texels, pictures.channels);
        }
    }
}

void TrainPictures::update_maps(const models::TrainModel& model) {
    if (model.network.name != network_name_) {
        network_name_ = model.network.name;
        maps_.clear();
        kernels_ = {};
        feature_maps_.clear();
    }
    if (const auto* weights = model.captured(model.first_convolution() + ".weight")) {
        fill(kernels_, *weights);
    }
    for (const models::LayerSummary& layer : model.network.layers) {
        const auto* tensor = model.captured("activation." + layer.name);
        if (tensor == nullptr || !layer.type.starts_with("conv")) {
            continue;
        }
        const auto known =
            std::find_if(feature_maps_.begin(), feature_maps_.end(), [&](const MapStack& stack) {
                return stack.name == layer.name;
            });
        MapStack& stack = known != feature_maps_.end() ? *known : feature_maps_.emplace_back();
        stack.name = layer.name;
        fill(stack, *tensor);
    }
}

void TrainPictures::fill(MapStack& stack, const models::CapturedTensor& tensor) {
    if (tensor.shape.size() < 3) {
        return;
    }
    stack.rows = static_cast<int>(tensor.shape[tensor.shape.size() - 2]);
    stack.columns = static_cast<int>(tensor.shape.back());
    const auto size =
        static_cast<std::size_t>(stack.rows) * static_cast<std::size_t>(stack.columns);
    // Kernels are [out][in][row][column]: the first input channel stands for them all.
    const std::size_t inputs =
        tensor.shape.size() == 4 ? static_cast<std::size_t>(tensor.shape[1]) : 1;
    const std::size_t stride = size * inputs;
    const std::size_t count = stride == 0 ? 0 : tensor.values.size() / stride;
    float least = 0.0F;
    stack.greatest = 0.0F;
    for (const float value : tensor.values) {
        if (std::isfinite(value)) {
            least = std::min(least, value);
            stack.greatest = std::max(stack.greatest, std::abs(value));
        }
    }
    stack.is_signed = least < 0.0F;
    for (std::size_t i = 0; i < count; ++i) {
        if (i == stack.tiles.size()) {
            stack.tiles.push_back(maps_.allocate(stack.columns, stack.rows));
        }
        if (stack.tiles[i] != render::kNoTile) {
            maps_.update(
                stack.tiles[i],
                std::span(tensor.values).subspan(i * stride, size),
                {.min = 0.0F, .max = stack.greatest},
                stack.is_signed ? render::Mapping::kDiverging : render::Mapping::kSequential);
        }
    }
}

widgets::ImageRef TrainPictures::Gallery::image(std::size_t index) const {
    return index < tiles.size() && tiles[index] != render::kNoTile
               ? image_of(atlas.region(tiles[index]))
               : widgets::ImageRef{};
}

widgets::ImageRef TrainPictures::picture(std::size_t index) const {
    return pictures_.image(index);
}

widgets::ImageRef TrainPictures::mistake(std::size_t index) const {
    return mistakes_.image(index);
}

widgets::ImageRef TrainPictures::augmented(std::size_t index) const {
    return augmented_.image(index);
}

widgets::ImageRef TrainPictures::map(render::TileId tile) const {
    return tile == render::kNoTile ? widgets::ImageRef{} : image_of(maps_.region(tile));
}

}  // namespace convoscope::rooms::train
