#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// Reads the fields of one command; remembers the first that is wrong, and finds those that nobody
/// asked for. Private to `session/`.
class CommandReader {
  public:
    explicit CommandReader(const nlohmann::json& command) : command_(command) {}

    [[nodiscard]] bool has(const char* key) const { return command_.contains(key); }
    double number(const char* key, double fallback, double lowest, double highest);
    Index integer(const char* key, Index fallback, Index lowest, Index highest);
    /// Up to 2^53, where a JSON number stops being exact; an `Index` may have 32 bits.
    std::uint64_t seed(std::uint64_t fallback);
    /// Expects a text; missing is an error unless there is a fallback.
    std::string text(const char* key, std::optional<std::string> fallback = std::nullopt);
    std::vector<std::string> texts(const char* key);
    std::vector<Index> integers(const char* key);
    /// An object; null when absent or wrong.
    const nlohmann::json& object(const char* key);
    /// `optimizer`, its attributes on top of `settings`.
    OptimizerSettings optimizer(const OptimizerSettings& settings);

    void refuse(const char* key, const std::string& expected);
    /// With a sentence of the caller's own.
    void refuse(Error error);
    [[nodiscard]] Status finish();

  private:
    const nlohmann::json* find(const char* key);

    const nlohmann::json& command_;
    std::set<std::string> known_ = {"command", "id"};
    std::optional<Error> error_;
};

[[nodiscard]] nlohmann::json optimizer_json(const OptimizerSettings& settings);

}  // namespace convoscope
