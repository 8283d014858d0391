#include "web/render/box_painter.h"

#include <algorithm>
#include <cstddef>

#include <GLES3/gl3.h>

#include "web/render/shaders.h"

namespace convoscope::render {
namespace {

constexpr GLsizei kCornersOfBox = 36;
constexpr GLsizei kSamples = 4;

const void* byte_offset(std::size_t bytes) {
    return reinterpret_cast<const void*>(bytes);  // NOLINT(performance-no-int-to-ptr): GL's way
}

void describe_instances() {
    constexpr GLsizei kStride = sizeof(Box);
    for (GLuint attribute = 0; attribute < 4; ++attribute) {
        glEnableVertexAttribArray(attribute);
        glVertexAttribDivisor(attribute, 1);
    }
    glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, kStride, byte_offset(offsetof(Box, middle)));
    glVertexAttribPointer(1, 3, GL_FLOAT, GL_FALSE, kStride, byte_offset(offsetof(Box, size)));
    glVertexAttribPointer(
        2, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, byte_offset(offsetof(Box, fill)));
    glVertexAttribPointer(
        3, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, byte_offset(offsetof(Box, edge)));
}

float channel_of(std::uint32_t color, unsigned channel) {
    return static_cast<float>(color >> (8U * channel) & 0xFFU) / 255.0F;
}

}  // namespace

BoxPainter::~BoxPainter() {
    if (vertex_array_ != 0) {
        glDeleteVertexArrays(1, &vertex_array_);
        glDeleteBuffers(1, &instances_);
        glDeleteFramebuffers(1, &smooth_);
        glDeleteFramebuffers(1, &plain_);
        glDeleteRenderbuffers(1, &color_);
        glDeleteRenderbuffers(1, &depth_);
    }
}

bool BoxPainter::create() {
    if (!program_.build(kBoxVertex, kBoxFragment)) {
        error_ = program_.error();
        return false;
    }
    glGenVertexArrays(1, &vertex_array_);
    glGenBuffers(1, &instances_);
    glGenFramebuffers(1, &smooth_);
    glGenFramebuffers(1, &plain_);
    glGenRenderbuffers(1, &color_);
    glGenRenderbuffers(1, &depth_);
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, instances_);
    describe_instances();
    glBindVertexArray(0);
    width_ = height_ = 0;
    stale_ = true;
    return true;
}

bool BoxPainter::resize(int width, int height) {
    if (width == width_ && height == height_) {
        return true;
    }
    width_ = width;
    height_ = height;
    stale_ = true;
    picture_.create(width, height, TexelFormat::kRgba8, true);
    glBindFramebuffer(GL_FRAMEBUFFER, plain_);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, picture_.id(), 0);
    glBindRenderbuffer(GL_RENDERBUFFER, color_);
    glRenderbufferStorageMultisample(GL_RENDERBUFFER, kSamples, GL_RGBA8, width, height);
    glBindRenderbuffer(GL_RENDERBUFFER, depth_);
    glRenderbufferStorageMultisample(
        GL_RENDERBUFFER, kSamples, GL_DEPTH_COMPONENT24, width, height);
    glBindFramebuffer(GL_FRAMEBUFFER, smooth_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        error_ = "the graphics card cannot draw boxes into a texture";
        return false;
    }
    return true;
}

void BoxPainter::upload(std::span<const Box> boxes) {
    boxes_.assign(boxes.begin(), boxes.end());
    glBindBuffer(GL_ARRAY_BUFFER, instances_);
    glBufferData(GL_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(boxes_.size() * sizeof(Box)),
                 boxes_.data(),
                 GL_DYNAMIC_DRAW);
}

void BoxPainter::draw(
    std::span<const Box> boxes, const BoxView& view, int width, int height, std::uint32_t ground) {
    if (vertex_array_ == 0 || width < 1 || height < 1 || !resize(width, height)) {
        return;
    }
    const bool same = std::ranges::equal(boxes, boxes_);
    if (!stale_ && same && view == view_ && ground == ground_) {
        return;
    }
    if (stale_ || !same) {
        upload(boxes);
    }
    view_ = view;
    ground_ = ground;
    stale_ = false;
    glBindFramebuffer(GL_FRAMEBUFFER, smooth_);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_CULL_FACE);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
    glDepthMask(GL_TRUE);
    glClearColor(channel_of(ground, 0), channel_of(ground, 1), channel_of(ground, 2), 0.0F);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glUseProgram(program_.id());
    glUniformMatrix4fv(program_.uniform("u_view"), 1, GL_FALSE, view.matrix.data());
    glUniform3fv(program_.uniform("u_towards"), 1, view.towards.data());
    glBindVertexArray(vertex_array_);
    glDrawArraysInstanced(GL_TRIANGLES, 0, kCornersOfBox, static_cast<GLsizei>(boxes_.size()));
    glBindVertexArray(0);
    glDisable(GL_DEPTH_TEST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, smooth_);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, plain_);
    glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

TextureRegion BoxPainter::picture() const {
    // Rows of a framebuffer begin at the bottom.
    return {.texture = picture_.id(), .u0 = 0, .v0 = 1, .u1 = 1, .v1 = 0};
}

void BoxPainter::abandon() {
    program_.abandon();
    picture_.abandon();
    vertex_array_ = instances_ = smooth_ = plain_ = color_ = depth_ = 0;
    width_ = height_ = 0;
    boxes_.clear();
    stale_ = true;
}

}  // namespace convoscope::render
