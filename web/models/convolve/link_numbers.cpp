#include "web/models/convolve/link_numbers.h"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "web/models/convolve/cell_value.h"

namespace convoscope::models::convolve {
namespace {

constexpr std::size_t kMostNumbers = 32 * 32;

// Whole numbers of many cells, each as one sign that an address takes as it is.
constexpr char kSigned = '~';
constexpr std::string_view kSigns =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr double kFirstSigned = -32.0;
constexpr std::ptrdiff_t kLeastForSigns = 64;

bool has_sign(double number) {
    return number >= kFirstSigned && number < kFirstSigned + static_cast<double>(kSigns.size()) &&
           number == std::floor(number);
}

std::vector<double> read_signs(std::string_view signs) {
    std::vector<double> numbers;
    if (signs.size() > kMostNumbers) {
        return {};
    }
    for (const char sign : signs) {
        const std::size_t place = kSigns.find(sign);
        if (place == std::string_view::npos) {
            return {};
        }
        numbers.push_back(static_cast<double>(place) + kFirstSigned);
    }
    return numbers;
}

}  // namespace

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

std::string list_of(std::span<const double> numbers) {
    if (std::ssize(numbers) >= kLeastForSigns && std::ranges::all_of(numbers, has_sign)) {
        std::string signs(1, kSigned);
        for (const double number : numbers) {
            signs += kSigns[static_cast<std::size_t>(number - kFirstSigned)];
        }
        return signs;
    }
    std::string list;
    for (const double number : numbers) {
        list += (list.empty() ? "" : ",") + number_text(cell_value(number));
    }
    return list;
}

std::vector<double> read_list(const std::string& text) {
    if (text.starts_with(kSigned)) {
        return read_signs(std::string_view(text).substr(1));
    }
    std::vector<double> numbers;
    const char* rest = text.c_str();
    while (*rest != '\0') {
        char* end = nullptr;
        const double value = std::strtod(rest, &end);
        const bool ends = *end == '\0' || (*end == ',' && end[1] != '\0');
        const bool fits = cell_value(value) == value && numbers.size() < kMostNumbers;
        if (end == rest || !ends || !fits) {
            return {};
        }
        numbers.push_back(value);
        rest = *end == ',' ? end + 1 : end;
    }
    return numbers;
}

}  // namespace convoscope::models::convolve
