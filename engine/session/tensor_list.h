#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/shape.h"
#include "engine/network/lane_layout.h"

namespace convoscope {

/// The tensors of one event, one after another in its payload. Private to `session/`.
class TensorList {
  public:
    void add(const std::string& name,
             const std::vector<Index>& shape,
             std::span<const float> values) {
        const std::size_t offset = payload_.size() / sizeof(float);
        list_.push_back(
            {{"name", name}, {"shape", shape}, {"offset", offset}, {"count", values.size()}});
        const auto bytes = std::as_bytes(values);
        payload_.insert(payload_.end(), bytes.begin(), bytes.end());
    }
    /// The first lane of a value.
    void add_value(const std::string& name, const Shape& shape, std::span<const float> lanes) {
        std::vector<float> image(at(shape.element_count()));
        from_lane(shape, lanes, 0, image);
        add(name, shape.dimensions(), image);
    }

    [[nodiscard]] nlohmann::json& list() { return list_; }
    [[nodiscard]] std::vector<std::byte>& payload() { return payload_; }

  private:
    nlohmann::json list_ = nlohmann::json::array();
    std::vector<std::byte> payload_;
};

}  // namespace convoscope
