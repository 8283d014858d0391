#pragma once

#include <imgui.h>

namespace convoscope::widgets {

/// For the widget that has the focus, right after its `interact`: both keys belong to it and not to
/// the navigation. -1 when `back` is pressed, 1 for `forth`, else 0; repeats while one is held.
[[nodiscard]] int arrow_pressed(ImGuiKey back, ImGuiKey forth);

}  // namespace convoscope::widgets
