#include "engine/network/attribute_reader.h"

#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/closest_word.h"
#include "engine/json/strict_json.h"

namespace convoscope {
namespace {

std::string number_text(double number) {
    return nlohmann::json(number).dump();
}

std::string range_text(Index lowest) {
    return "an integer from " + std::to_string(lowest) + " to " + std::to_string(kLargestAttribute);
}

}  // namespace

const nlohmann::json& AttributeReader::raw(const char* key) {
    static const nlohmann::json kNull;
    known_.insert(key);
    const auto found = object_.find(key);
    return found == object_.end() ? kNull : *found;
}

std::optional<Index> AttributeReader::as_integer(const nlohmann::json& value, Index lowest) const {
    if (!value.is_number()) {
        return std::nullopt;
    }
    // 5.0 is an integer too: JavaScript does not tell them apart.
    const auto number = value.get<double>();
    if (number != std::floor(number) || number < static_cast<double>(lowest) ||
        number > static_cast<double>(kLargestAttribute)) {
        return std::nullopt;
    }
    return static_cast<Index>(number);
}

Index AttributeReader::integer(const char* key, std::optional<Index> fallback, Index lowest) {
    const nlohmann::json& value = raw(key);
    if (!has(key)) {
        if (!fallback) {
            fail(std::string(key) + " is missing; expected " + range_text(lowest));
        }
        return fallback.value_or(lowest);
    }
    const std::optional<Index> number = as_integer(value, lowest);
    if (!number) {
        refuse(key, range_text(lowest));
    }
    return number.value_or(lowest);
}

std::pair<Index, Index> AttributeReader::spatial(const char* key,
                                                 std::optional<std::pair<Index, Index>> fallback,
                                                 Index lowest) {
    const nlohmann::json& value = raw(key);
    const std::string expected = range_text(lowest) + ", or [height, width] of such";
    if (!has(key)) {
        if (!fallback) {
            fail(std::string(key) + " is missing; expected " + expected);
        }
        return fallback.value_or(std::pair(lowest, lowest));
    }
    if (value.is_array() && value.size() == 2) {
        const std::optional<Index> height = as_integer(value[0], lowest);
        const std::optional<Index> width = as_integer(value[1], lowest);
        if (height && width) {
            return {*height, *width};
        }
    }
    const std::optional<Index> both = as_integer(value, lowest);
    if (!both) {
        refuse(key, expected);
    }
    return {both.value_or(lowest), both.value_or(lowest)};
}

std::pair<Index, Index> AttributeReader::spatial_or_null(const char* key) {
    const nlohmann::json& value = raw(key);
    const auto read = [this](const nlohmann::json& one) {
        return one.is_null() ? std::optional<Index>(0) : as_integer(one, 1);
    };
    const bool pair = value.is_array() && value.size() == 2;
    const std::optional<Index> height = read(pair ? value[0] : value);
    const std::optional<Index> width = read(pair ? value[1] : value);
    if (!has(key) || !height || !width) {
        refuse(key, range_text(1) + ", or [height, width] of such; null keeps the input's");
        return {1, 1};
    }
    return {*height, *width};
}

float AttributeReader::number(const char* key, float fallback) {
    const nlohmann::json& value = raw(key);
    if (!has(key)) {
        return fallback;
    }
    // JSON reads 1e999 as infinity.
    const bool fits =
        value.is_number() &&
        std::abs(value.get<double>()) <= static_cast<double>(std::numeric_limits<float>::max());
    if (!fits) {
        refuse(key, "a number that fits 32 bits");
        return fallback;
    }
    return value.get<float>();
}

double AttributeReader::number_within(const char* key,
                                      double fallback,
                                      double lowest,
                                      double highest) {
    const nlohmann::json& value = raw(key);
    if (!has(key)) {
        return fallback;
    }
    const double given = value.is_number() ? value.get<double>() : std::nan("");
    if (!(given >= lowest && given <= highest)) {
        refuse(key, "a number from " + number_text(lowest) + " to " + number_text(highest));
        return fallback;
    }
    return given;
}

bool AttributeReader::boolean(const char* key, bool fallback) {
    const nlohmann::json& value = raw(key);
    if (!has(key)) {
        return fallback;
    }
    if (!value.is_boolean()) {
        refuse(key, "true or false");
        return fallback;
    }
    return value.get<bool>();
}

std::string AttributeReader::text(const char* key, const std::string& fallback) {
    const nlohmann::json& value = raw(key);
    if (!has(key)) {
        return fallback;
    }
    if (!value.is_string()) {
        refuse(key, "a text");
        return fallback;
    }
    return value.get<std::string>();
}

void AttributeReader::refuse(const char* key, const std::string& expected) {
    const auto found = object_.find(key);
    const std::string given = found == object_.end() ? "missing" : quoted_json(*found);
    fail(std::string(key) + " is " + given + "; expected " + expected);
}

void AttributeReader::fail(const std::string& message) {
    if (!error_) {
        error_ = Error{label_ + ": " + message};
    }
}

Status AttributeReader::finish() {
    if (error_) {
        return *error_;
    }
    for (auto item = object_.begin(); item != object_.end(); ++item) {
        if (!known_.contains(item.key())) {
            std::string names;
            for (const std::string& name : known_) {
                names += (names.empty() ? "" : ", ") + name;
            }
            const std::vector<std::string> words(known_.begin(), known_.end());
            return Error{label_ + ": unknown attribute " + quoted_json(item.key()) +
                         did_you_mean(item.key(), words) + "; expected one of " + names};
        }
    }
    return success();
}

}  // namespace convoscope
