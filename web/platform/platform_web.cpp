// Window, context and frames in a browser. What the reader does comes from input.js by
// web_input.cpp.

#include <algorithm>
#include <cstdlib>
#include <string>

#include <GLFW/glfw3.h>
#include <emscripten.h>
#include <imgui.h>

#include "web/platform/platform.h"
#include "web/platform/web_input.h"
#include "web/render/interface_painter.h"

extern "C" {
void convoscope_input_install();
void convoscope_input_release_glfw();
void convoscope_schedule_frame();
char* convoscope_address();
void convoscope_post(const char* json, int length);
void convoscope_load_data(const char* data, int length);
}

namespace convoscope::platform {
namespace {

constexpr float kLongestStep = 0.1F;  // after a pause, such as a hidden tab, motion goes on gently

struct Window {
    Client* client = nullptr;
    GLFWwindow* handle = nullptr;
    render::InterfacePainter painter;
    PageSize size;
    int frames_due = 0;
    bool visible = true;
    bool context_lost = false;
    bool in_frame = false;
    double last_frame_seconds = 0.0;
};

// The browser calls plain C functions, so the one window is found here.
Window& window() {
    static Window the_window;
    return the_window;
}

void schedule() {
    const Window& w = window();
    if (w.frames_due > 0 && w.visible && !w.context_lost) {
        convoscope_schedule_frame();
    }
}

void draw_frame() {
    Window& w = window();
    if (w.in_frame || w.context_lost || w.client == nullptr || w.size.width <= 0.0F) {
        return;
    }
    w.in_frame = true;
    w.frames_due = std::max(0, w.frames_due - 1);
    const double now = now_seconds();
    const float elapsed =
        std::clamp(static_cast<float>(now - w.last_frame_seconds), 1e-4F, kLongestStep);
    w.last_frame_seconds = now;

    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {w.size.width, w.size.height};
    io.DisplayFramebufferScale = {w.size.pixel_ratio, w.size.pixel_ratio};
    io.DeltaTime = elapsed;
    w.client->before_frame();
    ImGui::NewFrame();
    w.client->frame(now, elapsed);
    ImGui::Render();
    w.painter.draw(*ImGui::GetDrawData());
    w.client->after_frame();
    tell_page();
    w.in_frame = false;
    schedule();
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
PageSize page_size() {
    return window().size;
}
double now_seconds() {
    return emscripten_get_now() / 1000.0;
}

void upload_fonts() {
    window().painter.upload_fonts(*ImGui::GetIO().Fonts);
}

std::string address_with(std::string_view hash) {
    char* text = convoscope_address();
    const std::string address = text;
    std::free(text);
    return address.substr(0, address.find('#')).append(hash);
}

void load_data(std::string_view data) {
    convoscope_load_data(data.data(), static_cast<int>(data.size()));
}

void post(std::string_view json) {
    convoscope_post(json.data(), static_cast<int>(json.size()));
}

}  // namespace convoscope::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void convoscope_platform_frame() {
    convoscope::platform::draw_frame();
}

EMSCRIPTEN_KEEPALIVE void convoscope_platform_resize(float width, float height, float pixel_ratio) {
    convoscope::platform::window().size = {width, height, pixel_ratio};
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
