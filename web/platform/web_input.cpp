// What the reader does, from pointers.js and keyboard.js to Dear ImGui, and what Dear ImGui wants
// of the browser.

#include "web/platform/web_input.h"

#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <emscripten.h>
#include <imgui.h>

#include "web/platform/platform.h"

extern "C" {
void convoscope_set_cursor(const char* css);
void convoscope_set_text_input(int wanted, float x, float y, float height);
void convoscope_write_clipboard(const char* text);
}

namespace convoscope::platform {
namespace {

struct Input {
    Preferences preferences;
    std::string clipboard;
    ImVec2 caret;
    float caret_height = 0.0F;
    ImGuiMouseCursor cursor = ImGuiMouseCursor_COUNT;
    float pinch = 1.0F;
    bool text_wanted = false;
};

Input& input() {
    static Input the_input;
    return the_input;
}

struct KeyName {
    std::string_view code;  ///< of the W3C's UI Events
    ImGuiKey key;
};

constexpr std::array kKeyNames{
    KeyName{"Tab", ImGuiKey_Tab},
    KeyName{"ArrowLeft", ImGuiKey_LeftArrow},
    KeyName{"ArrowRight", ImGuiKey_RightArrow},
    KeyName{"ArrowUp", ImGuiKey_UpArrow},
    KeyName{"ArrowDown", ImGuiKey_DownArrow},
    KeyName{"PageUp", ImGuiKey_PageUp},
    KeyName{"PageDown", ImGuiKey_PageDown},
    KeyName{"Home", ImGuiKey_Home},
    KeyName{"End", ImGuiKey_End},
    KeyName{"Insert", ImGuiKey_Insert},
    KeyName{"Delete", ImGuiKey_Delete},
    KeyName{"Backspace", ImGuiKey_Backspace},
    KeyName{"Space", ImGuiKey_Space},
    KeyName{"Enter", ImGuiKey_Enter},
    KeyName{"NumpadEnter", ImGuiKey_KeypadEnter},
    KeyName{"Escape", ImGuiKey_Escape},
    KeyName{"BracketLeft", ImGuiKey_LeftBracket},
    KeyName{"BracketRight", ImGuiKey_RightBracket},
    KeyName{"Minus", ImGuiKey_Minus},
    KeyName{"Equal", ImGuiKey_Equal},
    KeyName{"Slash", ImGuiKey_Slash},
    KeyName{"Comma", ImGuiKey_Comma},
    KeyName{"Period", ImGuiKey_Period},
    KeyName{"ShiftLeft", ImGuiKey_LeftShift},
    KeyName{"ShiftRight", ImGuiKey_RightShift},
    KeyName{"ControlLeft", ImGuiKey_LeftCtrl},
    KeyName{"ControlRight", ImGuiKey_RightCtrl},
    KeyName{"AltLeft", ImGuiKey_LeftAlt},
    KeyName{"AltRight", ImGuiKey_RightAlt},
    KeyName{"MetaLeft", ImGuiKey_LeftSuper},
    KeyName{"MetaRight", ImGuiKey_RightSuper},
};

ImGuiKey key_of(std::string_view code) {
    if (code.size() == 4 && code.starts_with("Key")) {
        return static_cast<ImGuiKey>(ImGuiKey_A + (code[3] - 'A'));
    }
    if (code.size() == 6 && code.starts_with("Digit")) {
        return static_cast<ImGuiKey>(ImGuiKey_0 + (code[5] - '0'));
    }
    for (const KeyName& name : kKeyNames) {
        if (name.code == code) {
            return name.key;
        }
    }
    return ImGuiKey_None;
}

const char* css_of(ImGuiMouseCursor cursor) {
    switch (cursor) {
        case ImGuiMouseCursor_TextInput:
            return "text";
        case ImGuiMouseCursor_ResizeAll:
            return "move";
        case ImGuiMouseCursor_ResizeNS:
            return "ns-resize";
        case ImGuiMouseCursor_ResizeEW:
            return "ew-resize";
        case ImGuiMouseCursor_Hand:
            return "pointer";
        case ImGuiMouseCursor_NotAllowed:
            return "not-allowed";
        default:
            return "default";
    }
}

enum Modifier { kShift = 1, kControl = 2, kAlt = 4, kMeta = 8 };

void send_modifiers(ImGuiIO& io, int modifiers) {
    io.AddKeyEvent(ImGuiMod_Shift, (modifiers & kShift) != 0);
    io.AddKeyEvent(ImGuiMod_Ctrl, (modifiers & kControl) != 0);
    io.AddKeyEvent(ImGuiMod_Alt, (modifiers & kAlt) != 0);
    io.AddKeyEvent(ImGuiMod_Super, (modifiers & kMeta) != 0);
}

}  // namespace

void connect_input(ImGuiIO& io) {
    io.SetClipboardTextFn = [](void*, const char* text) {
        input().clipboard = text;
        convoscope_write_clipboard(text);
    };
    io.ConfigInputTextCursorBlink = false;  // frames are drawn when something happens
    io.GetClipboardTextFn = [](void*) { return input().clipboard.c_str(); };
    io.SetPlatformImeDataFn = [](ImGuiViewport*, ImGuiPlatformImeData* data) {
        input().caret = data->InputPos;
        input().caret_height = data->InputLineHeight;
    };
}

void tell_page() {
    Input& in = input();
    const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
    if (cursor != in.cursor) {
        in.cursor = cursor;
        convoscope_set_cursor(css_of(cursor));
    }
    const bool wanted = ImGui::GetIO().WantTextInput;
    if (wanted || in.text_wanted) {
        const float unit = zoom();
        convoscope_set_text_input(
            wanted ? 1 : 0, in.caret.x * unit, in.caret.y * unit, in.caret_height * unit);
        in.text_wanted = wanted;
    }
}

Preferences preferences() {
    return input().preferences;
}

float take_pinch() {
    return std::exchange(input().pinch, 1.0F);
}

}  // namespace convoscope::platform

using convoscope::platform::input;
using convoscope::platform::request_frames;

extern "C" {

enum PointerAct { kMove = 0, kDown = 1, kUp = 2, kLeave = 3 };

EMSCRIPTEN_KEEPALIVE void convoscope_input_pointer(
    int act, int source, int button, float x, float y) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(static_cast<ImGuiMouseSource>(source));
    input().preferences.coarse_pointer = source == ImGuiMouseSource_TouchScreen;
    if (act == kLeave) {
        constexpr float kNowhere = -std::numeric_limits<float>::max();
        io.AddMousePosEvent(kNowhere, kNowhere);
    } else {
        const float unit = convoscope::platform::zoom();
        io.AddMousePosEvent(x / unit, y / unit);
    }
    if (act == kDown || act == kUp) {
        io.AddMouseButtonEvent(button, act == kDown);
    }
    request_frames();
}

EMSCRIPTEN_KEEPALIVE void convoscope_input_wheel(float right, float down) {
    ImGui::GetIO().AddMouseWheelEvent(-right, -down);
    request_frames();
}

EMSCRIPTEN_KEEPALIVE void convoscope_input_pinch(float factor) {
    input().pinch *= factor;
    request_frames();
}

/// Returns 1 when the program uses the key, so that the browser must not.
EMSCRIPTEN_KEEPALIVE int convoscope_input_key(const char* code, int down, int modifiers) {
    ImGuiIO& io = ImGui::GetIO();
    const ImGuiKey key = convoscope::platform::key_of(code);
    convoscope::platform::send_modifiers(io, modifiers);
    if (key != ImGuiKey_None) {
        io.AddKeyEvent(key, down != 0);
    }
    request_frames();
    return key != ImGuiKey_None ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void convoscope_input_text(const char* text) {
    ImGui::GetIO().AddInputCharactersUTF8(text);
    request_frames();
}

EMSCRIPTEN_KEEPALIVE void convoscope_input_paste(const char* text) {
    ImGuiIO& io = ImGui::GetIO();
    input().clipboard = text;
    for (const bool down : {true, false}) {
        io.AddKeyEvent(ImGuiMod_Ctrl, down);
        io.AddKeyEvent(ImGuiKey_V, down);
    }
    request_frames();
}

EMSCRIPTEN_KEEPALIVE void convoscope_input_focus(int focused) {
    ImGui::GetIO().AddFocusEvent(focused != 0);
    request_frames();
}

EMSCRIPTEN_KEEPALIVE int convoscope_input_wants_text() {
    return ImGui::GetIO().WantTextInput ? 1 : 0;
}

/// Returns 1 when Escape ends what is open, such as a menu or a field.
EMSCRIPTEN_KEEPALIVE int convoscope_input_escape_closes() {
    const bool menu = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
    return menu || ImGui::GetIO().WantTextInput ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void convoscope_input_preferences(int reduced_motion,
                                                       int dark,
                                                       int high_contrast) {
    input().preferences.reduced_motion = reduced_motion != 0;
    input().preferences.dark = dark != 0;
    input().preferences.high_contrast = high_contrast != 0;
    request_frames();
}
}
