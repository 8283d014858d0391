#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// No extent or count in a file may exceed this, so that a product of two fits 32 bits.
inline constexpr Index kLargestAttribute = 16384;

/// Reads the attributes of one JSON object by name, and remembers the first thing that is wrong
/// and which keys were asked for, so that a misspelt key is found. Private to `network/`.
class AttributeReader {
  public:
    AttributeReader(const nlohmann::json& object, std::string label)
        : object_(object), label_(std::move(label)) {}

    /// Expects: the object has the key, or `fallback` holds the default.
    Index integer(const char* key, std::optional<Index> fallback, Index lowest);
    /// One integer for both axes, or `[height, width]`.
    std::pair<Index, Index> spatial(const char* key,
                                    std::optional<std::pair<Index, Index>> fallback,
                                    Index lowest);
    /// The same without a default, from 1; null, alone or in the pair, is PyTorch's None and gives
    /// 0.
    std::pair<Index, Index> spatial_or_null(const char* key);
    /// Any number that a float holds.
    float number(const char* key, float fallback);
    /// A number within [lowest, highest].
    double number_within(const char* key, double fallback, double lowest, double highest);
    bool boolean(const char* key, bool fallback);
    std::string text(const char* key, const std::string& fallback);

    [[nodiscard]] bool has(const char* key) const { return object_.contains(key); }
    /// The value under a key, noted as known; null when absent.
    const nlohmann::json& raw(const char* key);

    /// Notes "<label>: <key> is <value>; expected <expected>" unless an error came before.
    void refuse(const char* key, const std::string& expected);
    void fail(const std::string& message);

    /// The first error, or one for a key that nobody asked for.
    [[nodiscard]] Status finish();

  private:
    [[nodiscard]] std::optional<Index> as_integer(const nlohmann::json& value, Index lowest) const;

    const nlohmann::json& object_;
    std::string label_;
    std::set<std::string> known_;
    std::optional<Error> error_;
};

}  // namespace convoscope
