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

    /// The command as it came.
    [[nodiscard]] const nlohmann::json& fields() const { return command_; }
    [[nodiscard]] bool has(const char* key) const { return command_.contains(key); }
    /// There, and not null. A null counts as read.
    [[nodiscard]] bool given(const char* key);
    double number(const char* key, double fallback, double lowest, double highest);
    Index integer(const char* key, Index fallback, Index lowest, Index highest);
    /// Up to 2^53, where a JSON number stops being exact; an `Index` may have 32 bits.
    std::uint64_t seed(std::uint64_t fallback);
    bool boolean(const char* key, bool fallback);
    /// Expects a text; missing is an error unless there is a fallback.
    std::string text(const char* key, std::optional<std::string> fallback = std::nullopt);
    std::vector<std::string> texts(const char* key);
    std::vector<Index> integers(const char* key);
    /// Empty when absent.
    std::vector<double> numbers(const char* key);
    /// A list of anything; empty when absent.
    nlohmann::json array(const char* key);
    /// An object; null when absent or wrong.
    const nlohmann::json& object(const char* key);
    /// Calls read(fields) with the fields of the object `key`, when it is there; what is wrong in
    /// it is said with the key in front.
    template <class Read>
    void nested(const char* key, const Read& read) {
        const nlohmann::json& given = object(key);
        if (given.is_object()) {
            CommandReader fields(given);
            read(fields);
            finish_nested(key, fields);
        }
    }
    /// `optimizer`, its attributes on top of `settings`.
    OptimizerSettings optimizer(const OptimizerSettings& settings);

    void refuse(const char* key, const std::string& expected);
    /// With a sentence of the caller's own.
    void refuse(Error error);
    [[nodiscard]] Status finish();

  private:
    const nlohmann::json* find(const char* key);
    void finish_nested(const char* key, CommandReader& fields);

    const nlohmann::json& command_;
    std::set<std::string> known_ = {"command", "id"};
    std::optional<Error> error_;
};

[[nodiscard]] nlohmann::json optimizer_json(const OptimizerSettings& settings);

}  // namespace convoscope
