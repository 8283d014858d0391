#include "web/models/inspect/maps.h"

#include <algorithm>
#include <variant>

namespace convoscope::models::inspect {

bool has_maps(const NetworkSpec& network) {
    return std::ranges::any_of(network.layers, [](const LayerSpec& layer) {
        return std::holds_alternative<Conv2dSpec>(layer.attributes) ||
               std::holds_alternative<ConvTranspose2dSpec>(layer.attributes);
    });
}

}  // namespace convoscope::models::inspect
