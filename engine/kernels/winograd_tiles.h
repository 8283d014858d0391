#pragma once

// How Winograd's kernels cut a volume into tiles and carry it into components and back.

#include <span>

#include "engine/core/index.h"
#include "engine/core/lanes.h"
#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope::kernels::winograd {

/// A volume under a grid of tiles, whose sides overlap it or lie beside it: where a tile leaves the
/// volume, it reads zeros and writes nothing.
struct TileGrid {
    Shape volume;
    Index rows = 0;  ///< of tiles
    Index columns = 0;
    Index first_row = 0;  ///< of the volume under the first tile's first row
    Index first_column = 0;

    [[nodiscard]] Index tiles() const { return rows * columns; }
};

/// The fewest tiles that cover the outputs.
[[nodiscard]] TileGrid grid_over(const Shape& outputs);
/// The patches that those tiles read.
[[nodiscard]] TileGrid grid_under(const TileGrid& outputs,
                                  const Shape& inputs,
                                  Index padding_top,
                                  Index padding_left);

/// Components of some tiles: `[component][tile][channel][lane]`. Components lie a cache line more
/// apart than they need: else all those of a tile share one place of the cache.
struct ComponentLayout {
    Index channels = 0;
    Index tiles = 0;

    [[nodiscard]] Index tile_step() const { return channels * kLanes; }
    [[nodiscard]] Index component_step() const { return tiles * tile_step() + 16; }
    [[nodiscard]] Index floats() const;
};

/// components = B^T patch B, of the 6×6 patches that begin at the tiles. Expects: `zeros` of
/// channels·kLanes zeros.
void transform_patches(const TileGrid& grid,
                       IndexRange tiles,
                       std::span<const float> source,
                       std::span<const float> zeros,
                       std::span<float> components);

/// components = A d_output A^T, of 4×4 tiles. Expects: as `transform_patches`.
void transform_d_outputs(const TileGrid& grid,
                         IndexRange tiles,
                         std::span<const float> d_output,
                         std::span<const float> zeros,
                         std::span<float> components);

/// target tile = start + A^T components A. `start` may be empty: zeros.
void transform_outputs(const TileGrid& grid,
                       IndexRange tiles,
                       std::span<const float> components,
                       std::span<const float> start,
                       std::span<float> target);

}  // namespace convoscope::kernels::winograd
