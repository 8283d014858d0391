#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/network/network_spec.h"

namespace convoscope::models::inspect {

/// A layer that computes something new, with those after it that only pass each number on by
/// itself: what is drawn as one column. `conv1`, `norm1`, `relu1` are one stage.
struct Stage {
    std::vector<Index> layers;  ///< positions in the network's list; the first is the base
    Index shown = 0;            ///< the last one whose output has the base's shape

    [[nodiscard]] Index base() const { return layers.front(); }
};

/// All stages, in the network's order. A layer joins the stage before it when it reads that alone
/// and nobody else does.
[[nodiscard]] std::vector<Stage> stages_of(const NetworkSpec& spec);

/// The stage that shows a layer; nothing when there is no such layer.
[[nodiscard]] std::optional<Index> stage_with(const NetworkSpec& spec,
                                              const std::vector<Stage>& stages,
                                              std::string_view layer);

}  // namespace convoscope::models::inspect
