#include "web/rooms/train/train_pictures.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "web/widgets/scales.h"

namespace convoscope::rooms::train {
void TrainPictures::create() {
    maps_.create();
    pictures_.create();
    mistakes_.create();
    augmented_.create();
    batch_.create();
    own_.create();
}

void TrainPictures::abandon() {
    maps_.abandon();
    pictures_.abandon();
    mistakes_.abandon();
    augmented_.abandon();
    batch_.abandon();
    own_.abandon();
}

void TrainPictures::set_theme(const widgets::Theme& theme) {
    maps_.set_colors(heat_map_colors(theme));
}

void TrainPictures::update(const models::TrainModel& model, const models::own::Model& own) {
    if (own.open) {
        own_.update(own);
    }
    pictures_.update(model.pictures, model.pictures_revision);
    mistakes_.update(model.mistakes.pictures, model.mistakes_revision);
    augmented_.update(model.augmented, model.augmented_revision);
    batch_.update(model.slow_motion.pictures, model.slow_motion.revision);
    if (model.snapshot_revision != snapshot_revision_) {
        snapshot_revision_ = model.snapshot_revision;
        update_maps(model);
    }
    if (model.preprocessed_revision != preprocessed_revision_) {
        preprocessed_revision_ = model.preprocessed_revision;
        if (!model.preprocessed.empty()) {
            fill(preprocessed_, model.preprocessed.input);
        }
    }
    maps_.flush();
}

void TrainPictures::update_maps(const models::TrainModel& model) {
    if (model.network.name != network_name_) {
        network_name_ = model.network.name;
        maps_.clear();
        kernels_ = {};
        preprocessed_ = {};
        --preprocessed_revision_;  // to be filled anew
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

widgets::ImageRef TrainPictures::picture(std::size_t index) const {
    return pictures_.image(index);
}

widgets::ImageRef TrainPictures::mistake(std::size_t index) const {
    return mistakes_.image(index);
}

widgets::ImageRef TrainPictures::augmented(std::size_t index) const {
    return augmented_.image(index);
}

widgets::ImageRef TrainPictures::batch_picture(std::size_t index) const {
    return batch_.image(index);
}

widgets::ImageRef TrainPictures::map(render::TileId tile) const {
    return tile == render::kNoTile ? widgets::ImageRef{} : image_of(maps_.region(tile));
}

}  // namespace convoscope::rooms::train
