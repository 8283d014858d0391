#include "web/models/link.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace convoscope::models {
namespace {

std::string shortest(double value) {
    char text[32];
    for (int digits = 6; digits <= 17; digits += 11) {  // 17 digits give any double back
        std::snprintf(text, sizeof text, "%.*g", digits, value);
        if (std::strtod(text, nullptr) == value) {
            break;
        }
    }
    return text;
}

void add(std::string& link, const char* name, const std::string& value) {
    link += '&';
    link += name;
    link += '=';
    link += value;
}

/// A whole number of a sensible size, or false.
bool read_number(const std::string& text, double least, double greatest, double& number) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !std::isfinite(value) || value < least ||
        value > greatest) {
        return false;
    }
    number = value;
    return true;
}

void read_whole(const std::string& text, double least, double greatest, int& number) {
    double value = 0.0;
    if (read_number(text, least, greatest, value)) {
        number = static_cast<int>(value);
    }
}

void apply_pair(AppState& state, std::string_view name, const std::string& value) {
    RunSettings& settings = state.train.settings;
    OptimizerSettings& optimizer = settings.optimizer;
    if (name == "optimizer") {
        read_name(value, optimizer.type);
    } else if (name == "learning_rate") {
        read_number(value, 0.0, 1e3, optimizer.learning_rate);
    } else if (name == "momentum") {
        read_number(value, 0.0, 1.0, optimizer.momentum);
    } else if (name == "weight_decay") {
        read_number(value, 0.0, 1e3, optimizer.weight_decay);
    } else if (name == "batch_size") {
        read_whole(value, 1.0, 8192.0, settings.batch_size);
    } else if (name == "seed") {
        read_whole(value, 0.0, 2147483647.0, settings.seed);
    } else if (name == "epochs") {
        read_whole(value, 0.0, 1e6, settings.epochs);
    } else if (name == "validation_interval") {
        read_whole(value, 0.0, 1e6, settings.validation_interval);
    } else if (name == "theme") {
        read_name(value, state.view.theme);
    }
}

}  // namespace

std::string link_of(const AppState& state) {
    const RunSettings& settings = state.train.settings;
    std::string link = "v=1&room=train";
    add(link, "optimizer", name_of(settings.optimizer.type));
    add(link, "learning_rate", shortest(settings.optimizer.learning_rate));
    add(link, "momentum", shortest(settings.optimizer.momentum));
    add(link, "weight_decay", shortest(settings.optimizer.weight_decay));
    add(link, "batch_size", std::to_string(settings.batch_size));
    add(link, "seed", std::to_string(settings.seed));
    add(link, "epochs", std::to_string(settings.epochs));
    add(link, "validation_interval", std::to_string(settings.validation_interval));
    add(link, "theme", name_of(state.view.theme));
    return link;
}

void apply_link(AppState& state, std::string_view link) {
    if (link.starts_with('#')) {
        link.remove_prefix(1);
    }
    while (!link.empty()) {
        const std::string_view pair = link.substr(0, link.find('&'));
        link.remove_prefix(std::min(link.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos) {
            apply_pair(state, pair.substr(0, equals), std::string(pair.substr(equals + 1)));
        }
    }
}

}  // namespace convoscope::models
