#include "web/render/shelf_packer.h"

namespace convoscope::render {

std::optional<ShelfPacker::Place> ShelfPacker::place(int width, int height) {
    constexpr int kGap = 1;
    for (Shelf& shelf : shelves_) {
        if (shelf.height == height && shelf.used + width <= size_) {
            const Place found{shelf.used, shelf.y};
            shelf.used += width + kGap;
            return found;
        }
    }
    if (width > size_ || next_y_ + height > size_) {
        return std::nullopt;
    }
    const Place found{0, next_y_};
    shelves_.push_back({next_y_, height, width + kGap});
    next_y_ += height + kGap;
    return found;
}

}  // namespace convoscope::render
