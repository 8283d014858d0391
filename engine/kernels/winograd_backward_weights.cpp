#include "engine/kernels/winograd_backward_weights.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/winograd_tiles.h"
#include "engine/kernels/winograd_transform.h"

namespace convoscope::kernels {
namespace {

using winograd::ComponentLayout;
using winograd::kComponents;
using winograd::kKernel;
using winograd::kPatch;
using winograd::TileGrid;
using winograd::Vector;

/// Operands of one strip: about half of a second-level cache of today.
constexpr Index kStripBytes = 512 * 1024;
/// The fewest tiles of a strip, where there are as many: the products of each are written and
/// transformed.
constexpr Index kFewestTiles = 4;
/// Between components, so that they do not all share one place of the cache.
constexpr Index kGap = 16;

/// What is summed over tiles and lanes is, for each component, a product of two matrices:
///
///     products [output channel][column] =
///         gradients [block][tile][lane][block row] · patches [column / kLanes][tile][lane][column
///         % kLanes]
///
/// Columns are the input channels and, behind them, what fills the last lane block. Both factors
/// are transposed lane block by lane block, so that columns fill the registers and no lanes are
/// added up.
struct ProductLayout {
    Index in_channels = 0;
    Index out_channels = 0;
    Index tiles = 0;

    [[nodiscard]] Index columns() const { return (in_channels + kLanes - 1) / kLanes * kLanes; }
    [[nodiscard]] Index depth() const { return tiles * kLanes; }
    /// Behind each block there is room for what a store hangs over.
    [[nodiscard]] Index gradient_place(const RowBlock& block) const {
        return block.begin * (depth() + kLanes);
    }
    [[nodiscard]] Index gradient_step() const { return out_channels * (depth() + kLanes) + kGap; }
    [[nodiscard]] Index patch_step() const { return columns() * depth() + kGap; }
    [[nodiscard]] Index product_step() const { return out_channels * columns() + kGap; }
};

ProductLayout layout_of(const Conv2dGeometry& geometry) {
    ProductLayout layout{.in_channels = geometry.input.channels,
                         .out_channels = geometry.output.channels};
    const Index tile_bytes = kComponents * (layout.columns() + layout.out_channels) * kLanes *
                             static_cast<Index>(sizeof(float));
    layout.tiles = std::min(std::max(kStripBytes / tile_bytes, kFewestTiles),
                            winograd::grid_over(geometry.output).tiles());
    return layout;
}

Index most_channels(const ProductLayout& layout) {
    return std::max(layout.in_channels, layout.out_channels);
}

/// One tile's components; the last lane block is read beyond its channels.
Index tile_floats(const ProductLayout& layout) {
    return ComponentLayout{.channels = most_channels(layout), .tiles = 1}.floats() +
           kLanes * kLanes;
}

/// `[channel][lane]` to `[lane][channel]`, a lane block at a time.
void transpose_patch(const ProductLayout& layout,
                     Index tile,
                     const float* components,
                     float* patches) {
    const ComponentLayout from{.channels = layout.in_channels, .tiles = 1};
    for (Index component = 0; component < kComponents; ++component) {
        const float* source = components + component * from.component_step();
        float* target = patches + component * layout.patch_step() + tile * kLanes * kLanes;
        for (Index column = 0; column < layout.columns(); column += kLanes) {
            simd::transpose_lane_block(source + column * kLanes, target);
            target += layout.depth() * kLanes;
        }
    }
}

/// `[lane][kLanes]` to `[lane][rows]`: each store hangs over into the place of the next, and the
/// last one into what the next tile writes, or into the room behind the block.
void narrow_lane_block(const float* source, Index rows, float* target) {
    for (Index lane = 0; lane < kLanes; ++lane) {
        for (Index v = 0; v < kLanes; v += simd::kVectorSize) {
            simd::store(target + v, simd::load(source + v));
        }
        source += kLanes;
        target += rows;
    }
}

/// `[channel][lane]` to `[block][lane][block row]`.
void transpose_gradient(const ProductLayout& layout,
                        Index tile,
                        const float* components,
                        float* gradients) {
    const ComponentLayout from{.channels = layout.out_channels, .tiles = 1};
    float square[kLanes * kLanes];
    for (Index component = 0; component < kComponents; ++component) {
        const float* source = components + component * from.component_step();
        float* target = gradients + component * layout.gradient_step();
        for (const RowBlock& block : split_rows(0, layout.out_channels)) {
            simd::transpose_lane_block(source + block.begin * kLanes, square);
            narrow_lane_block(square,
                              block.rows,
                              target + layout.gradient_place(block) + tile * kLanes * block.rows);
        }
    }
}

void multiply(const ProductLayout& layout,
              const float* gradients,
              const float* patches,
              float* products) {
    for (Index component = 0; component < kComponents; ++component) {
        for (const RowBlock& block : split_rows(0, layout.out_channels)) {
            accumulate(
                block.rows,
                {.a = gradients + component * layout.gradient_step() + layout.gradient_place(block),
                 .b = patches + component * layout.patch_step(),
                 .c = products + component * layout.product_step() + block.begin * layout.columns(),
                 .run = layout.depth(),
                 .pixels = layout.columns() / kLanes,
                 .b_pixel_step = layout.depth() * kLanes,
                 .c_pixel_step = kLanes,
                 .c_row_step = layout.columns()});
        }
    }
}

/// place[i] += value[i], of the first `count` lanes.
void add_lanes(Vector value, Index count, float* place) {
    if (count >= simd::kVectorSize) {
        simd::store(place, simd::load(place) + value);
        return;
    }
    float lanes[simd::kVectorSize];
    simd::store(lanes, value);
    for (Index i = 0; i < count; ++i) {
        place[i] += lanes[i];
    }
}

/// d_weights[oc][kernel cell][ic] += G^T products G.
void add_kernels(const ProductLayout& layout, const float* products, float* d_weights) {
    const Index channels = layout.in_channels;
    for (Index out = 0; out < layout.out_channels; ++out) {
        for (Index first = 0; first < channels; first += simd::kVectorSize) {
            const float* from = products + out * layout.columns() + first;
            float* to = d_weights + out * kKernel * kKernel * channels + first;
            winograd::transform_square<kPatch, kKernel>(
                [](const Vector(&in)[kPatch], Vector(&result)[kKernel]) {
                    winograd::d_kernel_line(in, result);
                },
                [&](Index row, Index column) {
                    return simd::load(from + (row * kPatch + column) * layout.product_step());
                },
                [&](Index row, Index column, Vector value) {
                    add_lanes(value, channels - first, to + (row * kKernel + column) * channels);
                });
        }
    }
}

}  // namespace

Index winograd_backward_weights_scratch(const Conv2dGeometry& geometry) {
    const ProductLayout layout = layout_of(geometry);
    return most_channels(layout) * kLanes + tile_floats(layout) +
           kComponents * (layout.patch_step() + layout.gradient_step() + layout.product_step());
}

void winograd_backward_weights(const Conv2dGeometry& geometry,
                               std::span<const float> input,
                               std::span<const float> d_output,
                               std::span<float> scratch,
                               std::span<float> d_weights) {
    CONVOSCOPE_CHECK(std::ssize(scratch) >= winograd_backward_weights_scratch(geometry));
    CONVOSCOPE_CHECK(std::ssize(d_weights) == geometry.weight_count());
    const TileGrid outputs = winograd::grid_over(geometry.output);
    const TileGrid inputs = winograd::grid_under(outputs,
                                                 geometry.input,
                                                 geometry.vertical.padding_begin,
                                                 geometry.horizontal.padding_begin);
    ProductLayout layout = layout_of(geometry);

    const auto take = [&scratch](Index floats) {
        const auto part = scratch.first(static_cast<std::size_t>(floats));
        scratch = scratch.subspan(part.size());
        return part;
    };
    const auto zeros = take(most_channels(layout) * kLanes);
    const auto components = take(tile_floats(layout));
    const auto patches = take(kComponents * layout.patch_step());
    const auto gradients = take(kComponents * layout.gradient_step());
    const auto products = take(kComponents * layout.product_step());
    std::ranges::fill(zeros, 0.0F);
    // Read, though never used, where a last lane block is not full.
    std::ranges::fill(components, 0.0F);

    const Index strip = layout.tiles;
    for (Index begin = 0; begin < outputs.tiles(); begin += strip) {
        layout.tiles = std::min(strip, outputs.tiles() - begin);
        for (Index i = 0; i < layout.tiles; ++i) {
            const IndexRange tile{.begin = begin + i, .end = begin + i + 1};
            winograd::transform_patches(inputs, tile, input, zeros, components);
            transpose_patch(layout, i, components.data(), patches.data());
            winograd::transform_d_outputs(outputs, tile, d_output, zeros, components);
            transpose_gradient(layout, i, components.data(), gradients.data());
        }
        multiply(layout, gradients.data(), patches.data(), products.data());
        add_kernels(layout, products.data(), d_weights.data());
    }
}

}  // namespace convoscope::kernels
