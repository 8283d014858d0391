#include "engine/network/value_names.h"

#include <span>

#include "engine/core/closest_word.h"
#include "engine/json/strict_json.h"

namespace convoscope {

ValueNames::ValueNames(const nlohmann::json& layers) {
    values_.emplace("input", 0);
    for (const nlohmann::json& layer : layers) {
        const auto position = static_cast<Index>(names_.size());
        const auto given = layer.is_object() ? layer.find("name") : layer.end();
        names_.push_back(given != layer.end() && given->is_string() ? given->get<std::string>()
                                                                    : std::to_string(position));
        values_.emplace(names_.back(), position + 1);
    }
}

Index ValueNames::first_layer(const std::string& name) const {
    return values_.at(name) - 1;
}

Result<Index> ValueNames::find(const std::string& name, Index reader) const {
    const std::string expected = "; expected a layer before this one, or \"input\"";
    const std::string quoted = quoted_json(nlohmann::json(name));
    const auto found = values_.find(name);
    if (found == values_.end()) {
        std::vector<std::string> before(names_.begin(), names_.begin() + reader);
        before.emplace_back("input");
        return Error{"no layer is called " + quoted + did_you_mean(name, before) + expected};
    }
    if (found->second == reader + 1) {
        return Error{quoted + " is the layer's own output" + expected};
    }
    if (found->second > reader) {
        return Error{quoted + " is layer " + std::to_string(found->second - 1) +
                     ", which comes later" + expected};
    }
    return found->second;
}

}  // namespace convoscope
