#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#define JSON_NOEXCEPTION 1
#include <nlohmann/json.hpp>

#include "web/models/json.h"

namespace convoscope::models {

// Reads of members that may be missing or of another type: then `otherwise` stands. Messages come
// from outside this program, so nothing here may stop it.

inline double number_of(const Json& object, const char* name, double otherwise = 0.0) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : otherwise;
}

inline std::int64_t integer_of(const Json& object, const char* name, std::int64_t otherwise = 0) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<std::int64_t>() : otherwise;
}

inline int small_of(const Json& object, const char* name, int otherwise = 0) {
    return static_cast<int>(integer_of(object, name, otherwise));
}

inline std::string text_of(const Json& object,
                           const char* name,
                           const std::string& otherwise = {}) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

/// The member, or null when it is missing.
inline const Json& member_of(const Json& object, const char* name) {
    static const Json kNothing;
    const auto found = object.find(name);
    return found != object.end() ? *found : kNothing;
}

inline bool is_true(const Json& object, const char* name) {
    return member_of(object, name) == true;
}

/// The numbers of an array, nested or not, in order; others become NaN, as JSON writes it: null.
template <class Number>
void append_numbers(const Json& array, std::vector<Number>& numbers) {
    for (const Json& element : array) {
        if (element.is_array()) {
            append_numbers(element, numbers);
        } else {
            numbers.push_back(element.is_number() ? element.get<Number>()
                                                  : std::numeric_limits<Number>::quiet_NaN());
        }
    }
}

template <class Number>
std::vector<Number> numbers_of(const Json& object, const char* name) {
    std::vector<Number> numbers;
    append_numbers(member_of(object, name), numbers);
    return numbers;
}

}  // namespace convoscope::models
