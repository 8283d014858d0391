// Weights into components, in the order in which the micro-kernel reads them: after every update.

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/winograd.h"
#include "engine/kernels/winograd_transform.h"

namespace convoscope::kernels {
namespace {

using winograd::kComponents;
using winograd::kKernel;
using winograd::kPatch;
using winograd::Vector;

constexpr Index kCells = kKernel * kKernel;

/// A register's worth of input channels' weights of one output channel, in all components.
struct Transformed {
    float values[kComponents][simd::kVectorSize];
};

/// `weights` begins at kernel cell 0 of the first channel; the last register of a row of channels
/// may be partly filled.
void transform(
    const float* weights, Index channels, Index count, bool turned, Transformed& result) {
    Vector cells[kCells];
    for (Index cell = 0; cell < kCells; ++cell) {
        const float* from = weights + cell * channels;
        if (count == simd::kVectorSize) {
            cells[cell] = simd::load(from);
        } else {
            float part[simd::kVectorSize]{};
            std::copy_n(from, count, part);
            cells[cell] = simd::load(part);
        }
    }
    if (turned) {
        std::ranges::reverse(cells);
    }
    winograd::transform_square<kKernel, kPatch>(
        [](const Vector(&in)[kKernel], Vector(&out)[kPatch]) { winograd::kernel_line(in, out); },
        [&](Index row, Index column) { return cells[row * kKernel + column]; },
        [&](Index row, Index column, Vector value) {
            simd::store(result.values[row * kPatch + column], value);
        });
}

/// Where the weight of block row m and source channel k lies within a component's panels.
Index place(const RowBlock& block, Index source_channels, Index m, Index k) {
    return block.begin * source_channels + k * block.rows + m;
}

void check(const WinogradPlan& plan,
           IndexRange blocks,
           std::span<const float> weights,
           std::span<float> panels) {
    CONVOSCOPE_CHECK(0 <= blocks.begin && blocks.end <= std::ssize(plan.blocks));
    CONVOSCOPE_CHECK(std::ssize(weights) == kCells * plan.source.channels * plan.target.channels);
    CONVOSCOPE_CHECK(std::ssize(panels) >= plan.panel_floats());
}

}  // namespace

void pack_winograd_forward(const WinogradPlan& plan,
                           IndexRange blocks,
                           std::span<const float> weights,
                           std::span<float> panels) {
    check(plan, blocks, weights, panels);
    const Index channels = plan.source.channels;
    const Index component_step = plan.panel_floats() / kComponents;
    Transformed transformed{};
    for (Index number = blocks.begin; number < blocks.end; ++number) {
        const RowBlock& block = plan.blocks[static_cast<std::size_t>(number)];
        for (Index m = 0; m < block.rows; ++m) {
            const float* row = weights.data() + (block.begin + m) * kCells * channels;
            for (Index first = 0; first < channels; first += simd::kVectorSize) {
                const Index count = std::min(simd::kVectorSize, channels - first);
                transform(row + first, channels, count, false, transformed);
                float* panel = panels.data() + place(block, channels, m, first);
                for (const auto& component : transformed.values) {
                    for (Index i = 0; i < count; ++i) {
                        panel[i * block.rows] = component[i];
                    }
                    panel += component_step;
                }
            }
        }
    }
}

void pack_winograd_backward_input(const WinogradPlan& plan,
                                  IndexRange blocks,
                                  std::span<const float> weights,
                                  std::span<float> panels) {
    check(plan, blocks, weights, panels);
    const Index channels = plan.target.channels;
    const Index component_step = plan.panel_floats() / kComponents;
    Transformed transformed{};
    for (Index number = blocks.begin; number < blocks.end; ++number) {
        const RowBlock& block = plan.blocks[static_cast<std::size_t>(number)];
        for (Index first = 0; first < block.rows; first += simd::kVectorSize) {
            const Index count = std::min(simd::kVectorSize, block.rows - first);
            for (Index k = 0; k < plan.source.channels; ++k) {
                const float* from = weights.data() + k * kCells * channels + block.begin + first;
                transform(from, channels, count, true, transformed);
                float* panel = panels.data() + place(block, plan.source.channels, first, k);
                for (const auto& component : transformed.values) {
                    std::copy_n(component, count, panel);
                    panel += component_step;
                }
            }
        }
    }
}

}  // namespace convoscope::kernels
