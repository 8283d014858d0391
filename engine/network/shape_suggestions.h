#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/network/shape_inference.h"

namespace convoscope {

/// One small change of a network file after which a layer fits; tried, not guessed.
struct ShapeSuggestion {
    std::string text;  ///< `padding 1 (now 0) in layer 2 ("conv1")`
    std::string file;  ///< the whole network file with the change
};

/// What a changed network must do to be suggested.
struct ShapeGoal {
    Index layer = 0;  ///< changes are sought in this layer and in those before it
    std::function<bool(const InferredNetwork&)> reached;
    std::vector<Index> counts;  ///< likely numbers of channels and features, besides near ones
};

/// The smallest single changes that reach the goal: an attribute of the layer itself, a `flatten`
/// put before it or taken away, the network's input, or an attribute of a layer before it. At most
/// three, in this order; of each attribute the value nearest to the present one.
/// Expects: `file` was read without error. Empty when none was found within a bounded search.
[[nodiscard]] std::vector<ShapeSuggestion> suggest_changes(std::string_view file,
                                                           const ShapeGoal& goal);

/// The same, to make the first layer fit that does not.
[[nodiscard]] std::vector<ShapeSuggestion> suggest_fitting_shapes(std::string_view file);

/// The message about a layer that does not fit: its name, what is wrong, what would fit.
[[nodiscard]] Error misfit_error(const NetworkSpec& spec, Index layer, const Error& misfit);

/// `; it would fit with padding 1 (now 0), or kernel_size 4 (now 5)`, or nothing.
[[nodiscard]] std::string suggestions_text(std::span<const ShapeSuggestion> suggestions);

}  // namespace convoscope
