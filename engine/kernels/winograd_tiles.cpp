#include "engine/kernels/winograd_tiles.h"

#include "engine/core/check.h"
#include "engine/kernels/winograd_transform.h"

namespace convoscope::kernels::winograd {
namespace {

/// Where the cells of one square of the volume lie; `outside` stands for those beside it.
template <Index kSide, class Value>
struct Cells {
    Value* at[kSide][kSide];

    Cells(const TileGrid& grid, Index tile, Value* volume, Value* outside) {
        const Index first_row = grid.first_row + tile / grid.columns * kTile;
        const Index first_column = grid.first_column + tile % grid.columns * kTile;
        for (Index row = 0; row < kSide; ++row) {
            for (Index column = 0; column < kSide; ++column) {
                const Index y = first_row + row;
                const Index x = first_column + column;
                const bool inside =
                    0 <= y && y < grid.volume.height && 0 <= x && x < grid.volume.width;
                at[row][column] =
                    inside ? volume + (y * grid.volume.width + x) * grid.volume.channels * kLanes
                           : outside;
            }
        }
    }
};

/// Not inlined, as every hot loop: see `accumulate_block`.
[[gnu::noinline]] void transform_patch(const Cells<kPatch, const float>& cells,
                                       Index floats,
                                       float* components,
                                       Index component_step) {
    for (Index i = 0; i < floats; i += simd::kVectorSize) {
        float* target = components + i;
        transform_square<kPatch, kPatch>(
            [](const Vector(&in)[kPatch], Vector(&out)[kPatch]) { patch_line(in, out); },
            [&](Index row, Index column) { return simd::load(cells.at[row][column] + i); },
            [&](Index, Index, Vector value) {
                simd::store(target, value);
                target += component_step;
            });
    }
}

[[gnu::noinline]] void transform_d_output(const Cells<kTile, const float>& cells,
                                          Index floats,
                                          float* components,
                                          Index component_step) {
    for (Index i = 0; i < floats; i += simd::kVectorSize) {
        float* target = components + i;
        transform_square<kTile, kPatch>(
            [](const Vector(&in)[kTile], Vector(&out)[kPatch]) { d_output_line(in, out); },
            [&](Index row, Index column) { return simd::load(cells.at[row][column] + i); },
            [&](Index, Index, Vector value) {
                simd::store(target, value);
                target += component_step;
            });
    }
}

[[gnu::noinline]] void transform_output(const float* components,
                                        Index component_step,
                                        const float* start,
                                        Index floats,
                                        const Cells<kTile, float>& cells) {
    for (Index i = 0; i < floats; i += simd::kVectorSize) {
        const float* source = components + i;
        const Vector first = start != nullptr ? simd::load_splat(start + i / kLanes) : simd::zero();
        transform_square<kPatch, kTile>(
            [](const Vector(&in)[kPatch], Vector(&out)[kTile]) { output_line(in, out); },
            [&](Index row, Index column) {
                return simd::load(source + (row * kPatch + column) * component_step);
            },
            [&](Index row, Index column, Vector value) {
                if (cells.at[row][column] != nullptr) {
                    simd::store(cells.at[row][column] + i, value + first);
                }
            });
    }
}

void check(const TileGrid& grid,
           IndexRange tiles,
           std::span<const float> volume,
           std::span<const float> components) {
    const ComponentLayout layout{.channels = grid.volume.channels, .tiles = tiles.count()};
    CONVOSCOPE_CHECK(0 <= tiles.begin && tiles.end <= grid.tiles());
    CONVOSCOPE_CHECK(std::ssize(volume) == grid.volume.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(components) >= layout.floats());
}

/// Calls transform(cells, floats, first component, component step) for every tile.
template <Index kSide, class Transform>
void for_each_tile(const TileGrid& grid,
                   IndexRange tiles,
                   std::span<const float> source,
                   std::span<const float> zeros,
                   std::span<float> components,
                   const Transform& transform) {
    check(grid, tiles, source, components);
    const ComponentLayout layout{.channels = grid.volume.channels, .tiles = tiles.count()};
    CONVOSCOPE_CHECK(std::ssize(zeros) >= layout.tile_step());
    for (Index tile = tiles.begin; tile < tiles.end; ++tile) {
        const Cells<kSide, const float> cells(grid, tile, source.data(), zeros.data());
        transform(cells,
                  layout.tile_step(),
                  components.data() + (tile - tiles.begin) * layout.tile_step(),
                  layout.component_step());
    }
}

}  // namespace

TileGrid grid_over(const Shape& outputs) {
    return {.volume = outputs,
            .rows = (outputs.height + kTile - 1) / kTile,
            .columns = (outputs.width + kTile - 1) / kTile};
}

TileGrid grid_under(const TileGrid& outputs,
                    const Shape& inputs,
                    Index padding_top,
                    Index padding_left) {
    return {.volume = inputs,
            .rows = outputs.rows,
            .columns = outputs.columns,
            .first_row = -padding_top,
            .first_column = -padding_left};
}

Index ComponentLayout::floats() const {
    return kComponents * component_step();
}

void transform_patches(const TileGrid& grid,
                       IndexRange tiles,
                       std::span<const float> source,
                       std::span<const float> zeros,
                       std::span<float> components) {
    for_each_tile<kPatch>(grid, tiles, source, zeros, components, transform_patch);
}

void transform_d_outputs(const TileGrid& grid,
                         IndexRange tiles,
                         std::span<const float> d_output,
                         std::span<const float> zeros,
                         std::span<float> components) {
    for_each_tile<kTile>(grid, tiles, d_output, zeros, components, transform_d_output);
}

void transform_outputs(const TileGrid& grid,
                       IndexRange tiles,
                       std::span<const float> components,
                       std::span<const float> start,
                       std::span<float> target) {
    check(grid, tiles, target, components);
    CONVOSCOPE_CHECK(start.empty() || std::ssize(start) == grid.volume.channels);
    const ComponentLayout layout{.channels = grid.volume.channels, .tiles = tiles.count()};
    for (Index tile = tiles.begin; tile < tiles.end; ++tile) {
        const Cells<kTile, float> cells(grid, tile, target.data(), nullptr);
        transform_output(components.data() + (tile - tiles.begin) * layout.tile_step(),
                         layout.component_step(),
                         start.empty() ? nullptr : start.data(),
                         layout.tile_step(),
                         cells);
    }
}

}  // namespace convoscope::kernels::winograd
