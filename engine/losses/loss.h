#pragma once

#include <optional>
#include <string_view>

namespace convoscope {

enum class LossType { none, cross_entropy, mse };

/// "cross_entropy" or "mse"; none otherwise.
[[nodiscard]] inline std::optional<LossType> find_loss(std::string_view name) {
    if (name == "cross_entropy" || name == "mse") {
        return name == "mse" ? LossType::mse : LossType::cross_entropy;
    }
    return std::nullopt;
}

[[nodiscard]] inline std::string_view loss_name(LossType type) {
    if (type == LossType::none) {
        return "none";
    }
    return type == LossType::mse ? "mse" : "cross_entropy";
}

/// What a network is trained for.
struct LossSettings {
    LossType type = LossType::cross_entropy;
    double label_smoothing = 0.0;  ///< of cross_entropy, from 0 to 1

    bool operator==(const LossSettings&) const = default;
};

}  // namespace convoscope
