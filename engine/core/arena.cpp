#include "engine/core/arena.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace convoscope {

bool Arena::allocate() {
    CONVOSCOPE_CHECK(!block_);
    const auto size = static_cast<std::size_t>(std::max(size_bytes_, kAlignmentBytes));
    block_.reset(static_cast<std::byte*>(
        std::aligned_alloc(static_cast<std::size_t>(kAlignmentBytes), size)));
    if (block_ != nullptr) {
        std::memset(block_.get(), 0, size);
    }
    return block_ != nullptr;
}

}  // namespace convoscope
