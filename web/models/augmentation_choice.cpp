#include "web/models/augmentation_choice.h"

#include <algorithm>
#include <array>

namespace convoscope::models {
namespace {

constexpr std::array kChoices{
    AugmentationChoice{"shift", "Shift", "Moved by up to 2 whole pixels, both ways."},
    AugmentationChoice{
        "crop", "Crop", "Padded by 4 pixels with its reflection, then a window cut out."},
    AugmentationChoice{
        "flip", "Flip", "Left for right, every other time: it turns digits into other shapes."},
    AugmentationChoice{"rotate", "Rotate", "About its centre, by up to 10 degrees."},
    AugmentationChoice{"scale", "Scale", "About its centre, by up to a tenth."},
    AugmentationChoice{
        "elastic", "Elastic", "Bent by a smooth random field, as Simard did in 2003."},
    AugmentationChoice{
        "jitter", "Colour", "Brightness, contrast and saturation changed by up to a fifth."},
    AugmentationChoice{
        "cutout", "Cutout", "A square of 8 pixels covered, so that no single part decides."}};

/// The entry of a list of that name, with its parameters; empty when there is none.
std::string_view entry_of(std::string_view list, std::string_view name) {
    while (!list.empty()) {
        const std::string_view entry = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), entry.size() + 1));
        if (entry.substr(0, entry.find(':')) == name) {
            return entry;
        }
    }
    return {};
}

}  // namespace

std::span<const AugmentationChoice> augmentation_choices() {
    return kChoices;
}

bool has_augmentation(std::string_view list, std::string_view name) {
    return !entry_of(list, name).empty();
}

std::string toggled_augmentation(std::string_view list, std::string_view name) {
    std::string result;
    for (const AugmentationChoice& choice : kChoices) {
        const std::string_view entry = entry_of(list, choice.name);
        const bool wanted = (choice.name == name) == entry.empty();
        if (!wanted) {
            continue;
        }
        result += result.empty() ? "" : ",";
        result += entry.empty() ? choice.name : entry;
    }
    return result;
}

}  // namespace convoscope::models
