#include "engine/network/memory_plan.h"

#include <algorithm>
#include <numeric>

#include "engine/core/arena.h"

namespace convoscope {
namespace {

bool live_together(const PlannedBuffer& a, const PlannedBuffer& b) {
    return a.first <= b.last && b.first <= a.last;
}

/// The lowest offset where `buffer` overlaps none of `placed`, which is sorted by offset.
Index lowest_gap(const PlannedBuffer& buffer, const std::vector<const PlannedBuffer*>& placed) {
    Index offset = 0;
    for (const PlannedBuffer* other : placed) {
        if (!live_together(buffer, *other)) {
            continue;
        }
        if (offset + whole_lines(buffer.count) <= other->offset) {
            break;
        }
        offset = std::max(offset, other->offset + whole_lines(other->count));
    }
    return offset;
}

}  // namespace

Index plan_memory(std::vector<PlannedBuffer>& buffers) {
    std::vector<std::size_t> order(buffers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return buffers[a].count != buffers[b].count ? buffers[a].count > buffers[b].count : a < b;
    });
    std::vector<const PlannedBuffer*> placed;
    Index total = 0;
    for (const std::size_t index : order) {
        PlannedBuffer& buffer = buffers[index];
        buffer.offset = lowest_gap(buffer, placed);
        total = std::max(total, buffer.offset + whole_lines(buffer.count));
        const auto place = std::ranges::upper_bound(
            placed, buffer.offset, {}, [](const PlannedBuffer* other) { return other->offset; });
        placed.insert(place, &buffer);
    }
    return total;
}

}  // namespace convoscope
