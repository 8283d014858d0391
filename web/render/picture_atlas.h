#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "web/render/heat_map.h"
#include "web/render/shelf_packer.h"
#include "web/render/texture.h"

namespace convoscope::render {

/// Raw pictures of a data set in one texture, never tinted.
class PictureAtlas {
  public:
    /// Needs a current context; also draws again what was there before a loss.
    void create(int size = 1024);

    [[nodiscard]] TileId allocate(int width, int height);
    /// Grey (1 channel) or colour (3), interleaved, row by row.
    void update(TileId tile, std::span<const std::uint8_t> texels, int channels);
    /// Values 0 to 1, planes one after another (channels × height × width).
    void update(TileId tile, std::span<const float> planes, int channels);
    [[nodiscard]] TextureRegion region(TileId tile) const;
    void clear();
    void abandon() { texture_.abandon(); }

  private:
    struct Tile {
        int x, y, width, height;
        std::vector<std::uint8_t> rgba;
    };
    void upload(const Tile& tile);

    int size_ = 0;
    ShelfPacker packer_;
    std::vector<Tile> tiles_;
    Texture texture_;
};

}  // namespace convoscope::render
