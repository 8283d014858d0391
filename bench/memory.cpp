// How much memory the training of a network takes: what is in use at the end of its first step,
// what a later step takes from `operator new`, and what is in use after many steps more. Prints one
// JSON document. WebAssembly only, where the heap is the program's own. usage: memory [--batch B]
// [--threads T] [--steps N] NETWORK

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/heap.h>
#include <malloc.h>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/step_rate.h"
#include "engine/network/network_file.h"

namespace {

std::atomic<std::int64_t> bytes_taken{0};

void* take(std::size_t bytes) {
    bytes_taken.fetch_add(static_cast<std::int64_t>(bytes), std::memory_order_relaxed);
    void* block = std::malloc(bytes == 0 ? 1 : bytes);
    if (block == nullptr) {
        std::abort();
    }
    return block;
}

}  // namespace

// Every other form of `new` and `delete` without an alignment ends in these.
void* operator new(std::size_t bytes) {
    return take(bytes);
}
void* operator new[](std::size_t bytes) {
    return take(bytes);
}
void operator delete(void* block) noexcept {
    std::free(block);
}
void operator delete[](void* block) noexcept {
    std::free(block);
}
void operator delete(void* block, std::size_t /*bytes*/) noexcept {
    std::free(block);
}
void operator delete[](void* block, std::size_t /*bytes*/) noexcept {
    std::free(block);
}

namespace {

using namespace convoscope;

/// Bytes of `malloc` and its relatives, the threads' stacks among them.
double bytes_in_use() {
    return static_cast<double>(mallinfo().uordblks);
}

/// Where the heap ends: it has never needed more than this, static data and the stack included.
double highest_address() {
    return static_cast<double>(*emscripten_get_sbrk_ptr());
}

Status run(const std::vector<std::string>& words) {
    Result<cli::Arguments> arguments =
        cli::Arguments::parse(words, {}, {"--batch", "--threads", "--steps"});
    if (!arguments) {
        return arguments.error();
    }
    const Index batch = arguments->integer("--batch", 64, 1, 4096);
    const auto threads = static_cast<int>(arguments->integer("--threads", 1, 1, 64));
    const Index steps = arguments->integer("--steps", 100, 1, 1'000'000);
    if (const Status read = arguments->status(); !read) {
        return read;
    }
    if (arguments->positional().size() != 1) {
        return Error{"one network is expected"};
    }
    Result<NetworkSpec> spec = parse_network_file(arguments->positional().front());
    if (!spec) {
        return spec.error();
    }
    const double before = bytes_in_use();
    Result<cli::StepRate> rate = cli::StepRate::create(std::move(*spec), batch, threads);
    if (!rate) {
        return rate.error();
    }
    rate->step();
    rate->step();
    const double warm = bytes_in_use();
    const double warm_highest = highest_address();
    const std::int64_t taken = bytes_taken.load();
    for (Index step = 0; step < steps; ++step) {
        rate->step();
    }
    const std::int64_t taken_in_steps = bytes_taken.load() - taken;
    const double growth = bytes_in_use() - warm;
    const double growth_of_highest = highest_address() - warm_highest;
    const nlohmann::ordered_json report = {{"batch", batch},
                                           {"threads", threads},
                                           {"steps", steps},
                                           {"bytes_in_use", warm - before},
                                           {"bytes_planned", rate->trainer().memory_bytes()},
                                           {"highest_address", warm_highest},
                                           {"bytes_taken_in_steps", taken_in_steps},
                                           {"growth_in_use", growth},
                                           {"growth_of_highest_address", growth_of_highest}};
    std::printf("%s\n", report.dump().c_str());
    return success();
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (const Status done = run({arguments + 1, arguments + argument_count}); !done) {
        std::fprintf(stderr, "memory: %s\n", done.error().message.c_str());
        return 2;
    }
    return 0;
}
