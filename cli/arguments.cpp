#include "cli/arguments.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace convoscope::cli {
namespace {

std::optional<double> parse_number(const std::string& text) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (text.empty() || end != text.c_str() + text.size()) {
        return std::nullopt;
    }
    return number;
}

std::string short_number(double number) {
    std::string text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

Result<Arguments> Arguments::parse(const std::vector<std::string>& words,
                                   const std::vector<std::string>& flags,
                                   const std::vector<std::string>& options) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            arguments.positional_.push_back(word);
        } else if (arguments.has(word)) {
            return Error{"option " + word + " is given twice"};
        } else if (std::ranges::find(flags, word) != flags.end()) {
            arguments.values_[word] = "";
        } else if (std::ranges::find(options, word) == options.end()) {
            return Error{"unknown option " + word};
        } else if (i + 1 == words.size()) {
            return Error{"option " + word + " wants a value"};
        } else {
            arguments.values_[word] = words[++i];
        }
    }
    return arguments;
}

std::optional<std::string> Arguments::text(const std::string& option) const {
    const auto found = values_.find(option);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

Index Arguments::integer(const std::string& option, Index fallback, Index lowest, Index highest) {
    const std::optional<std::string> given = text(option);
    if (!given) {
        return fallback;
    }
    const std::optional<double> number = parse_number(*given);
    if (!number || *number != std::floor(*number) || *number < static_cast<double>(lowest) ||
        *number > static_cast<double>(highest)) {
        if (!error_) {
            error_ =
                Error{"option " + option + " is \"" + *given + "\"; expected an integer from " +
                      std::to_string(lowest) + " to " + std::to_string(highest)};
        }
        return fallback;
    }
    return static_cast<Index>(*number);
}

std::uint64_t Arguments::seed(const std::string& option, std::uint64_t fallback) {
    constexpr double kLargest = 9007199254740992.0;
    const double seed = number(option, static_cast<double>(fallback), 0.0, kLargest);
    if (seed != std::floor(seed) && !error_) {
        error_ = Error{"option " + option + " is \"" + text(option).value_or("") +
                       "\"; expected a whole number"};
    }
    return static_cast<std::uint64_t>(seed);
}

double Arguments::number(const std::string& option,
                         double fallback,
                         double lowest,
                         double highest) {
    const std::optional<std::string> given = text(option);
    if (!given) {
        return fallback;
    }
    const std::optional<double> number = parse_number(*given);
    if (!number || !(*number >= lowest && *number <= highest)) {
        if (!error_) {
            error_ = Error{"option " + option + " is \"" + *given + "\"; expected a number from " +
                           short_number(lowest) + " to " + short_number(highest)};
        }
        return fallback;
    }
    return *number;
}

Status Arguments::status() const {
    return error_ ? Status(*error_) : success();
}

}  // namespace convoscope::cli
