#pragma once

#include <span>
#include <string>
#include <string_view>

namespace convoscope::models {

/// A way in which the engine changes training images.
struct AugmentationChoice {
    std::string_view name;  ///< in the protocol
    const char* label;
    const char* explanation;  ///< a sentence
};

/// In the order in which they are applied.
[[nodiscard]] std::span<const AugmentationChoice> augmentation_choices();

/// Whether a list such as "shift:2,rotate" has one of this name.
[[nodiscard]] bool has_augmentation(std::string_view list, std::string_view name);

/// The list with or without it, in the order of the choices; parameters of the others stay.
[[nodiscard]] std::string toggled_augmentation(std::string_view list, std::string_view name);

}  // namespace convoscope::models
