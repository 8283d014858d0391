#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/models/convolve/setup.h"

// Painted planes in a link: a grid's letter, x of the input, w of the weights or e of the error,
// and from the second plane on its number.

namespace convoscope::models::convolve {

/// "x" or "x12": a grid's letter and the plane. Empty: another name.
[[nodiscard]] std::optional<Index> plane_of(std::string_view name, char letter);

/// Takes over a plane of the input or the weights. False, and no change, when the name is not of
/// one, or there are not as many numbers as it has cells.
bool set_painted(Setup& setup, std::string_view name, const std::string& value);

/// The planes that are not as they usually are, so that a link is as long as it must be; the first
/// one always.
void add_painted(std::vector<std::pair<std::string, std::string>>& pairs,
                 const char* letter,
                 const NumberGrid& grid,
                 const std::function<NumberGrid(Index plane)>& usual);

/// Input and weights: by their names in the catalogue, or painted.
void add_image_and_weights(std::vector<std::pair<std::string, std::string>>& pairs,
                           const Setup& setup);

}  // namespace convoscope::models::convolve
