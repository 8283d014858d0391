#include "web/render/texture.h"

#include <GLES3/gl3.h>

namespace convoscope::render {
namespace {

struct Format {
    GLint internal;
    GLenum external;
    GLenum type;
};

Format format_of(TexelFormat format) {
    switch (format) {
        case TexelFormat::kRgba8:
            return {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE};
        case TexelFormat::kRgb8:
            return {GL_RGB8, GL_RGB, GL_UNSIGNED_BYTE};
        case TexelFormat::kR32f:
            return {GL_R32F, GL_RED, GL_FLOAT};
    }
    return {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE};
}

}  // namespace

Texture::~Texture() {
    if (id_ != 0) {
        glDeleteTextures(1, &id_);
    }
}

void Texture::create(int width, int height, TexelFormat format, bool smooth) {
    if (id_ != 0) {
        glDeleteTextures(1, &id_);
    }
    width_ = width;
    height_ = height;
    format_ = format;
    const Format gl = format_of(format);
    const GLint filter = smooth ? GL_LINEAR : GL_NEAREST;
    glGenTextures(1, &id_);
    glBindTexture(GL_TEXTURE_2D, id_);
    glTexImage2D(GL_TEXTURE_2D, 0, gl.internal, width, height, 0, gl.external, gl.type, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void Texture::upload(int x, int y, int width, int height, std::span<const std::uint8_t> texels) {
    upload_bytes(x, y, width, height, texels.data());
}

void Texture::upload(int x, int y, int width, int height, std::span<const float> texels) {
    upload_bytes(x, y, width, height, texels.data());
}

void Texture::upload_bytes(int x, int y, int width, int height, const void* texels) {
    const Format gl = format_of(format_);
    glBindTexture(GL_TEXTURE_2D, id_);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, gl.external, gl.type, texels);
}

}  // namespace convoscope::render
