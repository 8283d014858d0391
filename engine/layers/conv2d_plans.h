#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope {

/// A method's plans of both ways, and where the panels of each lie: the forward ones, then the
/// backward ones. `Plan` tells its `panel_floats()`. Private to `layers/`.
template <class Plan>
struct Conv2dPlans {
    Plan forward;
    Plan backward;

    [[nodiscard]] Index packed_floats() const {
        return forward.panel_floats() + backward.panel_floats();
    }
    template <class Value>
    [[nodiscard]] std::span<Value> forward_panels(std::span<Value> packed) const {
        return packed.first(at(forward.panel_floats()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> backward_panels(std::span<Value> packed) const {
        return packed.subspan(at(forward.panel_floats()));
    }
};

}  // namespace convoscope
