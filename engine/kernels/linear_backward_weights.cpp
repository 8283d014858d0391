#include "engine/kernels/linear_backward_weights.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

/// The images' gradients of one block of outputs, `[image][block row]`.
void pack_d_outputs(std::span<const std::span<const float>> d_outputs,
                    const RowBlock& block,
                    float* panel) {
    for (const std::span<const float> d_output : d_outputs) {
        for (Index m = 0; m < block.rows; ++m) {
            const float* source = d_output.data() + (block.begin + m) * kLanes;
            for (Index lane = 0; lane < kLanes; ++lane) {
                panel[lane * block.rows + m] = source[lane];
            }
        }
        panel += kLanes * block.rows;
    }
}

/// `columns` <= kLanes input features of all images, `[image][kLanes features]`, the rest zero.
void pack_inputs(std::span<const std::span<const float>> inputs,
                 Index begin,
                 Index columns,
                 float* panel) {
    for (const std::span<const float> input : inputs) {
        const float* source = input.data() + begin * kLanes;
        if (columns == kLanes) {
            simd::transpose_lane_block(source, panel);
        } else {
            std::fill_n(panel, kLanes * kLanes, 0.0F);
            for (Index column = 0; column < columns; ++column) {
                for (Index lane = 0; lane < kLanes; ++lane) {
                    panel[lane * kLanes + column] = source[column * kLanes + lane];
                }
            }
        }
        panel += kLanes * kLanes;
    }
}

/// The incomplete last column block goes through a full one on the stack.
void accumulate_tail(const RowBlock& block, Index columns, const Accumulation& work) {
    float full[kMaxBlockRows * kLanes];
    Accumulation to_full = work;
    to_full.c = full;
    to_full.c_row_step = kLanes;
    accumulate(block.rows, to_full);
    for (Index m = 0; m < block.rows; ++m) {
        std::copy_n(full + m * kLanes, columns, work.c + m * work.c_row_step);
    }
}

}  // namespace

Index linear_backward_weights_scratch(Index out_features, Index micro_batches) {
    return micro_batches * kLanes * (out_features + kLanes);
}

void linear_backward_weights(const LinearGradientRows& rows,
                             std::span<const std::span<const float>> inputs,
                             std::span<const std::span<const float>> d_outputs,
                             std::span<float> scratch,
                             std::span<float> d_weights) {
    const Index images = std::ssize(inputs) * kLanes;
    CONVOSCOPE_CHECK(inputs.size() == d_outputs.size());
    CONVOSCOPE_CHECK(0 <= rows.begin && rows.end <= rows.out_features);
    CONVOSCOPE_CHECK(std::ssize(d_weights) == rows.in_features * rows.out_features);
    CONVOSCOPE_CHECK(std::ssize(scratch) >=
                     linear_backward_weights_scratch(rows.end - rows.begin, std::ssize(inputs)));

    float* const input_panel = scratch.data();
    float* const d_output_panels = input_panel + images * kLanes;
    const auto panel_of = [&](const RowBlock& block) {
        return d_output_panels + (block.begin - rows.begin) * images;
    };
    const auto blocks = split_rows(rows.begin, rows.end);
    for (const RowBlock& block : blocks) {
        pack_d_outputs(d_outputs, block, panel_of(block));
    }
    for (Index column = 0; column < rows.in_features; column += kLanes) {
        const Index columns = std::min(kLanes, rows.in_features - column);
        pack_inputs(inputs, column, columns, input_panel);
        for (const RowBlock& block : blocks) {
            const Accumulation work{.a = panel_of(block),
                                    .b = input_panel,
                                    .c = d_weights.data() + block.begin * rows.in_features + column,
                                    .run = images,
                                    .c_row_step = rows.in_features};
            if (columns == kLanes) {
                accumulate(block.rows, work);
            } else {
                accumulate_tail(block, columns, work);
            }
        }
    }
}

void linear_backward_bias(const LinearGradientRows& rows,
                          std::span<const std::span<const float>> d_outputs,
                          std::span<float> d_bias) {
    CONVOSCOPE_CHECK(std::ssize(d_bias) == rows.out_features);
    for (Index row = rows.begin; row < rows.end; ++row) {
        simd::Vector total = simd::zero();
        for (const std::span<const float> d_output : d_outputs) {
            for (Index v = 0; v < simd::kVectors; ++v) {
                total += simd::load(d_output.data() + row * kLanes + v * simd::kVectorSize);
            }
        }
        d_bias[static_cast<std::size_t>(row)] = simd::sum(total);
    }
}

}  // namespace convoscope::kernels
