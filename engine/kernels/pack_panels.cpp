// Weights into the order in which the micro-kernel reads them: after every update, so it must be
// quick.

#include <array>
#include <utility>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/gather.h"

namespace convoscope::kernels {
namespace {

/// A matrix of `kRows` columns into `panel` `[k][kRows]`.
struct Source {
    const float* first = nullptr;
    Index row_step = 0;  ///< from a row of the block to the next
    Index step = 0;      ///< from a k to the next
    Index count = 0;     ///< of k's
};

/// The rows' number is known to the compiler, or else the loop over them costs more than the copy.
template <int kRows>
[[gnu::noinline]] void pack_block(const Source& source, float* panel) {
    const float* from = source.first;
    for (Index k = 0; k < source.count; ++k) {
#pragma GCC unroll 16
        for (int m = 0; m < kRows; ++m) {
            panel[m] = from[m * source.row_step];
        }
        panel += kRows;
        from += source.step;
    }
}

using PackFunction = void (*)(const Source&, float*);

template <int... kRows>
constexpr std::array<PackFunction, sizeof...(kRows)> pack_functions(
    std::integer_sequence<int, kRows...>) {
    return {&pack_block<kRows + 1>...};
}

constexpr auto kPackFunctions =
    pack_functions(std::make_integer_sequence<int, static_cast<int>(kMaxBlockRows)>{});

void pack_rows(Index block_rows, const Source& source, float* panel) {
    kPackFunctions[static_cast<std::size_t>(block_rows - 1)](source, panel);
}

void check(const GatherPlan& plan,
           IndexRange blocks,
           std::span<const float> weights,
           std::span<float> panels) {
    CONVOSCOPE_CHECK(0 <= blocks.begin && blocks.end <= std::ssize(plan.blocks));
    CONVOSCOPE_CHECK(std::ssize(weights) == plan.panel_floats());
    CONVOSCOPE_CHECK(std::ssize(panels) >= plan.panel_floats());
}

}  // namespace

void pack_conv2d_forward(const GatherPlan& plan,
                         IndexRange blocks,
                         std::span<const float> weights,
                         std::span<float> panels) {
    check(plan, blocks, weights, panels);
    const Index depth = plan.panel_depth();
    for (Index number = blocks.begin; number < blocks.end; ++number) {
        const RowBlock& block = plan.blocks[static_cast<std::size_t>(number)];
        pack_rows(block.rows,
                  {.first = weights.data() + block.begin * depth,
                   .row_step = depth,
                   .step = 1,
                   .count = depth},
                  panels.data() + block.begin * depth);
    }
}

void pack_conv2d_backward_input(const GatherPlan& plan,
                                IndexRange blocks,
                                std::span<const float> weights,
                                std::span<float> panels) {
    check(plan, blocks, weights, panels);
    const Index cells = plan.vertical.panel_taps * plan.horizontal.panel_taps;
    const Index group_in = plan.target.channels / plan.groups;
    const Index group_out = plan.group_source_channels();
    for (Index number = blocks.begin; number < blocks.end; ++number) {
        const RowBlock& block = plan.blocks[static_cast<std::size_t>(number)];
        const Index first_out = block.begin / group_in * group_out;
        float* panel = panels.data() + block.begin * plan.panel_depth();
        for (Index cell = cells - 1; cell >= 0; --cell) {
            pack_rows(block.rows,
                      {.first = weights.data() + (first_out * cells + cell) * group_in +
                                block.begin % group_in,
                       .row_step = 1,
                       .step = cells * group_in,
                       .count = group_out},
                      panel);
            panel += group_out * block.rows;
        }
    }
}

}  // namespace convoscope::kernels
