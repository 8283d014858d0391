#pragma once

// Dear ImGui's compile-time options, for ImGui, ImPlot and everything that includes them.

#define ImDrawIdx unsigned int  // WebGL2 has no vertex offset: 16 bits would end at 64 k vertices

#define IMGUI_DISABLE_OBSOLETE_KEYIO
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_WIN32_FUNCTIONS
