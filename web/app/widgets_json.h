#pragma once

#include <string>
#include <vector>

#include "web/widgets/item_registry.h"

namespace convoscope::app {

/// What is on the screen, as a JSON array of `{id, label, role, value, rect, …}`.
[[nodiscard]] std::string widgets_json(const std::vector<widgets::Item>& items);

}  // namespace convoscope::app
