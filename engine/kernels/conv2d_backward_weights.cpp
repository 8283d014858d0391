#include "engine/kernels/conv2d_backward_weights.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/dot_tile.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

/// Output cells of a band: their gradients of one block of channels stay in the first-level cache
/// while every weight's sum runs over them, and are so many that adding up the lanes at a tile's
/// end costs little.
constexpr Index kBandCells = 160;
/// A wide image's band is one row, however long; beyond this it is read where it is.
constexpr Index kMostPanelCells = 256;
/// Rearranging a band pays when it is read often.
constexpr Index kFewestPanelUses = 8;

Index band_rows(const Conv2dGeometry& geometry) {
    return std::max<Index>(1, kBandCells / geometry.output.width);
}

/// A band of output rows, of one block of output channels.
struct Band {
    IndexRange output_rows;
    RowBlock block;
    Index group = 0;
    const float* d_output = nullptr;  ///< the band's first cell, the block's first channel
    Index row_step = 0;
    Index cell_step = 0;
};

class WeightGradient {
  public:
    WeightGradient(const Conv2dGeometry& geometry,
                   const float* input,
                   const float* d_output,
                   float* d_weights)
        : geometry_(geometry), input_(input), d_output_(d_output), d_weights_(d_weights) {}

    void add(IndexRange output_rows) const {
        const Index group_out = geometry_.group_out_channels();
        for (Index group = 0; group < geometry_.groups; ++group) {
            for (const RowBlock& block : split_rows(group * group_out, (group + 1) * group_out)) {
                add_block(output_rows, group, block);
            }
        }
    }

  private:
    void add_block(IndexRange output_rows, Index group, const RowBlock& block) const {
        const Index channels = geometry_.output.channels;
        const Index width = geometry_.output.width;
        Band band{
            .output_rows = output_rows,
            .block = block,
            .group = group,
            .d_output = d_output_ + (output_rows.begin * width * channels + block.begin) * kLanes,
            .row_step = width * channels * kLanes,
            .cell_step = channels * kLanes};
        // Cells a large power of two apart share few places of the cache, so a band is copied
        // together, unless the block is all there is.
        float panel[kMostPanelCells * kMaxBlockRows * kLanes];
        const Index cells = output_rows.count() * width;
        if (block.rows < channels && cells <= kMostPanelCells &&
            geometry_.weights_per_output() >= kFewestPanelUses) {
            copy_cells(band.d_output, band.cell_step, cells, block.rows * kLanes, panel);
            band.d_output = panel;
            band.cell_step = block.rows * kLanes;
            band.row_step = width * band.cell_step;
        }
        for (Index kernel_row = 0; kernel_row < geometry_.vertical.size; ++kernel_row) {
            add_kernel_row(band, kernel_row);
        }
    }

    static void copy_cells(
        const float* source, Index step, Index cells, Index floats, float* target) {
        for (Index cell = 0; cell < cells; ++cell) {
            for (Index i = 0; i < floats; i += simd::kVectorSize) {
                simd::store(target + i, simd::load(source + i));
            }
            source += step;
            target += floats;
        }
    }

    void add_kernel_row(const Band& band, Index kernel_row) const {
        const IndexRange inside = outputs_inside(
            geometry_.vertical, kernel_row, geometry_.input.height, geometry_.output.height);
        const IndexRange rows{.begin = std::max(band.output_rows.begin, inside.begin),
                              .end = std::min(band.output_rows.end, inside.end)};
        if (rows.empty()) {
            return;
        }
        DotTile tile = tile_of(band, kernel_row, rows);
        const Index columns = geometry_.horizontal.size * geometry_.group_in_channels();
        for (Index column = 0; column < columns; column += 2) {
            if (column + 1 < columns) {
                add_pair(band, column, tile);
            } else {
                add_single(band, column, cells(column), tile);
            }
            tile.d_weights += 2;
        }
    }

    /// Two neighbouring weights. Padding may cut their cells differently: the second's tap lies
    /// right of the first's, or on it, so its cells begin and end earlier.
    void add_pair(const Band& band, Index column, DotTile tile) const {
        const IndexRange first = cells(column);
        const IndexRange second = cells(column + 1);
        const Index begin = std::max(first.begin, second.begin);
        const Index end = std::max(begin, std::min(first.end, second.end));
        if (begin < end) {
            tile.cells = {.begin = begin, .end = end};
            tile.first_offset = offset(band.group, column);
            tile.second_offset = offset(band.group, column + 1);
            add_dot_pair(band.block.rows, tile);
        }
        add_single(band, column, {.begin = std::max(first.begin, end), .end = first.end}, tile);
        ++tile.d_weights;
        add_single(
            band, column + 1, {.begin = second.begin, .end = std::min(second.end, begin)}, tile);
    }

    void add_single(const Band& band, Index column, IndexRange cells, DotTile tile) const {
        if (!cells.empty()) {
            tile.cells = cells;
            tile.first_offset = offset(band.group, column);
            add_dot_single(band.block.rows, tile);
        }
    }

    // A "column" of the gradient is a weight of one kernel row: (kernel column, input channel).

    /// Output columns whose tap falls on the input.
    [[nodiscard]] IndexRange cells(Index column) const {
        return outputs_inside(geometry_.horizontal,
                              column / geometry_.group_in_channels(),
                              geometry_.input.width,
                              geometry_.output.width);
    }

    /// From an input row's start to what output column 0 reads.
    [[nodiscard]] Index offset(Index group, Index column) const {
        const Index group_in = geometry_.group_in_channels();
        const Index x =
            column / group_in * geometry_.horizontal.dilation - geometry_.horizontal.padding_begin;
        return (x * geometry_.input.channels + group * group_in + column % group_in) * kLanes;
    }

    [[nodiscard]] DotTile tile_of(const Band& band, Index kernel_row, IndexRange rows) const {
        const Window& vertical = geometry_.vertical;
        const Index input_row = geometry_.input.width * geometry_.input.channels * kLanes;
        const Index input_y =
            rows.begin * vertical.stride + kernel_row * vertical.dilation - vertical.padding_begin;
        const Index columns = geometry_.horizontal.size * geometry_.group_in_channels();
        const Index weights_step = geometry_.weights_per_output();
        return {.d_output = band.d_output + (rows.begin - band.output_rows.begin) * band.row_step,
                .input = input_ + input_y * input_row,
                .rows = rows.count(),
                .d_output_row_step = band.row_step,
                .d_output_cell_step = band.cell_step,
                .input_row_step = vertical.stride * input_row,
                .input_cell_step = geometry_.horizontal.stride * geometry_.input.channels * kLanes,
                .d_weights = d_weights_ + band.block.begin * weights_step + kernel_row * columns,
                .d_weights_row_step = weights_step};
    }

    const Conv2dGeometry& geometry_;
    const float* input_;
    const float* d_output_;
    float* d_weights_;
};

/// Channels whose biases are summed together: two cache lines of each cell, read once.
constexpr int kBiasChannels = 4;

/// sums[channel] += all lanes of all cells.
template <int kChannels>
[[gnu::noinline]] void add_cells(const float* source, Index cells, Index cell_step, float* sums) {
    simd::Vector lanes[kChannels][simd::kVectors];
    for (auto& channel : lanes) {
        for (simd::Vector& part : channel) {
            part = simd::zero();
        }
    }
    for (Index cell = 0; cell < cells; ++cell) {
#pragma GCC unroll 4
        for (int channel = 0; channel < kChannels; ++channel) {
            for (int v = 0; v < simd::kVectors; ++v) {
                lanes[channel][v] += simd::load(source + channel * kLanes + v * simd::kVectorSize);
            }
        }
        source += cell_step;
    }
    for (int channel = 0; channel < kChannels; ++channel) {
        simd::Vector sum = lanes[channel][0];
        for (int v = 1; v < simd::kVectors; ++v) {
            sum += lanes[channel][v];
        }
        sums[channel] += simd::sum(sum);
    }
}

}  // namespace

void conv2d_backward_weights(const Conv2dGeometry& geometry,
                             std::span<const float> input,
                             std::span<const float> d_output,
                             std::span<float> d_weights) {
    CONVOSCOPE_CHECK(std::ssize(input) == geometry.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == geometry.output.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_weights) == geometry.weight_count());
    const WeightGradient gradient(geometry, input.data(), d_output.data(), d_weights.data());
    const Index step = band_rows(geometry);
    for (Index row = 0; row < geometry.output.height; row += step) {
        gradient.add({.begin = row, .end = std::min(row + step, geometry.output.height)});
    }
}

void conv2d_backward_bias(std::span<const float> d_output, std::span<float> d_bias) {
    const Index channels = std::ssize(d_bias);
    const Index cells = std::ssize(d_output) / (channels * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == cells * channels * kLanes);
    Index channel = 0;
    for (; channel + kBiasChannels <= channels; channel += kBiasChannels) {
        add_cells<kBiasChannels>(
            d_output.data() + channel * kLanes, cells, channels * kLanes, d_bias.data() + channel);
    }
    for (; channel < channels; ++channel) {
        add_cells<1>(
            d_output.data() + channel * kLanes, cells, channels * kLanes, d_bias.data() + channel);
    }
}

}  // namespace convoscope::kernels
