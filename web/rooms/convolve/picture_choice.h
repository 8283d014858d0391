#pragma once

#include <functional>
#include <string>

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// One of several pictures to choose from.
struct PictureChoice {
    std::string id;
    std::string label;
    std::string why;
    bool chosen = false;
};

inline constexpr float kChoiceTile = 44;                  ///< edge of the picture
inline constexpr float kLabelledTile = kChoiceTile + 24;  ///< with the name under it

/// The picture, which `draw` draws into `tile`, with its name under it; true when it was pressed.
bool draw_picture_choice(Context& context,
                         const PictureChoice& choice,
                         widgets::Rect tile,
                         const std::function<void(widgets::Rect)>& draw);

}  // namespace convoscope::rooms::convolve
