#include "web/rooms/inspect/inspect_pictures.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {
namespace {

using models::inspect::ScaleOf;
using models::inspect::Values;

constexpr Index kDigit = 28;

widgets::ImageRef image_of(const render::TextureRegion& region) {
    return {region.texture, region.u0, region.v0, region.u1, region.v1};
}

}  // namespace

void InspectPictures::create() {
    maps_.create();
    gallery_.create();
}

void InspectPictures::abandon() {
    maps_.abandon();
    gallery_.abandon();
}

void InspectPictures::set_theme(const widgets::Theme& theme) {
    const auto share = [](std::uint8_t channel) { return static_cast<float>(channel) / 255.0F; };
    maps_.set_colors(
        {.sequential = widgets::look_up(theme.sequential),
         .diverging = widgets::look_up(theme.diverging),
         .exact_zero = {
             share(theme.exact_zero.r), share(theme.exact_zero.g), share(theme.exact_zero.b)}});
}

void InspectPictures::update(const models::AppState& state) {
    if (state.inspect.network_revision != network_revision_) {
        network_revision_ = state.inspect.network_revision;
        maps_.clear();
        stages_.clear();
        drawing_ = digit_ = render::kNoTile;
        drawn_.clear();
    }
    const bool rescaled = scale_ != state.inspect.scale;
    if (state.train.snapshot_revision != snapshot_revision_ || rescaled) {
        snapshot_revision_ = state.train.snapshot_revision;
        scale_ = state.inspect.scale;
        update_stages(state);
    }
    if (state.train.test_pictures_revision != gallery_revision_) {
        gallery_revision_ = state.train.test_pictures_revision;
        update_gallery(state.train.test_pictures);
    }
    update_pad(state.inspect);
    maps_.flush();
}

void InspectPictures::update_stages(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    const Values values(room.network, state.train.snapshot);
    stages_.resize(room.stages.size());
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        if (const auto* tensor = values.value(room.stages[i].shown + 1)) {
            fill(stages_[i], *tensor);
        }
    }
    colour(state);
}

void InspectPictures::fill(StageMaps& maps, const models::CapturedTensor& tensor) {
    maps.shape = models::inspect::shape_of(tensor);
    const auto plane = static_cast<std::size_t>(maps.shape.height * maps.shape.width);
    const auto channels = static_cast<std::size_t>(maps.shape.channels);
    maps.greatest.assign(channels, 0.0F);
    maps.greatest_of_all = 0.0F;
    maps.is_signed = false;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        const float value = tensor.values[i];
        if (std::isfinite(value)) {
            maps.greatest[i / plane] = std::max(maps.greatest[i / plane], std::abs(value));
            maps.greatest_of_all = std::max(maps.greatest_of_all, std::abs(value));
            maps.is_signed = maps.is_signed || value < 0.0F;
        }
    }
}

/// Uploads the maps, each with the end of its scale.
void InspectPictures::colour(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    const Values values(room.network, state.train.snapshot);
    float network = 0.0F;
    for (const StageMaps& maps : stages_) {
        network = std::max(network, maps.greatest_of_all);
    }
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        StageMaps& maps = stages_[i];
        const auto* tensor = values.value(room.stages[i].shown + 1);
        if (tensor == nullptr || maps.shape.flat) {
            continue;
        }
        const auto plane = static_cast<std::size_t>(maps.shape.height * maps.shape.width);
        for (std::size_t c = 0; c < maps.greatest.size(); ++c) {
            if (c == maps.tiles.size()) {
                maps.tiles.push_back(maps_.allocate(static_cast<int>(maps.shape.width),
                                                    static_cast<int>(maps.shape.height)));
            }
            const float end = scale_ == ScaleOf::map       ? maps.greatest[c]
                              : scale_ == ScaleOf::network ? network
                                                           : maps.greatest_of_all;
            if (maps.tiles[c] != render::kNoTile) {
                maps_.update(
                    maps.tiles[c],
                    std::span(tensor->values).subspan(c * plane, plane),
                    {.min = 0.0F, .max = end},
                    maps.is_signed ? render::Mapping::kDiverging : render::Mapping::kSequential);
            }
        }
    }
}

void InspectPictures::update_pad(const models::inspect::Model& room) {
    const bool fresh = drawing_ == render::kNoTile;
    if (!room.takes_drawings() || (!fresh && drawn_ == room.pad.text())) {
        return;
    }
    drawn_ = room.pad.text();
    if (fresh) {
        drawing_ = maps_.allocate(static_cast<int>(models::inspect::kPadCells),
                                  static_cast<int>(models::inspect::kPadCells));
        digit_ = maps_.allocate(kDigit, kDigit);
    }
    constexpr render::ValueRange kWhole{.min = 0.0F, .max = 1.0F};
    maps_.update(drawing_, room.pad.picture(), kWhole, render::Mapping::kGray);
    maps_.update(
        digit_, models::inspect::as_digit(room.pad.picture()), kWhole, render::Mapping::kGray);
}

void InspectPictures::update_gallery(const models::Pictures& pictures) {
    gallery_.clear();
    gallery_tiles_.clear();
    const auto plane =
        static_cast<std::size_t>(pictures.height) * static_cast<std::size_t>(pictures.width);
    std::vector<float> planes(pictures.picture_size());
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        for (std::size_t p = 0; p < plane * static_cast<std::size_t>(pictures.channels); ++p) {
            planes[p] =
                static_cast<float>(pictures.pixels[i * pictures.picture_size() + p]) / 255.0F;
        }
        gallery_tiles_.push_back(gallery_.allocate(pictures.width, pictures.height));
        if (gallery_tiles_.back() != render::kNoTile) {
            gallery_.update(gallery_tiles_.back(), planes, pictures.channels);
        }
    }
}

widgets::ImageRef InspectPictures::map(render::TileId tile) const {
    return tile == render::kNoTile ? widgets::ImageRef{} : image_of(maps_.region(tile));
}

widgets::ImageRef InspectPictures::picture(std::size_t index) const {
    return index < gallery_tiles_.size() && gallery_tiles_[index] != render::kNoTile
               ? image_of(gallery_.region(gallery_tiles_[index]))
               : widgets::ImageRef{};
}

}  // namespace convoscope::rooms::inspect
