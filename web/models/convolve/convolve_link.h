#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/models/convolve/convolve_model.h"

namespace convoscope::models::convolve {

/// The room's part of a link: operation, channels, filters, groups, i, k, s, d, a, p, pad, turn,
/// bias, picture, kernel, channel, filter, order, step. Axes that differ are written height, then
/// width: i=7,9; four paddings are top, bottom, left, right; bias is a list where there are several
/// filters. Painted numbers stand row by row in x and w instead of a picture and a kernel; x1, w1 …
/// are those further planes that are not as they usually are. Backwards also direction, error, and
/// at or e for what the reader has chosen; lens, seen and way where they are not the usual ones.
/// Where the filter learns also learn (the hidden kernel, or painted), t and rate; while it does so
/// the weights are those that it has begun with.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> link_pairs(const Model& model);

/// Takes back what `link_pairs` leaves out where there is nothing to say of it.
void clear_unsaid(Model& model);

/// Takes over one of them. False, and no change, when there is no such name, or the value is not
/// readable or out of bounds.
bool apply_pair(Model& model, std::string_view name, const std::string& value);

}  // namespace convoscope::models::convolve
