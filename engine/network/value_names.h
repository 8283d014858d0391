#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// Represents the names under which a file's layers read each other's outputs. Knows those of all
/// layers from the start, so that an input that comes later is told from one that does not exist.
/// Private to `network/`.
class ValueNames {
  public:
    /// The name of each object of `layers`, or its position where it has none.
    explicit ValueNames(const nlohmann::json& layers);

    /// The layer's name.
    [[nodiscard]] const std::string& name(Index layer) const {
        return names_[static_cast<std::size_t>(layer)];
    }
    /// The first layer of this name. Expects: there is one.
    [[nodiscard]] Index first_layer(const std::string& name) const;

    /// The value that this name means to a layer: 0 is the network's input, i + 1 the output of
    /// layer i.
    /// Returns error when: there is no such layer before the reader.
    [[nodiscard]] Result<Index> find(const std::string& name, Index reader) const;

  private:
    std::vector<std::string> names_;
    std::unordered_map<std::string, Index> values_;
};

}  // namespace convoscope
