#pragma once

#include <span>
#include <string>

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// A map whose cells are those of the opened one: a part of it, or what becomes of it.
struct CellMap {
    std::string id;
    std::string label;
    widgets::ImageRef image;
    Shape shape;
    std::span<const float> numbers;
    Index patch = -1;  ///< whose products are shown beside when it is clicked; -1: the strongest
};

/// Draws it with a mark at the number that is opened. A click opens the number under the pointer,
/// or under the arrows' cursor; a second one lets go of it. Expects: a neuron of this map is there.
void draw_cell_map(Context& context, const CellMap& map, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
