#include "engine/kernels/gather.h"

#include "engine/core/check.h"

namespace convoscope::kernels {
namespace {

/// Makes one run of two nested ones where memory goes on without a gap, so that the inner loop is
/// long: the columns of a kernel row over all channels, and whole images.
void merge_runs(Accumulation& work, Index block_rows) {
    const auto continues = [&](Index a_step, Index b_step) {
        return a_step == work.run * block_rows && b_step == work.run * kLanes;
    };
    if (work.columns > 1 && continues(work.a_column_step, work.b_column_step)) {
        work.run *= work.columns;
        work.columns = 1;
    }
    if (work.rows > 1 && work.columns == 1 && continues(work.a_row_step, work.b_row_step)) {
        work.run *= work.rows;
        work.rows = 1;
    }
}

}  // namespace

void gather(const GatherPlan& plan,
            std::span<const float> panels,
            std::span<const float> start,
            std::span<const float> source,
            std::span<float> target) {
    CONVOSCOPE_CHECK(std::ssize(panels) >= plan.panel_floats());
    CONVOSCOPE_CHECK(std::ssize(source) == plan.source.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(target) == plan.target.element_count() * kLanes);
    CONVOSCOPE_CHECK(start.empty() || std::ssize(start) == plan.target.channels);

    const Index group_source = plan.group_source_channels();
    const Index group_target = plan.target.channels / plan.groups;
    const Index depth = plan.panel_depth();
    const Index source_pixel = plan.source.channels * kLanes;
    const Index source_row = plan.source.width * source_pixel;
    const Index target_pixel = plan.target.channels * kLanes;
    const Index target_row = plan.target.width * target_pixel;
    const GatherAxis& vertical = plan.vertical;
    const GatherAxis& horizontal = plan.horizontal;

    const auto do_row = [&](const GatherSegment& rows, Index row) {
        const Index source_y = rows.first_source + row * vertical.source_step;
        const Index target_y = rows.first_target + row * vertical.target_step;
        for (const RowBlock& block : plan.blocks) {
            const Index group = block.begin / group_target;
            const Index tap_floats = group_source * block.rows;
            const float* panel = panels.data() + block.begin * depth;
            for (const GatherSegment& columns : horizontal.segments) {
                const bool nothing = rows.taps == 0 || columns.taps == 0;
                const Index first_tap =
                    nothing ? 0 : rows.first_tap * horizontal.panel_taps + columns.first_tap;
                const Index first_source = nothing ? 0
                                                   : source_y * source_row +
                                                         columns.first_source * source_pixel +
                                                         group * group_source * kLanes;
                Accumulation work{
                    .a = panel + first_tap * tap_floats,
                    .b = source.data() + first_source,
                    .start = start.empty() ? nullptr : start.data() + block.begin,
                    .c = target.data() + target_y * target_row +
                         columns.first_target * target_pixel + block.begin * kLanes,
                    .rows = nothing ? 0 : rows.taps,
                    .columns = columns.taps,
                    .run = group_source,
                    .a_row_step = vertical.tap_step * horizontal.panel_taps * tap_floats,
                    .a_column_step = horizontal.tap_step * tap_floats,
                    .b_row_step = vertical.source_tap_step * source_row,
                    .b_column_step = horizontal.source_tap_step * source_pixel,
                    .pixels = columns.targets,
                    .b_pixel_step = nothing ? 0 : horizontal.source_step * source_pixel,
                    .c_pixel_step = horizontal.target_step * target_pixel,
                };
                merge_runs(work, block.rows);
                accumulate(block.rows, work);
            }
        }
    };
    for (const GatherSegment& rows : vertical.segments) {
        for (Index row = 0; row < rows.targets; ++row) {
            do_row(rows, row);
        }
    }
}

}  // namespace convoscope::kernels
