// The engine's module in the Worker: plain C functions around one Session, called by
// engine-worker.js.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <emscripten/emscripten.h>
#ifdef __EMSCRIPTEN_PTHREADS__
#include <emscripten/threading.h>
#endif

#include "engine/session/session.h"

namespace {

using convoscope::Event;
using convoscope::Session;
using convoscope::SessionOptions;

/// Lives as long as the Worker; the Worker is ended from outside, never by leaving `main`.
std::optional<Session> session;

/// The event that `convoscope_engine_next_event` fetched last; the pointers to it hold until the
/// next call.
std::optional<Event> current;

#ifdef __EMSCRIPTEN_PTHREADS__
/// The page is drawing, by its own word: a frame is short, and must not wait for a thread of ours
/// to leave the processor. Written by the page, in this memory.
std::atomic<std::uint32_t> page_is_drawing{0};

/// A page that forgets to say that it is done costs this much a task, and nothing else.
constexpr double kLongestFrameMilliseconds = 4.0;

void let_page_draw() {
    if (page_is_drawing.load(std::memory_order_relaxed) != 0) {
        emscripten_futex_wait(&page_is_drawing, 1, kLongestFrameMilliseconds);
    }
}
#endif

double seconds_now() {
    return emscripten_get_now() / 1000.0;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void convoscope_engine_create(int max_threads, const char* variant) {
    SessionOptions options;
    options.max_threads = max_threads;
    options.clock_seconds = seconds_now;
    options.variant = variant;
#ifdef __EMSCRIPTEN_PTHREADS__
    options.between_tasks = let_page_draw;
#endif
    session.emplace(std::move(options));
}

/// Where the page says that it is drawing: an int32 in shared memory, or 0 without threads.
EMSCRIPTEN_KEEPALIVE const void* convoscope_engine_courtesy() {
#ifdef __EMSCRIPTEN_PTHREADS__
    return &page_is_drawing;
#else
    return nullptr;
#endif
}

EMSCRIPTEN_KEEPALIVE void* convoscope_engine_allocate(std::size_t size) {
    return std::malloc(size);
}

EMSCRIPTEN_KEEPALIVE void convoscope_engine_release(void* pointer) {
    std::free(pointer);
}

EMSCRIPTEN_KEEPALIVE void convoscope_engine_command(const char* json,
                                                    std::size_t json_size,
                                                    const std::byte* payload,
                                                    std::size_t payload_size) {
    session->command(std::string_view(json, json_size), std::span(payload, payload_size));
}

/// Works for about that long; 1 when more work is waiting.
EMSCRIPTEN_KEEPALIVE int convoscope_engine_run(double budget_seconds) {
    return session->run_for(budget_seconds) ? 1 : 0;
}

/// Fetches the next event, for the four functions below; 0 when there is none.
EMSCRIPTEN_KEEPALIVE int convoscope_engine_next_event() {
    current = session->next_event();
    return current ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE const char* convoscope_engine_event_json() {
    return current->json.data();
}
EMSCRIPTEN_KEEPALIVE std::size_t convoscope_engine_event_json_size() {
    return current->json.size();
}
EMSCRIPTEN_KEEPALIVE const std::byte* convoscope_engine_event_payload() {
    return current->payload.data();
}
EMSCRIPTEN_KEEPALIVE std::size_t convoscope_engine_event_payload_size() {
    return current->payload.size();
}

}  // extern "C"
