#pragma once

struct ImGuiIO;

namespace convoscope::platform {

// Between the browser and Dear ImGui; only platform_web.cpp uses it.

/// Clipboard and the caret's place for input methods.
void connect_input(ImGuiIO& io);

/// Tells the page which cursor to show and whether text is being typed.
void tell_page();

}  // namespace convoscope::platform
