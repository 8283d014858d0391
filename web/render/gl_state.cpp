#include "web/render/gl_state.h"

#include <GLES3/gl3.h>

namespace convoscope::render {
namespace {

void set(GLenum capability, bool on) {
    if (on) {
        glEnable(capability);
    } else {
        glDisable(capability);
    }
}

}  // namespace

GlStateGuard::GlStateGuard() {
    glGetIntegerv(GL_FRAMEBUFFER_BINDING, &framebuffer_);
    glGetIntegerv(GL_CURRENT_PROGRAM, &program_);
    glGetIntegerv(GL_VERTEX_ARRAY_BINDING, &vertex_array_);
    glGetIntegerv(GL_ACTIVE_TEXTURE, &active_texture_);
    glGetIntegerv(GL_VIEWPORT, viewport_);
    glGetIntegerv(GL_SCISSOR_BOX, scissor_);
    glGetIntegerv(GL_UNPACK_ALIGNMENT, &unpack_alignment_);
    for (int unit = 0; unit < 2; ++unit) {
        glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
        glGetIntegerv(GL_TEXTURE_BINDING_2D, &textures_[unit]);
    }
    glActiveTexture(GL_TEXTURE0);
    scissor_test_ = glIsEnabled(GL_SCISSOR_TEST) == GL_TRUE;
    blend_ = glIsEnabled(GL_BLEND) == GL_TRUE;
    depth_test_ = glIsEnabled(GL_DEPTH_TEST) == GL_TRUE;
    cull_face_ = glIsEnabled(GL_CULL_FACE) == GL_TRUE;
}

GlStateGuard::~GlStateGuard() {
    set(GL_SCISSOR_TEST, scissor_test_);
    set(GL_BLEND, blend_);
    set(GL_DEPTH_TEST, depth_test_);
    set(GL_CULL_FACE, cull_face_);
    for (int unit = 0; unit < 2; ++unit) {
        glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
        glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(textures_[unit]));
    }
    glActiveTexture(static_cast<GLenum>(active_texture_));
    glPixelStorei(GL_UNPACK_ALIGNMENT, unpack_alignment_);
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
    glScissor(scissor_[0], scissor_[1], scissor_[2], scissor_[3]);
    glBindVertexArray(static_cast<GLuint>(vertex_array_));
    glUseProgram(static_cast<GLuint>(program_));
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer_));
}

}  // namespace convoscope::render
