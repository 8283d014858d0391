#pragma once

#include <string>

#include "web/models/convolve/photo.h"

namespace convoscope::models::convolve {

/// A line a row, RFC 4180, every number as it reads back the same; several planes one after
/// another with an empty line between.
[[nodiscard]] std::string csv_of(const NumberGrid& grid);

/// What a real picture is convolved from: its planes of bytes.
[[nodiscard]] NumberGrid input_grid(const Photo& photo);
/// A plane a colour; empty while there is no output.
[[nodiscard]] NumberGrid output_grid(const Photo& photo);

}  // namespace convoscope::models::convolve
