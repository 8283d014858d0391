#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/models/convolve/convolve_model.h"

namespace convoscope::models::convolve {

/// The room's part of a link: operation, i, k, s, d, a, p, pad, turn, bias, picture, kernel, order,
/// step. Axes that differ are written height, then width: i=7,9; four paddings are top, bottom,
/// left, right. Painted numbers stand row by row in x and w instead of a picture and a kernel.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> link_pairs(const Model& model);

/// Takes over one of them. False, and no change, when there is no such name or the value is not
/// readable.
bool apply_pair(Model& model, std::string_view name, const std::string& value);

}  // namespace convoscope::models::convolve
