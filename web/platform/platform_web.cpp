// Window, context and frames in a browser. What the reader does comes from pointers.js
// and keyboard.js by web_input.cpp.

#include <algorithm>

#include <GLFW/glfw3.h>
#include <emscripten.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "web/platform/platform.h"
#include "web/platform/web_input.h"
#include "web/render/interface_painter.h"

extern "C" {
void convoscope_input_install();
void convoscope_input_release_glfw();
void convoscope_schedule_frame();
void convoscope_tell(const char* what, const char* text, int length);
void convoscope_save(const char* name, const char* type, const char* bytes, int length);
void convoscope_save_picture(const char* name);
void convoscope_save_drawing(const char* name);
void convoscope_post(const char* json, int length, const std::byte* payload, int payload_length);
void convoscope_load_data(const char* data, int length);
void convoscope_keep(const char* json, int length, const std::byte* pixels, int count);
}

namespace convoscope::platform {
namespace {

constexpr float kLongestStep = 0.1F;  // after a pause, such as a hidden tab, motion goes on gently

struct Window {
    Client* client = nullptr;
    GLFWwindow* handle = nullptr;
    render::InterfacePainter painter;
    PageSize css;  ///< in CSS pixels
    float wanted_zoom = 1.0F;
    int frames_due = 0;
    bool visible = true;
    bool context_lost = false;
    bool in_frame = false;
    std::string drawing;  ///< SVG, while the page's scripts read it
    double last_frame_seconds = 0.0;
};

// The browser calls plain C functions, so the one window is found here.
Window& window() {
    static Window the_window;
    return the_window;
}

/// The narrowest layout that still holds its parts.
constexpr float kLeastWidth = 300.0F;
constexpr float kLeastHeight = 420.0F;

void schedule() {
    const Window& w = window();
    if (w.frames_due > 0 && w.visible && !w.context_lost && !w.in_frame) {  // a frame's end asks
        convoscope_schedule_frame();
    }
}

bool can_draw(const Window& w) {
    return !w.in_frame && !w.context_lost && w.client != nullptr && w.css.width > 0.0F;
}

/// Everything but the painting.
void make_frame(Window& w) {
    const double now = now_seconds();
    const float elapsed =
        std::clamp(static_cast<float>(now - w.last_frame_seconds), 1e-4F, kLongestStep);
    w.last_frame_seconds = now;
    ImGuiIO& io = ImGui::GetIO();
    const PageSize size = page_size();
    io.DisplaySize = {size.width, size.height};
    io.DisplayFramebufferScale = {size.pixel_ratio, size.pixel_ratio};
    io.DeltaTime = elapsed;
    w.client->before_frame();
    ImGui::NewFrame();
    w.client->frame(now, elapsed);
    ImGui::Render();
}

void draw_frame() {
    Window& w = window();
    if (!can_draw(w)) {
        return;
    }
    w.in_frame = true;
    w.frames_due = std::max(0, w.frames_due - 1);
    make_frame(w);
    w.painter.draw(*ImGui::GetDrawData());
    w.client->after_frame();
    tell_page();
    w.in_frame = false;
    if (!GImGui->InputEventsQueue.empty()) {  // quick keys take a frame each
        request_frames();
    }
    schedule();
}

/// A frame that is not painted. Its shapes have hard edges, which a drawing softens by itself.
void draw_drawing() {
    Window& w = window();
    if (!can_draw(w)) {
        return;
    }
    w.in_frame = true;
    ImGuiStyle& style = ImGui::GetStyle();
    const ImGuiStyle painted = style;
    style.AntiAliasedLines = style.AntiAliasedLinesUseTex = style.AntiAliasedFill = false;
    make_frame(w);
    w.drawing = w.client->svg();
    style.AntiAliasedLines = painted.AntiAliasedLines;
    style.AntiAliasedLinesUseTex = painted.AntiAliasedLinesUseTex;
    style.AntiAliasedFill = painted.AntiAliasedFill;
    w.in_frame = false;
    request_frames();
}

bool open_window() {
    if (glfwInit() == GLFW_FALSE) {
        return false;
    }
    glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_ES_API);
    glfwWindowHint(GLFW_ALPHA_BITS, 0);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    window().handle = glfwCreateWindow(640, 480, "Convoscope", nullptr, nullptr);
    if (window().handle == nullptr) {
        return false;
    }
    glfwMakeContextCurrent(window().handle);
    convoscope_input_release_glfw();
    return true;
}

}  // namespace

bool open(Client& client) {
    if (!open_window()) {
        return false;
    }
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendPlatformName = "convoscope_web";
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    connect_input(io);
    if (!window().painter.create()) {
        return false;
    }
    window().client = &client;
    window().last_frame_seconds = now_seconds();
    convoscope_input_install();
    request_frames();
    return true;
}

void request_frames(int count) {
    window().frames_due = std::max(window().frames_due, count);
    schedule();
}

bool idle() {
    return window().frames_due == 0;
}
void set_zoom(float zoom) {
    window().wanted_zoom = zoom;
    request_frames();
}
float zoom() {
    const Window& w = window();
    const float most = std::min(w.css.width / kLeastWidth, w.css.height / kLeastHeight);
    return std::min(w.wanted_zoom, std::max(1.0F, most));
}
PageSize page_size() {
    const PageSize& css = window().css;
    const float unit = zoom();
    return {css.width / unit, css.height / unit, css.pixel_ratio * unit};
}
double now_seconds() {
    return emscripten_get_now() / 1000.0;
}

void upload_fonts() {
    window().painter.upload_fonts(*ImGui::GetIO().Fonts);
}

void tell(const char* what, std::string_view text) {
    convoscope_tell(what, text.data(), static_cast<int>(text.size()));
}
void save(const char* name, const char* type, std::string_view bytes) {
    convoscope_save(name, type, bytes.data(), static_cast<int>(bytes.size()));
}
void save_picture(const char* name) {
    convoscope_save_picture(name);
}
void save_drawing(const char* name) {
    convoscope_save_drawing(name);
}

void load_data(std::string_view data) {
    convoscope_load_data(data.data(), static_cast<int>(data.size()));
}

void keep(std::string_view json, std::span<const std::byte> pixels) {
    convoscope_keep(
        json.data(), static_cast<int>(json.size()), pixels.data(), static_cast<int>(pixels.size()));
}

void post(std::string_view json, std::span<const std::byte> payload) {
    convoscope_post(json.data(),
                    static_cast<int>(json.size()),
                    payload.data(),
                    static_cast<int>(payload.size()));
}

}  // namespace convoscope::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void convoscope_platform_frame() {
    convoscope::platform::draw_frame();
}

/// The page as SVG, without the pictures in it; the text holds until the next call.
EMSCRIPTEN_KEEPALIVE const char* convoscope_platform_drawing() {
    convoscope::platform::draw_drawing();
    return convoscope::platform::window().drawing.c_str();
}

/// Returns 1 while what the reader did has not all been seen, or has opened a field for text that
/// does not take the keys yet.
EMSCRIPTEN_KEEPALIVE int convoscope_input_is_unsettled() {
    const bool opening =
        convoscope::platform::window().client->opens_text() && !ImGui::GetIO().WantTextInput;
    return opening || !GImGui->InputEventsQueue.empty() ? 1 : 0;
}

/// Returns 1 when a finger that moves from there (CSS pixels of the page) draws.
EMSCRIPTEN_KEEPALIVE int convoscope_input_takes_strokes(float x, float y) {
    const float unit = convoscope::platform::zoom();
    return convoscope::platform::window().client->takes_strokes(x / unit, y / unit) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void convoscope_platform_resize(float width, float height, float pixel_ratio) {
    convoscope::platform::window().css = {width, height, pixel_ratio};
    convoscope::platform::request_frames();
}

EMSCRIPTEN_KEEPALIVE void convoscope_platform_visible(int visible) {
    convoscope::platform::window().visible = visible != 0;
    convoscope::platform::request_frames();
}

EMSCRIPTEN_KEEPALIVE void convoscope_platform_context(int lost) {
    auto& window = convoscope::platform::window();
    window.context_lost = lost != 0;
    if (lost == 0) {
        window.painter.abandon();
        window.painter.create();
        window.painter.upload_fonts(*ImGui::GetIO().Fonts);
        window.client->context_restored();
        convoscope::platform::request_frames();
    }
}
}
