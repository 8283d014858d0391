#include "web/render/heat_map.h"

#include <algorithm>

#include <GLES3/gl3.h>

#include "web/render/shaders.h"

namespace convoscope::render {
namespace {

constexpr int kLookUpWidth = 256;

LookUpTable gray_ramp() {
    LookUpTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = static_cast<std::uint8_t>(i / 3);
    }
    return table;
}

}  // namespace

HeatMapAtlas::~HeatMapAtlas() {
    if (framebuffer_ != 0) {
        glDeleteFramebuffers(1, &framebuffer_);
        glDeleteVertexArrays(1, &vertex_array_);
    }
}

bool HeatMapAtlas::create(int size) {
    if (!program_.build(kHeatMapVertex, kHeatMapFragment)) {
        error_ = program_.error();
        return false;
    }
    range_uniform_ = program_.uniform("u_range");
    mapping_uniform_ = program_.uniform("u_mapping");
    if (size != size_) {
        size_ = size;
        clear();
    }
    values_.create(size, size, TexelFormat::kR32f);
    picture_.create(size, size, TexelFormat::kRgba8);
    for (Texture* look_up : {&sequential_, &diverging_, &gray_}) {
        look_up->create(kLookUpWidth, 1, TexelFormat::kRgb8, true);
    }
    colors_dirty_ = true;
    glGenVertexArrays(1, &vertex_array_);
    glGenFramebuffers(1, &framebuffer_);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, picture_.id(), 0);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        error_ = "the graphics card cannot draw into a texture";
        return false;
    }
    for (Tile& tile : tiles_) {
        tile.dirty = true;
    }
    return true;
}

void HeatMapAtlas::set_colors(const HeatMapColors& colors) {
    colors_ = colors;
    colors_dirty_ = true;
}

TileId HeatMapAtlas::allocate(int width, int height) {
    const std::optional<ShelfPacker::Place> place = packer_.place(width, height);
    if (!place) {
        return kNoTile;
    }
    tiles_.push_back({place->x, place->y, width, height, {}, Mapping::kSequential, false, {}});
    return static_cast<TileId>(tiles_.size()) - 1;
}

void HeatMapAtlas::update(TileId id,
                          std::span<const float> values,
                          ValueRange range,
                          Mapping mapping) {
    if (id < 0 || static_cast<std::size_t>(id) >= tiles_.size()) {
        return;
    }
    Tile& tile = tiles_[static_cast<std::size_t>(id)];
    const auto area = static_cast<std::size_t>(tile.width) * static_cast<std::size_t>(tile.height);
    if (values.size() < area) {
        return;
    }
    const std::span<const float> texels = values.first(area);
    const bool same = tile.values.size() == area && tile.mapping == mapping &&
                      tile.range.min == range.min && tile.range.max == range.max &&
                      std::equal(texels.begin(), texels.end(), tile.values.begin());
    if (!same) {
        tile.values.assign(texels.begin(), texels.end());
        tile.range = range;
        tile.mapping = mapping;
        tile.dirty = true;
    }
}

TextureRegion HeatMapAtlas::region(TileId id) const {
    if (id < 0 || static_cast<std::size_t>(id) >= tiles_.size()) {
        return {};
    }
    const Tile& tile = tiles_[static_cast<std::size_t>(id)];
    const auto share = [this](int texel) {
        return static_cast<float>(texel) / static_cast<float>(size_);
    };
    return {picture_.id(),
            share(tile.x),
            share(tile.y),
            share(tile.x + tile.width),
            share(tile.y + tile.height)};
}

void HeatMapAtlas::clear() {
    tiles_.clear();
    packer_ = ShelfPacker(size_);
}

void HeatMapAtlas::flush() {
    const bool any =
        std::any_of(tiles_.begin(), tiles_.end(), [](const Tile& tile) { return tile.dirty; });
    if (framebuffer_ == 0 || (!any && !colors_dirty_)) {
        return;
    }
    if (colors_dirty_) {
        sequential_.upload(0, 0, kLookUpWidth, 1, colors_.sequential);
        diverging_.upload(0, 0, kLookUpWidth, 1, colors_.diverging);
        gray_.upload(0, 0, kLookUpWidth, 1, gray_ramp());
    }
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glBindVertexArray(vertex_array_);
    glUseProgram(program_.id());
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    glUniform1i(program_.uniform("u_values"), 0);
    glUniform1i(program_.uniform("u_look_up"), 1);
    const auto& zero = colors_.exact_zero;
    glUniform3f(program_.uniform("u_exact_zero"), zero[0], zero[1], zero[2]);
    for (Tile& tile : tiles_) {
        if ((tile.dirty || colors_dirty_) && !tile.values.empty()) {
            draw(tile);
            tile.dirty = false;
        }
    }
    colors_dirty_ = false;
}

void HeatMapAtlas::draw(const Tile& tile) {
    glActiveTexture(GL_TEXTURE1);
    const Texture& look_up = tile.mapping == Mapping::kSequential  ? sequential_
                             : tile.mapping == Mapping::kDiverging ? diverging_
                                                                   : gray_;
    glBindTexture(GL_TEXTURE_2D, look_up.id());
    glActiveTexture(GL_TEXTURE0);
    values_.upload(tile.x, tile.y, tile.width, tile.height, tile.values);
    glUniform2f(range_uniform_, tile.range.min, tile.range.max);
    glUniform1i(mapping_uniform_, static_cast<int>(tile.mapping));
    glViewport(tile.x, tile.y, tile.width, tile.height);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

void HeatMapAtlas::abandon() {
    program_.abandon();
    for (Texture* texture : {&values_, &picture_, &sequential_, &diverging_, &gray_}) {
        texture->abandon();
    }
    framebuffer_ = 0;
    vertex_array_ = 0;
}

}  // namespace convoscope::render
