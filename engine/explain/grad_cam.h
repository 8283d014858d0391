#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/explain/network_probe.h"

namespace convoscope {

/// Where the maps of one layer speak for a class: a coarse map, one number a cell of the layer.
struct GradCam {
    Index height = 0;
    Index width = 0;
    std::vector<float> weights;  ///< a map: the mean over its cells of d score / d cell
    std::vector<float> map;      ///< `[height][width]`: max(0, Σ weight · map)
};

/// Source: Selvaraju et al., "Grad-CAM", 2017, equations 1 and 2.
/// Expects: `image` is `[c][h][w]`, preprocessed; `value` is i + 1 for the output of layer i.
[[nodiscard]] GradCam grad_cam(NetworkProbe& probe,
                               std::span<const float> image,
                               Index value,
                               Index type);

/// The output of the last layer whose maps have more than one cell: where Grad-CAM looks unless
/// told; 0 when there is none.
[[nodiscard]] Index last_map_value(const Network& network);

/// A map stretched to the size of a picture, as `torch.nn.functional.interpolate` does with
/// `mode="bilinear", align_corners=False`.
[[nodiscard]] std::vector<float> stretched(const GradCam& cam, Index height, Index width);

}  // namespace convoscope
