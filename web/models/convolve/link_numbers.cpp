#include "web/models/convolve/link_numbers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace convoscope::models::convolve {
namespace {

constexpr std::size_t kMostNumbers = 32 * 32;
constexpr double kGreatestValue = 999.0;

}  // namespace

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

std::string list_of(std::span<const double> numbers) {
    std::string list;
    for (const double number : numbers) {
        list += (list.empty() ? "" : ",") + number_text(number);
    }
    return list;
}

std::vector<double> read_list(const std::string& text) {
    std::vector<double> numbers;
    const char* rest = text.c_str();
    while (*rest != '\0' && numbers.size() < kMostNumbers) {
        char* end = nullptr;
        const double value = std::strtod(rest, &end);
        const bool ends = *end == '\0' || (*end == ',' && end[1] != '\0');
        if (end == rest || !ends || !std::isfinite(value)) {
            return {};
        }
        numbers.push_back(std::clamp(value, -kGreatestValue, kGreatestValue));
        rest = *end == ',' ? end + 1 : end;
    }
    return numbers;
}

}  // namespace convoscope::models::convolve
