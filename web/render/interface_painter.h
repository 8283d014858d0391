#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <imgui.h>

#include "web/render/shader_program.h"
#include "web/render/texture.h"

namespace convoscope::render {

/// Draws Dear ImGui's triangles with WebGL2. An ImTextureID is a texture's number.
///
/// Dear ImGui's own backend asks the context for some thirty values of its state every frame, to
/// put them back. In a browser each question waits for the graphics process to finish what it was
/// given: many milliseconds where graphics are drawn in software or the processor is busy training.
/// This painter never asks: it sets what it needs, as everything in this folder does.
class InterfacePainter {
  public:
    InterfacePainter() = default;
    ~InterfacePainter();
    InterfacePainter(const InterfacePainter&) = delete;
    InterfacePainter& operator=(const InterfacePainter&) = delete;

    /// Needs a current context; also after a loss. False: the shaders do not build; see error().
    bool create();
    /// Makes the texture of a baked atlas, and tells the atlas its number.
    void upload_fonts(ImFontAtlas& atlas);
    /// Clears the canvas and draws. Leaves the page's framebuffer bound.
    void draw(const ImDrawData& data);
    /// The context was lost: forgets its objects.
    void abandon();
    [[nodiscard]] const std::string& error() const { return program_.error(); }

  private:
    /// Canvas pixels, from the bottom left.
    struct Clip {
        int x, y, width, height;
        bool operator==(const Clip&) const = default;
    };
    /// Triangles with one texture and one clip rectangle.
    struct Call {
        unsigned texture;
        Clip clip;
        std::size_t first_index;
        std::size_t index_count;
        [[nodiscard]] bool joins(const Call& next) const;
    };
    void collect(const ImDrawData& data);
    void add_call(const ImDrawData& data, const ImDrawCmd& command, std::size_t base_index);
    /// A rectangle that fills the page before all else is the colour to clear with, and is not
    /// drawn.
    ImVec4 take_ground(ImVec2 page);
    void upload();

    ShaderProgram program_;
    Texture fonts_;
    int page_size_uniform_ = -1;
    unsigned vertex_array_ = 0;
    unsigned vertex_buffer_ = 0;
    unsigned index_buffer_ = 0;
    std::vector<ImDrawVert> vertices_;  ///< of all lists, one after another
    std::vector<std::uint32_t> indices_;
    std::vector<Call> calls_;
};

}  // namespace convoscope::render
