#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "web/render/heat_map.h"
#include "web/render/shader_program.h"

namespace convoscope::render {

/// A box in space along the axes: a cell of a volume. Colours are sRGB, red in the lowest byte.
struct Box {
    std::array<float, 3> middle{};
    std::array<float, 3> size{};
    std::uint32_t fill = 0;
    std::uint32_t edge = 0;  ///< its opacity is how much of it shows

    bool operator==(const Box&) const = default;
};

/// From where a scene is seen, without perspective: parallels stay parallel, as in a drawing.
struct BoxView {
    std::array<float, 16> matrix{};  ///< to clip space, column by column
    std::array<float, 3> towards{};  ///< the direction to the eye, in the scene, of length 1

    bool operator==(const BoxView&) const = default;
};

/// Thousands of boxes, drawn by one instanced call into a picture that any user interface can show.
/// Uploads and draws only what has changed.
class BoxPainter {
  public:
    BoxPainter() = default;
    ~BoxPainter();
    BoxPainter(const BoxPainter&) = delete;
    BoxPainter& operator=(const BoxPainter&) = delete;

    /// Needs a current context. False: the graphics card cannot; see error().
    bool create();
    /// Draws the boxes on a transparent ground; `ground` is what their smoothed edges fade to.
    /// Width and height in pixels of the screen. Between frames, or before the page is drawn.
    void draw(std::span<const Box> boxes,
              const BoxView& view,
              int width,
              int height,
              std::uint32_t ground);
    [[nodiscard]] TextureRegion picture() const;
    /// The context was lost: forgets its objects; after create() the next draw() draws all anew.
    void abandon();
    [[nodiscard]] const std::string& error() const { return error_; }

  private:
    bool resize(int width, int height);
    void upload(std::span<const Box> boxes);

    ShaderProgram program_;
    std::string error_;
    unsigned vertex_array_ = 0;
    unsigned instances_ = 0;
    unsigned smooth_ = 0;  ///< the framebuffer of several samples a pixel
    unsigned color_ = 0;
    unsigned depth_ = 0;
    unsigned plain_ = 0;  ///< the framebuffer of the picture
    Texture picture_;
    int width_ = 0;
    int height_ = 0;
    std::vector<Box> boxes_;
    BoxView view_;
    std::uint32_t ground_ = 0;
    bool stale_ = true;
};

}  // namespace convoscope::render
