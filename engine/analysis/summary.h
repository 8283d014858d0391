#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/receptive_field.h"
#include "engine/core/index.h"
#include "engine/network/network.h"

namespace convoscope {

/// One row of `convoscope summary`.
struct LayerSummary {
    std::string name;
    std::string type;
    std::vector<Index> output_shape;
    Index parameters = 0;
    Index multiply_accumulates = 0;  ///< of one sample
    std::optional<ReceptiveField> field;
};

struct NetworkSummary {
    std::vector<LayerSummary> layers;
    Index parameters = 0;
    Index multiply_accumulates = 0;
};

[[nodiscard]] NetworkSummary summarize(const Network& network);
/// As `convoscope summary --json` prints it.
[[nodiscard]] std::string summary_json(const NetworkSummary& summary);

}  // namespace convoscope
