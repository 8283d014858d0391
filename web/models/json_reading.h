#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
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

/// Whether it is a number that is whole once its part behind the point is cut off, and that a
/// double tells from its neighbours.
inline bool is_countable(double number) {
    constexpr double kGreatest = 9007199254740992.0;  // 2 to the 53rd
    return std::abs(number) <= kGreatest;
}

inline std::int64_t integer_from(const Json& value, std::int64_t otherwise = 0) {
    const double number =
        value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
    return is_countable(number) ? static_cast<std::int64_t>(number) : otherwise;
}

inline std::int64_t integer_of(const Json& object, const char* name, std::int64_t otherwise = 0) {
    const auto found = object.find(name);
    return found != object.end() ? integer_from(*found, otherwise) : otherwise;
}

inline int small_of(const Json& object, const char* name, int otherwise = 0) {
    const std::int64_t number = integer_of(object, name, otherwise);
    return std::in_range<int>(number) ? static_cast<int>(number) : otherwise;
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

inline bool is_true(const Json& object, const char* name, bool otherwise = false) {
    const Json& member = member_of(object, name);
    return member.is_boolean() ? member.get<bool>() : otherwise;
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

/// Those of a list; others become 0.
inline std::vector<std::int64_t> whole_numbers_of(const Json& object, const char* name) {
    std::vector<std::int64_t> numbers;
    for (const Json& element : member_of(object, name)) {
        numbers.push_back(integer_from(element));
    }
    return numbers;
}

template <class Number>
std::vector<Number> numbers_of(const Json& object, const char* name) {
    std::vector<Number> numbers;
    append_numbers(member_of(object, name), numbers);
    return numbers;
}

}  // namespace convoscope::models
