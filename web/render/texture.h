#pragma once

#include <cstdint>
#include <span>

namespace convoscope::render {

enum class TexelFormat { kRgba8, kRgb8, kR32f };

/// A two-dimensional texture without filtering between texels, unless `smooth`.
class Texture {
  public:
    Texture() = default;
    ~Texture();
    Texture(const Texture&) = delete;
    Texture& operator=(const Texture&) = delete;

    void create(int width, int height, TexelFormat format, bool smooth = false);
    /// Expects: created; the texels of the rectangle row by row, in the format's type.
    void upload(int x, int y, int width, int height, std::span<const std::uint8_t> texels);
    void upload(int x, int y, int width, int height, std::span<const float> texels);
    void abandon() { id_ = 0; }

    [[nodiscard]] unsigned id() const { return id_; }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

  private:
    void upload_bytes(int x, int y, int width, int height, const void* texels);

    unsigned id_ = 0;
    int width_ = 0;
    int height_ = 0;
    TexelFormat format_ = TexelFormat::kRgba8;
};

}  // namespace convoscope::render
