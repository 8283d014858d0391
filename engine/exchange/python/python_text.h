#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace convoscope {

/// A value of a network file as Python writes it: `True`, `None`, `(3, 5)`, `"same"`.
[[nodiscard]] std::string python_literal(const nlohmann::json& value);

[[nodiscard]] std::string python_quoted(std::string_view text);

/// Text for a comment or a docstring: one line, and no quotes that could end it.
[[nodiscard]] std::string python_comment(std::string_view text);

/// True for a name that may stand in Python code as it is.
[[nodiscard]] bool is_python_identifier(std::string_view name);

/// `["a", "b"]` as "a, b".
[[nodiscard]] std::string joined(std::span<const std::string> words,
                                 std::string_view separator = ", ");

/// A variable for each value of a network: `x` where the next layer alone reads it, otherwise a
/// name made of the layer's.
[[nodiscard]] std::vector<std::string> python_variables(std::span<const std::string> value_names,
                                                        const std::vector<bool>& read_by_next_alone,
                                                        std::span<const std::string> reserved);

}  // namespace convoscope
