#include "web/models/convolve/learning_link.h"

#include <array>

#include "web/models/convolve/link_numbers.h"

namespace convoscope::models::convolve {
namespace {

bool look_from(Model& model, const std::vector<double>& numbers) {
    const bool readable = numbers.size() == 3;
    if (readable) {
        model.look_from({.yaw = numbers[0], .pitch = numbers[1], .zoom = numbers[2]});
    }
    return readable;
}

bool set_rate(Model& model, const std::vector<double>& numbers) {
    const bool readable = numbers.size() == 1 && numbers[0] > 0 && model.learns();
    if (readable) {
        model.set_rate(numbers[0]);
    }
    return readable;
}

bool resume_learning(Model& model, const std::string& hidden) {
    model.resume_learning(hidden == "painted" ? std::string() : hidden);
    return model.learns();
}

}  // namespace

void add_learning(std::vector<std::pair<std::string, std::string>>& pairs, const Model& model) {
    if (!model.learns()) {
        return;
    }
    const Learning& learning = model.learning();
    pairs.emplace_back("learn", learning.hidden.empty() ? "painted" : learning.hidden);
    if (learning.hidden.empty()) {
        pairs.emplace_back("t", list_of(learning.target.values));
    }
    pairs.emplace_back("rate", number_text(learning.rate));
}

void add_outlook(std::vector<std::pair<std::string, std::string>>& pairs, const Model& model) {
    const Outlook& seen = model.outlook();
    if (model.lens() == Lens::volumes && seen != Outlook{}) {
        pairs.emplace_back("seen", list_of(std::array{seen.yaw, seen.pitch, seen.zoom}));
    }
}

bool is_learning_pair(std::string_view name) {
    return name == "seen" || name == "learn" || name == "t" || name == "rate";
}

bool apply_learning_pair(Model& model, std::string_view name, const std::string& value) {
    if (name == "seen") {
        return look_from(model, read_list(value));
    }
    if (name == "learn") {
        return resume_learning(model, value);
    }
    if (name == "t") {
        return model.paint_target_all(read_list(value));
    }
    return name == "rate" && set_rate(model, read_list(value));
}

}  // namespace convoscope::models::convolve
