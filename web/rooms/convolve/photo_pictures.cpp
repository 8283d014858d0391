#include "web/rooms/convolve/photo_pictures.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace convoscope::rooms::convolve {
namespace {

using models::convolve::Photo;
using models::convolve::PhotoPixels;

constexpr float kWhite = 255.0F;
constexpr int kThumbnail = 44;

/// Planes one after another, from 0 to 1: signed values about a middle grey, or 0 to 255.
std::vector<float> shades(const Photo& photo) {
    const float greatest = photo.greatest_output();
    std::vector<float> result;
    for (Index plane = 0; plane < photo.shown().channels; ++plane) {
        for (const float value : photo.output(plane)) {
            const float share = photo.shows_values()
                                    ? 0.5F + (greatest > 0 ? 0.5F * value / greatest : 0.0F)
                                    : value / photo.white();
            result.push_back(std::clamp(share, 0.0F, 1.0F));
        }
    }
    return result;
}

std::vector<float> shades(const PhotoPixels& pixels) {
    std::vector<float> result;
    for (const std::uint8_t byte : pixels.bytes) {
        result.push_back(static_cast<float>(byte) / kWhite);
    }
    return result;
}

}  // namespace

void PhotoPictures::create() {
    maps_.create();
    colours_.create();
    drawn_.create(64);
    drawn_.clear();
    const PhotoPixels rings = models::convolve::rings(kThumbnail);
    const render::TileId tile = drawn_.allocate(kThumbnail, kThumbnail);
    drawn_.update(tile, shades(rings), 1);
    rings_ = image_of(drawn_.region(tile));
    gallery_.create();
    revision_ = 0;
}

void PhotoPictures::abandon() {
    maps_.abandon();
    colours_.abandon();
    drawn_.abandon();
    gallery_.abandon();
}

void PhotoPictures::set_theme(const widgets::Theme& theme) {
    maps_.set_colors(heat_map_colors(theme));
}

void PhotoPictures::update(const models::AppState& state) {
    gallery_.update(state.train.pictures, state.train.pictures_revision);
    const Photo& photo = state.photo;
    if (photo.revision() != revision_ || photo.look != look_) {
        revision_ = photo.revision();
        look_ = photo.look;
        input_ = output_ = {};
        if (photo.shown().channels == 3) {
            fill_colour(photo);
        } else if (!photo.shown().bytes.empty()) {
            fill_grey(photo);
        }
    }
    maps_.flush();
}

void PhotoPictures::fill_grey(const Photo& photo) {
    const PhotoPixels& shown = photo.shown();
    maps_.clear();
    const render::TileId input =
        maps_.allocate(static_cast<int>(shown.columns), static_cast<int>(shown.rows));
    maps_.update(input,
                 std::vector<float>(shown.bytes.begin(), shown.bytes.end()),
                 {0, kWhite},
                 render::Mapping::kGray);
    input_ = image_of(maps_.region(input));
    if (photo.rows().outputs == 0) {
        return;
    }
    const render::TileId output = maps_.allocate(static_cast<int>(photo.columns().outputs),
                                                 static_cast<int>(photo.rows().outputs));
    const bool values = photo.shows_values();
    const float greatest = photo.greatest_output();
    maps_.update(
        output,
        photo.output(0),
        values ? render::ValueRange{-greatest, greatest} : render::ValueRange{0, photo.white()},
        values ? render::Mapping::kDiverging : render::Mapping::kGray);
    output_ = image_of(maps_.region(output));
}

void PhotoPictures::fill_colour(const Photo& photo) {
    const PhotoPixels& shown = photo.shown();
    colours_.clear();
    const render::TileId input =
        colours_.allocate(static_cast<int>(shown.columns), static_cast<int>(shown.rows));
    colours_.update(input, shades(shown), 3);
    input_ = image_of(colours_.region(input));
    if (photo.rows().outputs == 0) {
        return;
    }
    const render::TileId output = colours_.allocate(static_cast<int>(photo.columns().outputs),
                                                    static_cast<int>(photo.rows().outputs));
    colours_.update(output, shades(photo), 3);
    output_ = image_of(colours_.region(output));
}

}  // namespace convoscope::rooms::convolve
