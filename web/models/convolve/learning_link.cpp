#include "web/models/convolve/learning_link.h"

#include <algorithm>
#include <array>

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/link_numbers.h"

namespace convoscope::models::convolve {
namespace {

bool look_from(Model& model, const std::vector<double>& numbers) {
    if (numbers.size() != 3) {
        return false;
    }
    const Outlook wanted{.yaw = numbers[0], .pitch = numbers[1], .zoom = numbers[2]};
    const bool reached = within_reach(wanted) == wanted;
    if (reached) {
        model.look_from(wanted);
    }
    return reached;
}

bool set_rate(Model& model, const std::vector<double>& numbers) {
    const bool readable = numbers.size() == 1 && model.learns() &&
                          numbers[0] >= Learning::kLeastRate && numbers[0] <= Learning::kMostRate;
    if (readable) {
        model.set_rate(numbers[0]);
    }
    return readable;
}

bool resume_learning(Model& model, const std::string& hidden) {
    const bool painted = hidden == "painted";
    const bool known = painted || catalogue().kernel(hidden) != nullptr;
    if (known) {
        model.resume_learning(painted ? std::string() : hidden);
    }
    return known && model.learns();
}

}  // namespace

void add_learning(std::vector<std::pair<std::string, std::string>>& pairs, const Model& model) {
    if (!model.learns() || !model.possible()) {
        return;
    }
    const Learning& learning = model.learning();
    pairs.emplace_back("learn", learning.hidden.empty() ? "painted" : learning.hidden);
    if (learning.hidden.empty()) {
        pairs.emplace_back("t", list_of(learning.target.values));
    }
    pairs.emplace_back(
        "rate", number_text(std::clamp(learning.rate, Learning::kLeastRate, Learning::kMostRate)));
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
