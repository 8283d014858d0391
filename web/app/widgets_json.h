#pragma once

#include <string>
#include <vector>

#include "web/widgets/item_registry.h"

namespace convoscope::app {

/// What is on the screen, as a JSON array of `{id, label, role, value, rect, …}`; rectangles in
/// pixels of CSS, of which a unit of the layout takes `zoom`.
[[nodiscard]] std::string widgets_json(const std::vector<widgets::Item>& items, float zoom);

}  // namespace convoscope::app
