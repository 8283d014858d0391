#include "web/rooms/picture_gallery.h"

#include "web/widgets/scales.h"

namespace convoscope::rooms {

widgets::ImageRef image_of(const render::TextureRegion& region) {
    return {region.texture, region.u0, region.v0, region.u1, region.v1};
}

render::HeatMapColors heat_map_colors(const widgets::Theme& theme) {
    const auto share = [](std::uint8_t channel) { return static_cast<float>(channel) / 255.0F; };
    return {.sequential = widgets::look_up(theme.sequential),
            .diverging = widgets::look_up(theme.diverging),
            .exact_zero = {
                share(theme.exact_zero.r), share(theme.exact_zero.g), share(theme.exact_zero.b)}};
}

std::vector<std::uint8_t> texels_of(const models::Pictures& pictures, std::size_t index) {
    const auto plane =
        static_cast<std::size_t>(pictures.height) * static_cast<std::size_t>(pictures.width);
    const auto channels = static_cast<std::size_t>(pictures.channels);
    const std::size_t first = index * pictures.picture_size();
    std::vector<std::uint8_t> texels(plane * channels);
    for (std::size_t p = 0; p < plane; ++p) {
        for (std::size_t c = 0; c < channels; ++c) {
            texels[p * channels + c] = pictures.pixels[first + c * plane + p];
        }
    }
    return texels;
}

void PictureGallery::update(const models::Pictures& pictures, std::uint32_t revision) {
    if (revision == revision_) {
        return;
    }
    revision_ = revision;
    atlas_.clear();
    tiles_.clear();
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        tiles_.push_back(atlas_.allocate(pictures.width, pictures.height));
        if (tiles_.back() != render::kNoTile) {
            atlas_.update(tiles_.back(), texels_of(pictures, i), pictures.channels);
        }
    }
}

widgets::ImageRef PictureGallery::image(std::size_t index) const {
    return index < tiles_.size() && tiles_[index] != render::kNoTile
               ? image_of(atlas_.region(tiles_[index]))
               : widgets::ImageRef{};
}

}  // namespace convoscope::rooms
