#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/cost.h"
#include "engine/analysis/receptive_field.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// One row of `convoscope summary`.
struct LayerSummary {
    std::string name;
    std::string type;
    Shape output;
    LayerCost cost;
    std::optional<ReceptiveField> field;  ///< nothing where it is the whole input
};

struct NetworkSummary {
    std::vector<LayerSummary> layers;
    std::int64_t parameters = 0;
    std::int64_t multiply_accumulates = 0;  ///< of one image
    std::int64_t flops = 0;
    std::int64_t activations = 0;  ///< numbers of all layers' outputs
};

/// Takes no memory for any number of the network, so that those can be described that are too large
/// to be trained. Returns error when: shapes do not fit; the layer is named.
[[nodiscard]] Result<NetworkSummary> summarize(const NetworkSpec& spec);

/// As `convoscope summary --json` prints it.
[[nodiscard]] std::string summary_json(const NetworkSummary& summary);

}  // namespace convoscope
