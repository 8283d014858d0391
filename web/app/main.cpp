// The program's start and the C functions that the page's scripts call (web/shell/app-module.js).

#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>

#include <emscripten.h>

#include "web/app/app.h"

namespace {

convoscope::app::App& the_app() {
    static convoscope::app::App app;
    return app;
}

/// The text stays until the next one is answered.
const char* answer(std::string text) {
    static std::string kept;
    kept = std::move(text);
    return kept.c_str();
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* convoscope_app_allocate(int size) {
    return std::malloc(static_cast<std::size_t>(size));
}
EMSCRIPTEN_KEEPALIVE void convoscope_app_release(void* memory) {
    std::free(memory);
}

EMSCRIPTEN_KEEPALIVE void convoscope_app_boot(const char* options_json) {
    the_app().boot(options_json);
}

EMSCRIPTEN_KEEPALIVE void convoscope_app_event(const char* json,
                                               int json_length,
                                               const std::uint8_t* payload,
                                               int payload_length) {
    the_app().event({json, static_cast<std::size_t>(json_length)},
                    std::as_bytes(std::span(payload, static_cast<std::size_t>(payload_length))));
}

EMSCRIPTEN_KEEPALIVE const char* convoscope_app_dispatch(const char* json) {
    return answer(the_app().dispatch(json));
}
EMSCRIPTEN_KEEPALIVE const char* convoscope_app_state() {
    return answer(the_app().state());
}
EMSCRIPTEN_KEEPALIVE const char* convoscope_app_widgets() {
    return answer(the_app().widgets());
}
EMSCRIPTEN_KEEPALIVE const char* convoscope_app_tables() {
    return answer(the_app().tables());
}
EMSCRIPTEN_KEEPALIVE int convoscope_app_is_idle() {
    return the_app().idle() ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE const char* convoscope_app_link() {
    return answer(the_app().link());
}
}

int main() {
    return the_app().open() ? EXIT_SUCCESS : EXIT_FAILURE;
}
