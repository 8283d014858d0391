#include "web/rooms/inspect/inspect_pictures.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace convoscope::rooms::inspect {
namespace {

using models::inspect::ScaleOf;
using models::inspect::Values;

using models::inspect::Why;

constexpr Index kDigit = 28;
/// What a stage's maps show.
const models::CapturedTensor* shown(const Values& values,
                                    const models::inspect::Model& room,
                                    Index stage) {
    const Index value = room.stages[at(stage)].shown + 1;
    return room.backward() ? values.gradient(value) : values.value(value);
}

constexpr std::array<Why, kFoundKinds> kWithImages{
    Why::nearest_images, Why::projection, Why::exciting_images, Why::gradient_ascent};

}  // namespace

void InspectPictures::create() {
    maps_.create();
    layer_.create();
    gallery_.create();
    mistakes_.create();
    own_.create();
    for (std::size_t i = 0; i < kFoundKinds; ++i) {
        constexpr int kThousandsOfPictures = 2048;
        found_[i].create(kWithImages[i] == Why::projection ? kThousandsOfPictures : 1024);
    }
}

void InspectPictures::abandon() {
    maps_.abandon();
    layer_.abandon();
    gallery_.abandon();
    mistakes_.abandon();
    own_.abandon();
    for (PictureGallery& found : found_) {
        found.abandon();
    }
}

void InspectPictures::set_theme(const widgets::Theme& theme) {
    const render::HeatMapColors colors = heat_map_colors(theme);
    maps_.set_colors(colors);
    layer_.set_colors(colors);
}

void InspectPictures::update(const models::AppState& state) {
    if (state.inspect.network_revision != network_revision_) {
        network_revision_ = state.inspect.network_revision;
        maps_.clear();
        stages_.clear();
        input_ = {};
        drawing_ = digit_ = render::kNoTile;
    }
    const bool rescaled = scale_ != state.inspect.scale || direction_ != state.inspect.direction;
    if (state.train.snapshot_revision != snapshot_revision_ || rescaled) {
        snapshot_revision_ = state.train.snapshot_revision;
        scale_ = state.inspect.scale;
        direction_ = state.inspect.direction;
        update_stages(state);
    }
    gallery_.update(state.train.test_pictures, state.train.test_pictures_revision);
    mistakes_.update(state.train.mistakes.pictures, state.train.mistakes_revision);
    own_.update(state.inspect.own.picture, state.inspect.own.revision);
    for (std::size_t i = 0; i < kFoundKinds; ++i) {
        const auto& answer = state.inspect.explanations.of(kWithImages[i]);
        found_[i].update(answer.pictures, answer.revision);
    }
    update_pad(state.inspect);
    maps_.flush();
    layer_.update(state);
}

void InspectPictures::update_stages(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    const Values values(room.network, state.train.snapshot);
    stages_.resize(room.stages.size());
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        if (const auto* tensor = shown(values, room, static_cast<Index>(i))) {
            fill(stages_[i], *tensor);
        }
    }
    if (const auto* gradient = values.gradient(0)) {
        fill(input_, *gradient);
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
        if (const auto* tensor = shown(values, room, static_cast<Index>(i))) {
            upload(stages_[i], *tensor, network);
        }
    }
    if (const auto* gradient = values.gradient(0)) {
        upload(input_, *gradient, std::max(network, input_.greatest_of_all));
    }
}

void InspectPictures::upload(StageMaps& maps, const models::CapturedTensor& tensor, float network) {
    if (maps.shape.flat) {
        return;
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
                std::span(tensor.values).subspan(c * plane, plane),
                {.min = 0.0F, .max = end},
                maps.is_signed ? render::Mapping::kDiverging : render::Mapping::kSequential);
        }
    }
}

void InspectPictures::update_pad(const models::inspect::Model& room) {
    const bool fresh = drawing_ == render::kNoTile;
    if (!room.takes_drawings() || (!fresh && pad_revision_ == room.pad.revision())) {
        return;
    }
    pad_revision_ = room.pad.revision();
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

widgets::ImageRef InspectPictures::map(render::TileId tile) const {
    return tile == render::kNoTile ? widgets::ImageRef{} : image_of(maps_.region(tile));
}

widgets::ImageRef InspectPictures::found(Why why, std::size_t index) const {
    const auto kind = std::ranges::find(kWithImages, why);
    return kind == kWithImages.end()
               ? widgets::ImageRef{}
               : found_[static_cast<std::size_t>(kind - kWithImages.begin())].image(index);
}

widgets::ImageRef InspectPictures::picture(std::size_t index) const {
    return gallery_.image(index);
}

}  // namespace convoscope::rooms::inspect
