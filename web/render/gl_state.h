#pragma once

namespace convoscope::render {

/// Remembers the GL state that this folder changes and restores it at the end of the scope.
class GlStateGuard {
  public:
    GlStateGuard();
    ~GlStateGuard();
    GlStateGuard(const GlStateGuard&) = delete;
    GlStateGuard& operator=(const GlStateGuard&) = delete;

  private:
    int framebuffer_ = 0;
    int program_ = 0;
    int vertex_array_ = 0;
    int active_texture_ = 0;
    int textures_[2] = {};
    int viewport_[4] = {};
    int scissor_[4] = {};
    bool scissor_test_ = false;
    bool blend_ = false;
    bool depth_test_ = false;
    bool cull_face_ = false;
    int unpack_alignment_ = 4;
};

}  // namespace convoscope::render
