#pragma once

#include <string>
#include <string_view>

namespace convoscope::render {

/// A linked vertex and fragment shader.
class ShaderProgram {
  public:
    ShaderProgram() = default;
    ~ShaderProgram();
    ShaderProgram(const ShaderProgram&) = delete;
    ShaderProgram& operator=(const ShaderProgram&) = delete;

    /// Returns false and keeps the compiler's words in error() when it does not build.
    bool build(std::string_view vertex, std::string_view fragment);
    /// Forgets the object without deleting it: the context it lived in is gone.
    void abandon() { program_ = 0; }

    [[nodiscard]] unsigned id() const { return program_; }
    [[nodiscard]] int uniform(const char* name) const;
    [[nodiscard]] const std::string& error() const { return error_; }

  private:
    unsigned program_ = 0;
    std::string error_;
};

}  // namespace convoscope::render
