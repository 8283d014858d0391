#include "web/widgets/number_text.h"

#include <cmath>
#include <cstdio>

namespace convoscope::widgets {
namespace {

constexpr const char* kMinus = "\u2212";
constexpr double kExactIntegers = 10'000'000;

std::string printed(const char* format, int digits, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, digits, value);
    return text;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string grouped(std::string digits) {
    for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
        digits.insert(static_cast<std::size_t>(i), ",");
    }
    return digits;
}

/// Commas into the digits before the point.
std::string with_commas(const std::string& text) {
    const std::size_t begin = text.find_first_of("0123456789");
    if (begin == std::string::npos) {
        return text;
    }
    std::size_t end = begin;
    while (end < text.size() && is_digit(text[end])) {
        ++end;
    }
    return text.substr(0, begin) + grouped(text.substr(begin, end - begin)) + text.substr(end);
}

std::string without_trailing_zeros(std::string text) {
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

bool all_zero(const std::string& text) {
    return text.find_first_of("123456789") == std::string::npos;
}

/// "−0.00" says something that is not so.
std::string without_sign_of_zero(std::string text) {
    if (!text.empty() && text[0] == '-' && all_zero(text)) {
        text.erase(0, 1);
    }
    return text;
}

std::string superscript(int number) {
    static constexpr const char* kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string result;
    for (const char c : std::to_string(number)) {
        result += c == '-' ? "⁻" : kDigits[c - '0'];
    }
    return result;
}

std::string not_finite(double value) {
    if (std::isnan(value)) {
        return "NaN";
    }
    return value > 0 ? "∞" : std::string(kMinus) + "∞";
}

}  // namespace

int readable_power(double greatest) {
    constexpr double kLeast = 0.05;
    return greatest > 0 && greatest < kLeast ? static_cast<int>(std::floor(std::log10(greatest)))
                                             : 0;
}

std::string power_text(int exponent) {
    return "10" + superscript(exponent);
}

std::string true_minus(std::string text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const bool before_number = is_digit(text[i + 1]) || text[i + 1] == '.';
        const bool inside_word = i > 0 && (is_digit(text[i - 1]) || std::isalpha(text[i - 1]) != 0);
        if (text[i] == '-' && before_number && !inside_word) {
            text.replace(i, 1, kMinus);
        }
    }
    return text;
}

std::string integer_text(std::int64_t value) {
    const double magnitude = std::abs(static_cast<double>(value));
    if (magnitude < kExactIntegers) {
        return true_minus(with_commas(std::to_string(value)));
    }
    struct Unit {
        double size;
        const char* name;
    };
    for (const Unit unit : {Unit{1e12, " T"}, Unit{1e9, " G"}, Unit{1e6, " M"}}) {
        if (magnitude >= unit.size) {
            const double scaled = static_cast<double>(value) / unit.size;
            return true_minus(with_commas(printed("%.*f", 2, scaled))) + unit.name;
        }
    }
    return true_minus(std::to_string(value));
}

std::string decimal_text(double value, int decimals) {
    if (!std::isfinite(value)) {
        return not_finite(value);
    }
    return true_minus(with_commas(without_sign_of_zero(printed("%.*f", decimals, value))));
}

std::string significant_text(double value, int digits) {
    if (!std::isfinite(value)) {
        return not_finite(value);
    }
    if (value == 0) {
        return "0";
    }
    const std::string rounded = printed("%.*e", digits - 1, value);
    const std::size_t mark = rounded.find('e');
    const int exponent = std::atoi(rounded.c_str() + mark + 1);
    if (exponent >= -4 && exponent < 7) {
        const int decimals = digits - 1 - exponent;
        const std::string text = printed("%.*f", decimals > 0 ? decimals : 0, value);
        return true_minus(with_commas(without_trailing_zeros(text)));
    }
    const std::string mantissa = without_trailing_zeros(rounded.substr(0, mark));
    return true_minus(mantissa) + "·" + power_text(exponent);
}

std::string cell_text(double value, int decimals) {
    if (!std::isfinite(value)) {
        return not_finite(value);
    }
    std::string text = without_sign_of_zero(printed("%.*f", decimals, value));
    text = without_trailing_zeros(text);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (text.size() > first + 1 && text[first] == '0' && text[first + 1] == '.') {
        text.erase(first, 1);
    }
    return true_minus(text);
}

std::string percent_text(double share, int decimals) {
    return decimal_text(share * 100, decimals) + " %";
}

std::string duration_text(double seconds) {
    if (!std::isfinite(seconds)) {
        return not_finite(seconds);
    }
    if (seconds < 1) {
        return decimal_text(seconds * 1000, 0) + " ms";
    }
    if (seconds < 60) {
        return decimal_text(seconds, 1) + " s";
    }
    const long whole = std::lround(seconds);
    char text[48];
    if (whole < 3600) {
        std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
    } else {
        std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    }
    return text;
}

std::string to_go_text(double seconds) {
    const double whole = std::ceil(seconds);
    const bool few = whole < 60;
    return (few ? decimal_text(whole, 0) + " s" : duration_text(whole)) + " to go";
}

std::string bytes_text(double bytes) {
    constexpr double kKilo = 1000;
    if (bytes < kKilo) {
        return decimal_text(bytes, 0) + " B";
    }
    for (const char* unit : {" kB", " MB"}) {
        bytes /= kKilo;
        if (bytes < kKilo) {
            return decimal_text(bytes, 1) + unit;
        }
    }
    return decimal_text(bytes / kKilo, 1) + " GB";
}

}  // namespace convoscope::widgets
