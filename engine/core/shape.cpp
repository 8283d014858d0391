#include "engine/core/shape.h"

namespace convoscope {

std::vector<Index> Shape::dimensions() const {
    if (flat) {
        return {channels};
    }
    return {channels, height, width};
}

std::string Shape::text() const {
    std::string text = std::to_string(channels);
    if (!flat) {
        text += "×" + std::to_string(height) + "×" + std::to_string(width);
    }
    return text;
}

}  // namespace convoscope
