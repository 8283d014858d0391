#include "engine/exchange/python/python_text.h"

#include <algorithm>
#include <array>
#include <set>

namespace convoscope {
namespace {

constexpr std::array kKeywords = {
    "False",   "None",     "True",     "and",    "as",   "assert", "async",  "await",
    "break",   "class",    "continue", "def",    "del",  "elif",   "else",   "except",
    "finally", "for",      "from",     "global", "if",   "import", "in",     "is",
    "lambda",  "nonlocal", "not",      "or",     "pass", "raise",  "return", "try",
    "while",   "with",     "yield",    "match",  "case", "print"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::string python_literal(const nlohmann::json& value) {
    if (value.is_null()) {
        return "None";
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "True" : "False";
    }
    if (value.is_array()) {
        std::vector<std::string> items;
        for (const nlohmann::json& item : value) {
            items.push_back(python_literal(item));
        }
        return "(" + joined(items) + ")";
    }
    if (value.is_number_float()) {
        const auto number = value.get<double>();
        // Sizes must be integers in Python, and JavaScript writes 5 as 5.0 never, but others do.
        if (number == static_cast<double>(static_cast<std::int64_t>(number))) {
            return std::to_string(static_cast<std::int64_t>(number));
        }
    }
    return value.is_string() ? python_quoted(value.get<std::string>()) : value.dump();
}

std::string python_quoted(std::string_view text) {
    // JSON's escapes mean the same in Python.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string python_comment(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(
        line,
        [](char c) { return (static_cast<unsigned char>(c) < 32) || c == '"' || c == '\\'; },
        ' ');
    return line;
}

bool is_python_identifier(std::string_view name) {
    return !name.empty() && is_letter(name.front()) &&
           std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c); }) &&
           std::ranges::find(kKeywords, name) == kKeywords.end();
}

std::string joined(std::span<const std::string> words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : std::string(separator)) + word;
    }
    return text;
}

std::vector<std::string> python_variables(std::span<const std::string> value_names,
                                          const std::vector<bool>& read_by_next_alone,
                                          std::span<const std::string> reserved) {
    std::set<std::string> taken(reserved.begin(), reserved.end());
    taken.insert("x");
    std::vector<std::string> variables;
    for (std::size_t value = 0; value < value_names.size(); ++value) {
        if (read_by_next_alone[value]) {
            variables.emplace_back("x");
            continue;
        }
        std::string name = value_names[value];
        if (!is_python_identifier(name)) {
            std::ranges::replace_if(
                name, [](char c) { return !is_letter(c) && !is_digit(c); }, '_');
            name = "layer_" + name;
        }
        while (!taken.insert(name).second) {
            name += "_";
        }
        variables.push_back(name);
    }
    return variables;
}

}  // namespace convoscope
