#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "web/models/pictures.h"
#include "web/render/heat_map.h"
#include "web/render/picture_atlas.h"
#include "web/widgets/canvas.h"

namespace convoscope::rooms {

/// A part of a texture, as widgets draw it.
[[nodiscard]] widgets::ImageRef image_of(const render::TextureRegion& region);

/// How heat maps are coloured in a theme.
[[nodiscard]] render::HeatMapColors heat_map_colors(const widgets::Theme& theme);

/// One of the pictures as a texture takes it: the channels of a pixel side by side.
[[nodiscard]] std::vector<std::uint8_t> texels_of(const models::Pictures& pictures,
                                                  std::size_t index);

/// Pictures of a data set on the graphics card, in an atlas of their own.
class PictureGallery {
  public:
    /// Needs a current context; also after one was lost. `size` is the atlas's side, in texels.
    void create(int size = 1024) { atlas_.create(size); }
    void abandon() { atlas_.abandon(); }
    /// Takes the pictures over if their revision is another.
    void update(const models::Pictures& pictures, std::uint32_t revision);

    [[nodiscard]] std::size_t count() const { return tiles_.size(); }
    /// Nothing to draw where there is no such picture.
    [[nodiscard]] widgets::ImageRef image(std::size_t index) const;

  private:
    render::PictureAtlas atlas_;
    std::vector<render::TileId> tiles_;
    std::uint32_t revision_ = 0;
};

}  // namespace convoscope::rooms
