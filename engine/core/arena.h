#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <type_traits>

#include "engine/core/check.h"
#include "engine/core/index.h"

namespace convoscope {

/// A cache line, and the widest vector register.
inline constexpr Index kAlignmentBytes = 64;

/// So many floats that what follows them begins on a cache line.
[[nodiscard]] constexpr Index whole_lines(Index floats) {
    constexpr Index kFloatsPerLine = kAlignmentBytes / Index{sizeof(float)};
    return (floats + kFloatsPerLine - 1) / kFloatsPerLine * kFloatsPerLine;
}

/// A place in an arena, given out while planning.
template <class Value>
struct ArenaSlot {
    Index offset_bytes = 0;
    Index count = 0;
};

/// Represents all memory of one owner (a network, a thread) as one aligned block: plan every slot,
/// allocate once, then use; nothing is allocated while training.
/// Ensures: every slot begins on a cache line; memory starts as zeros.
class Arena {
  public:
    /// Expects: not yet allocated.
    template <class Value>
    [[nodiscard]] ArenaSlot<Value> plan(Index count) {
        static_assert(std::is_trivial_v<Value>);
        CONVOSCOPE_CHECK(!block_ && count >= 0);
        const ArenaSlot<Value> slot{.offset_bytes = size_bytes_, .count = count};
        const Index bytes = count * static_cast<Index>(sizeof(Value));
        size_bytes_ += (bytes + kAlignmentBytes - 1) / kAlignmentBytes * kAlignmentBytes;
        return slot;
    }

    [[nodiscard]] Index size_bytes() const { return size_bytes_; }

    /// False when there is not so much memory.
    [[nodiscard]] bool allocate();

    /// Expects: allocated.
    template <class Value>
    [[nodiscard]] std::span<Value> get(const ArenaSlot<Value>& slot) const {
        CONVOSCOPE_CHECK(block_ || slot.count == 0);
        if (slot.count == 0) {
            return {};
        }
        return {reinterpret_cast<Value*>(block_.get() + slot.offset_bytes),
                static_cast<std::size_t>(slot.count)};
    }

  private:
    struct Free {
        void operator()(std::byte* block) const { std::free(block); }
    };
    std::unique_ptr<std::byte, Free> block_;
    Index size_bytes_ = 0;
};

}  // namespace convoscope
