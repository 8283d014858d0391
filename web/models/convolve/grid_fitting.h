#pragma once

#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// A picture on a canvas of another size: as many times as large as fits, from the upper left
/// corner, and cut off or filled up with zeros. Of several planes the first.
[[nodiscard]] NumberGrid resized_picture(const NumberGrid& picture, Index rows, Index columns);

/// A kernel of another size: its middle, and zeros around it. Of several planes the first.
[[nodiscard]] NumberGrid resized_kernel(const NumberGrid& kernel, Index rows, Index columns);

/// What a channel shows that nobody has painted: the first one, a quarter turn further each time.
[[nodiscard]] NumberGrid usual_channel(const NumberGrid& first,
                                       Index channel,
                                       Index rows,
                                       Index columns);

/// What a filter that nobody has painted weighs one of its channels with: the signs of small
/// kernels, stripes of one direction in large ones; another for each filter and channel.
[[nodiscard]] NumberGrid usual_weights(Index filter, Index slice, Index rows, Index columns);

/// After a change of channels, filters or groups: painted weights stay with their filter and
/// channel, and those that have none of before are the usual ones. No change where the kernel has a
/// name, or the groups of one of the two are impossible.
void carry_weights(const Setup& before, Setup& after);

/// Gives picture, kernel and bias the sizes that the parameters ask for: anew from the catalogue
/// where they have a name.
void fit_grids(Setup& setup);

}  // namespace convoscope::models::convolve
