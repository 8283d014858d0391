#include "engine/kernels/conv2d_backward_weights.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/dot_tile.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

/// Gradients of a band of output rows stay in the first-level cache while every weight's sum runs
/// over them; at least so many cells, that adding up the lanes at a tile's end costs little.
constexpr Index kBandFloats = 24 * 1024 / static_cast<Index>(sizeof(float));
constexpr Index kBandCells = 48;

Index band_rows(const Conv2dGeometry& geometry) {
    const Index width = geometry.output.width;
    const Index fitting = kBandFloats / (width * geometry.output.channels * kLanes);
    return std::max(fitting, (kBandCells + width - 1) / width);
}

/// One kernel row over one band of output rows.
struct BandOfKernelRow {
    Index kernel_row = 0;
    IndexRange output_rows;
};

class WeightGradient {
  public:
    WeightGradient(const Conv2dGeometry& geometry,
                   const float* input,
                   const float* d_output,
                   float* d_weights)
        : geometry_(geometry), input_(input), d_output_(d_output), d_weights_(d_weights) {}

    void add(const BandOfKernelRow& band) const {
        const Index group_out = geometry_.group_out_channels();
        for (Index group = 0; group < geometry_.groups; ++group) {
            const auto blocks = split_rows(group * group_out, (group + 1) * group_out);
            const Index columns = geometry_.horizontal.size * geometry_.group_in_channels();
            for (Index column = 0; column + 1 < columns; column += 2) {
                DotTile tile = tile_of(band, group, column);
                tile.second_offset = offset(group, column + 1);
                cut(cells(column), cells(column + 1), tile);
                for (const RowBlock& block : blocks) {
                    aim(band, block, column, tile);
                    add_dot_pair(block.rows, tile);
                }
            }
            if (columns % 2 == 1) {
                DotTile tile = tile_of(band, group, columns - 1);
                const IndexRange own = cells(columns - 1);
                tile.first_begin = own.begin;
                tile.first_end = own.end;
                for (const RowBlock& block : blocks) {
                    aim(band, block, columns - 1, tile);
                    add_dot_single(block.rows, tile);
                }
            }
        }
    }

  private:
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

    /// The second weight's tap lies right of the first's, or on it: its cells begin and end
    /// earlier.
    static void cut(const IndexRange& first, const IndexRange& second, DotTile& tile) {
        tile.both_begin = std::max(first.begin, second.begin);
        tile.both_end = std::max(tile.both_begin, std::min(first.end, second.end));
        tile.second_begin = second.begin;
        tile.second_end = std::min(second.end, tile.both_begin);
        tile.first_begin = std::max(first.begin, tile.both_end);
        tile.first_end = first.end;
    }

    [[nodiscard]] DotTile tile_of(const BandOfKernelRow& band, Index group, Index column) const {
        const Window& vertical = geometry_.vertical;
        const Index input_row = geometry_.input.width * geometry_.input.channels * kLanes;
        const Index input_y = band.output_rows.begin * vertical.stride +
                              band.kernel_row * vertical.dilation - vertical.padding_begin;
        return {.input = input_ + input_y * input_row,
                .first_offset = offset(group, column),
                .rows = band.output_rows.count(),
                .d_output_row_step = geometry_.output.width * geometry_.output.channels * kLanes,
                .d_output_cell_step = geometry_.output.channels * kLanes,
                .input_row_step = vertical.stride * input_row,
                .input_cell_step = geometry_.horizontal.stride * geometry_.input.channels * kLanes,
                .d_weights_row_step = geometry_.weights_per_output()};
    }

    void aim(const BandOfKernelRow& band,
             const RowBlock& block,
             Index column,
             DotTile& tile) const {
        const Index columns = geometry_.horizontal.size * geometry_.group_in_channels();
        tile.d_output =
            d_output_ + band.output_rows.begin * tile.d_output_row_step + block.begin * kLanes;
        tile.d_weights =
            d_weights_ + block.begin * tile.d_weights_row_step + band.kernel_row * columns + column;
    }

    const Conv2dGeometry& geometry_;
    const float* input_;
    const float* d_output_;
    float* d_weights_;
};

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
        for (Index kernel_row = 0; kernel_row < geometry.vertical.size; ++kernel_row) {
            const IndexRange inside = outputs_inside(
                geometry.vertical, kernel_row, geometry.input.height, geometry.output.height);
            const IndexRange rows{.begin = std::max(row, inside.begin),
                                  .end = std::min(row + step, inside.end)};
            if (!rows.empty()) {
                gradient.add({.kernel_row = kernel_row, .output_rows = rows});
            }
        }
    }
}

void conv2d_backward_bias(std::span<const float> d_output, std::span<float> d_bias) {
    const Index channels = std::ssize(d_bias);
    const Index cells = std::ssize(d_output) / (channels * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == cells * channels * kLanes);
    for (Index channel = 0; channel < channels; ++channel) {
        simd::Vector sums[2] = {simd::zero(), simd::zero()};
        const float* source = d_output.data() + channel * kLanes;
        for (Index cell = 0; cell < cells; ++cell) {
            for (Index v = 0; v < simd::kVectors; ++v) {
                sums[v] += simd::load(source + v * simd::kVectorSize);
            }
            source += channels * kLanes;
        }
        d_bias[static_cast<std::size_t>(channel)] += simd::sum(sums[0] + sums[1]);
    }
}

}  // namespace convoscope::kernels
