#include "tests/support/allocation_count.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::int64_t> made{0};
std::atomic<std::int64_t> live{0};

void* take(std::size_t bytes) {
    made.fetch_add(1, std::memory_order_relaxed);
    live.fetch_add(1, std::memory_order_relaxed);
    void* block = std::malloc(bytes == 0 ? 1 : bytes);
    if (block == nullptr) {
        std::abort();
    }
    return block;
}

void give_back(void* block) {
    if (block != nullptr) {
        live.fetch_sub(1, std::memory_order_relaxed);
        std::free(block);
    }
}

}  // namespace

// The program's own: every other form of `new` and `delete` without an alignment ends in these.
void* operator new(std::size_t bytes) {
    return take(bytes);
}
void* operator new[](std::size_t bytes) {
    return take(bytes);
}
void operator delete(void* block) noexcept {
    give_back(block);
}
void operator delete[](void* block) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t /*bytes*/) noexcept {
    give_back(block);
}
void operator delete[](void* block, std::size_t /*bytes*/) noexcept {
    give_back(block);
}

namespace convoscope::test {

AllocationCount allocation_count() {
    return {.made = made.load(), .live = live.load()};
}

}  // namespace convoscope::test
