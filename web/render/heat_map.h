#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "web/render/shader_program.h"
#include "web/render/shelf_packer.h"
#include "web/render/texture.h"

namespace convoscope::render {

/// How values become colours: from min to max on the sequential scale, −max to max on the
/// diverging one, or black to white.
enum class Mapping { kSequential, kDiverging, kGray };

struct ValueRange {
    float min = 0;
    float max = 1;
};

/// Part of a texture, corners in 0 to 1.
struct TextureRegion {
    unsigned texture = 0;
    float u0 = 0;
    float v0 = 0;
    float u1 = 1;
    float v1 = 1;
};

/// 256 RGB triples.
using LookUpTable = std::array<std::uint8_t, 256 * 3>;

struct HeatMapColors {
    LookUpTable sequential{};
    LookUpTable diverging{};
    std::array<float, 3> exact_zero{};  ///< 0 to 1
};

using TileId = int;
inline constexpr TileId kNoTile = -1;

/// All heat maps of a screen in one texture: values go in as floats, a shader colours them, and
/// the tiles come out as regions that any user interface can draw as plain pictures.
class HeatMapAtlas {
  public:
    HeatMapAtlas() = default;
    ~HeatMapAtlas();
    HeatMapAtlas(const HeatMapAtlas&) = delete;
    HeatMapAtlas& operator=(const HeatMapAtlas&) = delete;

    /// Needs a current context. False: the graphics card cannot; see error().
    bool create(int size = 1024);
    void set_colors(const HeatMapColors& colors);

    /// A tile of width × height values; kNoTile when the atlas is full.
    [[nodiscard]] TileId allocate(int width, int height);
    /// Row by row. Ensures: drawn at the next flush; nothing happens if all is as it was.
    void update(TileId tile, std::span<const float> values, ValueRange range, Mapping mapping);
    /// The tile as it will be after flush.
    [[nodiscard]] TextureRegion region(TileId tile) const;
    /// Forget all tiles, as when another network is opened.
    void clear();

    /// Colours what changed. Before the user interface is drawn.
    void flush();

    /// The context was lost: forget its objects. All values are kept; create() draws them again.
    void abandon();
    [[nodiscard]] const std::string& error() const { return error_; }

  private:
    struct Tile {
        int x, y, width, height;
        ValueRange range;
        Mapping mapping;
        bool dirty;
        std::vector<float> values;
    };
    void draw(const Tile& tile);

    int size_ = 0;
    ShelfPacker packer_;
    std::vector<Tile> tiles_;
    HeatMapColors colors_;
    bool colors_dirty_ = true;
    ShaderProgram program_;
    int range_uniform_ = -1;
    int mapping_uniform_ = -1;
    Texture values_;
    Texture picture_;
    Texture sequential_;
    Texture diverging_;
    Texture gray_;
    unsigned framebuffer_ = 0;
    unsigned vertex_array_ = 0;
    std::string error_;
};

}  // namespace convoscope::render
