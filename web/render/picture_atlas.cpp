#include "web/render/picture_atlas.h"

#include <algorithm>
#include <cmath>

namespace convoscope::render {

void PictureAtlas::create(int size) {
    if (size != size_) {
        size_ = size;
        clear();
    }
    texture_.create(size, size, TexelFormat::kRgba8);
    for (const Tile& tile : tiles_) {
        upload(tile);
    }
}

TileId PictureAtlas::allocate(int width, int height) {
    const std::optional<ShelfPacker::Place> place = packer_.place(width, height);
    if (!place) {
        return kNoTile;
    }
    tiles_.push_back({place->x, place->y, width, height, {}});
    return static_cast<TileId>(tiles_.size()) - 1;
}

void PictureAtlas::update(TileId id, std::span<const std::uint8_t> texels, int channels) {
    if (id < 0 || static_cast<std::size_t>(id) >= tiles_.size()) {
        return;
    }
    Tile& tile = tiles_[static_cast<std::size_t>(id)];
    const auto area = static_cast<std::size_t>(tile.width) * static_cast<std::size_t>(tile.height);
    const auto depth = static_cast<std::size_t>(std::max(1, channels));
    if (texels.size() < area * depth) {
        return;
    }
    tile.rgba.resize(area * 4);
    for (std::size_t i = 0; i < area; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            tile.rgba[4 * i + c] = texels[i * depth + std::min(c, depth - 1)];
        }
        tile.rgba[4 * i + 3] = 255;
    }
    upload(tile);
}

void PictureAtlas::update(TileId id, std::span<const float> planes, int channels) {
    const auto depth = static_cast<std::size_t>(std::max(1, channels));
    const std::size_t area = planes.size() / depth;
    std::vector<std::uint8_t> texels(area * depth);
    for (std::size_t c = 0; c < depth; ++c) {
        for (std::size_t i = 0; i < area; ++i) {
            const float value = std::clamp(planes[c * area + i], 0.0F, 1.0F);
            texels[i * depth + c] = static_cast<std::uint8_t>(std::lround(value * 255));
        }
    }
    update(id, texels, channels);
}

TextureRegion PictureAtlas::region(TileId id) const {
    if (id < 0 || static_cast<std::size_t>(id) >= tiles_.size()) {
        return {};
    }
    const Tile& tile = tiles_[static_cast<std::size_t>(id)];
    const auto share = [this](int texel) {
        return static_cast<float>(texel) / static_cast<float>(size_);
    };
    return {texture_.id(),
            share(tile.x),
            share(tile.y),
            share(tile.x + tile.width),
            share(tile.y + tile.height)};
}

void PictureAtlas::clear() {
    tiles_.clear();
    packer_ = ShelfPacker(size_);
}

void PictureAtlas::upload(const Tile& tile) {
    if (texture_.id() != 0 && !tile.rgba.empty()) {
        texture_.upload(tile.x, tile.y, tile.width, tile.height, tile.rgba);
    }
}

}  // namespace convoscope::render
