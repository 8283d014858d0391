#pragma once

#include <vector>

#include "web/render/svg_picture.h"
#include "web/widgets/fonts.h"

namespace convoscope::app {

/// What the page's baked fonts are called where a drawing is opened.
[[nodiscard]] std::vector<render::SvgFace> svg_faces(const widgets::Fonts& fonts);

}  // namespace convoscope::app
