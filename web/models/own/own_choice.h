#pragma once

#include <string>
#include <string_view>

#include "web/models/network_choice.h"
#include "web/models/own/own_pictures.h"
#include "web/models/run_settings.h"

namespace convoscope::models::own {

/// The reader's pictures among the data sets: in commands and links, and as the engine calls them.
inline constexpr std::string_view kOwnData = "own";
inline constexpr std::string_view kOwnName = "your own pictures";

/// Whether a network of the list takes the data set's pictures.
[[nodiscard]] bool fits(const NetworkChoice& network, const RunSettings& settings, Kind kind);

/// Settings that learn the pictures: their data set, a network that takes them, and, where they are
/// few, small batches and many epochs.
void use(RunSettings& settings, const Model& model);
/// Batches and epochs as usual again, for another data set, unless the reader has chosen others.
void leave(RunSettings& settings);
/// A network that takes the pictures, in place of one that does not.
void fit_network(RunSettings& settings, Kind kind);

/// The network of the settings, with as many outputs as there are classes.
[[nodiscard]] std::string network_with_outputs(std::string_view network_file, std::size_t classes);

}  // namespace convoscope::models::own
