#include "engine/session/command_reader.h"

#include <cmath>
#include <utility>

namespace convoscope {
namespace {

using nlohmann::json;

constexpr double kLargestRate = 1e6;

std::string number_text(double number) {
    return json(number).dump();
}

}  // namespace

const json* CommandReader::find(const char* key) {
    known_.insert(key);
    const auto found = command_.find(key);
    return found == command_.end() ? nullptr : &*found;
}

bool CommandReader::given(const char* key) {
    const json* value = find(key);
    return value != nullptr && !value->is_null();
}

double CommandReader::number(const char* key, double fallback, double lowest, double highest) {
    const json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    const double number = value->is_number() ? value->get<double>() : std::nan("");
    if (!(number >= lowest && number <= highest)) {
        refuse(key, "a number from " + number_text(lowest) + " to " + number_text(highest));
        return fallback;
    }
    return number;
}

Index CommandReader::integer(const char* key, Index fallback, Index lowest, Index highest) {
    const json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    const double number = value->is_number() ? value->get<double>() : std::nan("");
    if (!(number >= static_cast<double>(lowest) && number <= static_cast<double>(highest)) ||
        number != std::floor(number)) {
        refuse(key, "an integer from " + std::to_string(lowest) + " to " + std::to_string(highest));
        return fallback;
    }
    return static_cast<Index>(number);
}

std::uint64_t CommandReader::seed(std::uint64_t fallback) {
    constexpr double kLargest = 9007199254740992.0;
    const double number = this->number("seed", static_cast<double>(fallback), 0.0, kLargest);
    if (number != std::floor(number)) {
        refuse("seed", "a whole number");
        return fallback;
    }
    return static_cast<std::uint64_t>(number);
}

bool CommandReader::boolean(const char* key, bool fallback) {
    const json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_boolean()) {
        refuse(key, "true or false");
        return fallback;
    }
    return value->get<bool>();
}

std::string CommandReader::text(const char* key, std::optional<std::string> fallback) {
    const json* value = find(key);
    if (value == nullptr && fallback) {
        return *fallback;
    }
    if (value == nullptr || !value->is_string()) {
        refuse(key, "a text");
        return "";
    }
    return value->get<std::string>();
}

std::vector<std::string> CommandReader::texts(const char* key) {
    const json* value = find(key);
    std::vector<std::string> texts;
    if (value == nullptr) {
        return texts;
    }
    for (const json& item : value->is_array() ? *value : json::array({json()})) {
        if (!item.is_string()) {
            refuse(key, "a list of names");
            return {};
        }
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

std::vector<Index> CommandReader::integers(const char* key) {
    const json* value = find(key);
    std::vector<Index> numbers;
    for (const json& item :
         value != nullptr && value->is_array() ? *value : json::array({json()})) {
        if (!item.is_number_integer()) {
            refuse(key, "a list of integers");
            return {};
        }
        numbers.push_back(static_cast<Index>(item.get<std::int64_t>()));
    }
    return numbers;
}

std::vector<double> CommandReader::numbers(const char* key) {
    std::vector<double> numbers;
    for (const json& item : array(key)) {
        if (!item.is_number()) {
            refuse(key, "a list of numbers");
            return {};
        }
        numbers.push_back(item.get<double>());
    }
    return numbers;
}

json CommandReader::array(const char* key) {
    const json* value = find(key);
    if (value != nullptr && !value->is_array()) {
        refuse(key, "a list");
    }
    return value != nullptr && value->is_array() ? *value : json::array();
}

const json& CommandReader::object(const char* key) {
    static const json kNull;
    const json* value = find(key);
    if (value != nullptr && !value->is_object()) {
        refuse(key, "an object");
        return kNull;
    }
    return value == nullptr ? kNull : *value;
}

OptimizerSettings CommandReader::optimizer(const OptimizerSettings& settings) {
    OptimizerSettings result = settings;
    nested("optimizer", [&](CommandReader& reader) {
        const std::string name = reader.text("type", std::string(optimizer_name(settings.type)));
        const std::optional<OptimizerType> type = find_optimizer(name);
        if (!type) {
            reader.refuse("type", std::string(optimizer_names()));
        } else if (*type != settings.type) {
            result = default_optimizer(*type);
            result.learning_rate = settings.learning_rate;
        }
        constexpr double kBelowOne = 1.0 - 1e-12;
        result.learning_rate =
            reader.number("learning_rate", result.learning_rate, 0.0, kLargestRate);
        result.momentum = reader.number("momentum", result.momentum, 0.0, kBelowOne);
        result.dampening = reader.number("dampening", result.dampening, 0.0, 1.0);
        result.alpha = reader.number("alpha", result.alpha, 0.0, kBelowOne);
        result.beta1 = reader.number("beta1", result.beta1, 0.0, kBelowOne);
        result.beta2 = reader.number("beta2", result.beta2, 0.0, kBelowOne);
        result.epsilon = reader.number("epsilon", result.epsilon, 0.0, 1.0);
        result.weight_decay = reader.number("weight_decay", result.weight_decay, 0.0, kLargestRate);
    });
    return result;
}

void CommandReader::finish_nested(const char* key, CommandReader& fields) {
    if (const Status read = fields.finish(); !read && !error_) {
        error_ = Error{std::string(key) + ": " + read.error().message};
    }
}

void CommandReader::refuse(const char* key, const std::string& expected) {
    if (!error_) {
        const auto found = command_.find(key);
        std::string given = "missing";
        if (found != command_.end()) {
            given = found->dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 80);
        }
        error_ = Error{std::string(key) + " is " + given + "; expected " + expected};
    }
}

void CommandReader::refuse(Error error) {
    if (!error_) {
        error_ = std::move(error);
    }
}

Status CommandReader::finish() {
    if (error_) {
        return *error_;
    }
    for (auto item = command_.begin(); item != command_.end(); ++item) {
        if (!known_.contains(item.key())) {
            return Error{"unknown field \"" + item.key() + "\""};
        }
    }
    return success();
}

json optimizer_json(const OptimizerSettings& settings) {
    return {{"type", optimizer_name(settings.type)},
            {"learning_rate", settings.learning_rate},
            {"momentum", settings.momentum},
            {"dampening", settings.dampening},
            {"alpha", settings.alpha},
            {"beta1", settings.beta1},
            {"beta2", settings.beta2},
            {"epsilon", settings.epsilon},
            {"weight_decay", settings.weight_decay}};
}

}  // namespace convoscope
