#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/shape.h"
#include "web/models/pictures.h"

namespace convoscope::models::convolve {
struct PhotoPixels;
}

namespace convoscope::models::inspect {

/// A photograph of the reader's as a network reads it.
struct OwnImage {
    std::vector<float> values;   ///< `[channel][row][column]`, 0 to 1; empty: there is none
    Pictures picture;            ///< the same, or an image of the data set, to be looked at
    std::uint32_t revision = 0;  ///< counts up with every other one
};

/// A sentence why the network cannot read a photograph; empty: it can.
[[nodiscard]] std::string refusal_of_photos(const Shape& input);

/// Reduced to the input's size by means over areas: in colour, or as greys. Of the size of MNIST's
/// digits it becomes a digit as those were made: bright on black, cut out, centred. Expects: not
/// refused, the photograph has three channels and is not smaller than the input.
void take_photo(OwnImage& own, const convolve::PhotoPixels& photo, const Shape& input);

/// Bright ink on black of a photographed digit, whichever was brighter, `[side][side]` from 0 to 1:
/// what the border shows is taken for the ground.
[[nodiscard]] std::vector<float> ink_of_photo(const std::vector<std::uint8_t>& greys, Index side);

}  // namespace convoscope::models::inspect
