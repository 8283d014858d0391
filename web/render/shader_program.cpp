#include "web/render/shader_program.h"

#include <array>

#include <GLES3/gl3.h>

namespace convoscope::render {
namespace {

GLuint compiled(GLenum stage, std::string_view source, std::string& error) {
    const GLuint shader = glCreateShader(stage);
    const GLchar* text = source.data();
    const auto length = static_cast<GLint>(source.size());
    glShaderSource(shader, 1, &text, &length);
    glCompileShader(shader);
    GLint good = GL_FALSE;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
    if (good == GL_FALSE) {
        std::array<GLchar, 1024> log{};
        glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), nullptr, log.data());
        error = log.data();
        glDeleteShader(shader);
        return 0;
    }
    return shader;
}

}  // namespace

ShaderProgram::~ShaderProgram() {
    if (program_ != 0) {
        glDeleteProgram(program_);
    }
}

bool ShaderProgram::build(std::string_view vertex, std::string_view fragment) {
    error_.clear();
    const GLuint vertex_shader = compiled(GL_VERTEX_SHADER, vertex, error_);
    const GLuint fragment_shader = compiled(GL_FRAGMENT_SHADER, fragment, error_);
    if (vertex_shader != 0 && fragment_shader != 0) {
        program_ = glCreateProgram();
        glAttachShader(program_, vertex_shader);
        glAttachShader(program_, fragment_shader);
        glLinkProgram(program_);
        GLint good = GL_FALSE;
        glGetProgramiv(program_, GL_LINK_STATUS, &good);
        if (good == GL_FALSE) {
            std::array<GLchar, 1024> log{};
            glGetProgramInfoLog(program_, static_cast<GLsizei>(log.size()), nullptr, log.data());
            error_ = log.data();
            glDeleteProgram(program_);
            program_ = 0;
        }
    }
    glDeleteShader(vertex_shader);
    glDeleteShader(fragment_shader);
    return program_ != 0;
}

int ShaderProgram::uniform(const char* name) const {
    return glGetUniformLocation(program_, name);
}

}  // namespace convoscope::render
