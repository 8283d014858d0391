#include "web/rooms/convolve/photo_planes.h"

#include <array>
#include <string>

#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

void draw_photo_planes(Context& context, Rect row) {
    const model::Photo& photo = context.state.photo;
    static constexpr std::array<const char*, 3> kNames{"red", "green", "blue"};
    const Index place = photo.place().row * photo.columns().outputs + photo.place().column;
    std::array<Segment, 3> segments;
    for (std::size_t plane = 0; plane < kNames.size(); ++plane) {
        const float sum = photo.output(static_cast<Index>(plane))[at(place)];
        const std::string name = kNames[plane];
        segments[plane] = {kNames[plane], name + " " + value_text(static_cast<double>(sum))};
    }
    if (const auto chosen = segmented(
            context.ui, "convolve.photo.plane", segments, static_cast<int>(photo.plane()), row)) {
        context.commands.push(model::commands::with("photo_plane", "plane", *chosen));
    }
}

}  // namespace convoscope::rooms::convolve
