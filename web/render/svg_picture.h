#pragma once

#include <span>
#include <string>

struct ImDrawData;
struct ImFont;

namespace convoscope::render {

/// How a baked font is called in a style sheet.
struct SvgFace {
    const ImFont* font;
    const char* family;
    int weight;
    bool italic;
};

/// Dear ImGui's triangles as an SVG picture: shapes as paths, letters as text, and what comes from
/// other textures as `<image>` elements without a source, to be filled in by whoever can read the
/// screen at those places. The frame should be made without anti-aliasing, whose soft edges would
/// only be left out. Places are in units of the layout.
[[nodiscard]] std::string svg_picture(const ImDrawData& data, std::span<const SvgFace> faces);

}  // namespace convoscope::render
