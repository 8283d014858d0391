#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope::cli {

/// Represents a subcommand's words: options by name, the rest by position. A subcommand says which
/// options it knows; all others are errors.
class Arguments {
  public:
    /// `flags` take no value, `options` one each; both with their dashes.
    [[nodiscard]] static Result<Arguments> parse(const std::vector<std::string>& words,
                                                 const std::vector<std::string>& flags,
                                                 const std::vector<std::string>& options);

    [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }
    [[nodiscard]] bool has(const std::string& option) const { return values_.contains(option); }
    [[nodiscard]] std::optional<std::string> text(const std::string& option) const;
    /// Notes an error when the option is there and not an integer of the range.
    Index integer(const std::string& option, Index fallback, Index lowest, Index highest);
    /// A whole number up to 2^53, beyond what an `Index` of 32 bits holds.
    std::uint64_t seed(const std::string& option, std::uint64_t fallback);
    double number(const std::string& option, double fallback, double lowest, double highest);
    /// The first error of `integer` and `number`.
    [[nodiscard]] Status status() const;

  private:
    std::vector<std::string> positional_;
    std::map<std::string, std::string> values_;
    std::optional<Error> error_;
};

}  // namespace convoscope::cli
