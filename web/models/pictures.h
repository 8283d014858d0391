#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace convoscope::models {

/// Pictures of the data set, as bytes, in the order in which they were asked for.
struct Pictures {
    std::string split;
    std::vector<std::int64_t> indices;
    std::vector<int> labels;
    int channels = 1;
    int height = 0;
    int width = 0;
    std::vector<std::uint8_t> pixels;  ///< [image][channel][row][column]

    [[nodiscard]] std::size_t count() const { return indices.size(); }
    [[nodiscard]] std::size_t picture_size() const {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(width);
    }
};

}  // namespace convoscope::models
