#pragma once

#include <optional>
#include <vector>

namespace convoscope::render {

/// Gives out rectangles of a square in shelves of equal height, one texel apart.
class ShelfPacker {
  public:
    explicit ShelfPacker(int size = 0) : size_(size) {}

    struct Place {
        int x;
        int y;
    };
    [[nodiscard]] std::optional<Place> place(int width, int height);

  private:
    struct Shelf {
        int y;
        int height;
        int used;
    };
    int size_;
    int next_y_ = 0;
    std::vector<Shelf> shelves_;
};

}  // namespace convoscope::render
