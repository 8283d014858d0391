#include "engine/network/shape_suggestions.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/network/network_file.h"

namespace convoscope {
namespace {

using Json = nlohmann::ordered_json;  // the user's order of keys stays

constexpr std::size_t kMostSuggestions = 3;
constexpr Index kFarthestStep = 16;
constexpr Index kFarthestInput = 64;
constexpr Index kMostEarlierLayers = 16;
/// Layers inferred in one search, all trials together: a few hundredths of a second.
constexpr std::size_t kMostWork = 40000;

/// An attribute that changes shapes, and its value where the file does not give one.
struct Knob {
    const char* attribute;
    std::optional<Index> fallback;
    Index lowest;
    bool is_count;  ///< of channels or features: often far from the value that fits
    std::vector<std::string> types;
};

const std::vector<Knob>& knobs() {
    static const std::vector<Knob> kKnobs = {
        {"padding", 0, 0, false, {"conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d"}},
        {"kernel_size", {}, 1, false, {"conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d"}},
        {"output_size", {}, 1, false, {"adaptive_avg_pool2d"}},
        {"groups", 1, 1, true, {"conv2d", "conv_transpose2d"}},
        {"output_padding", 0, 0, false, {"conv_transpose2d"}},
        {"dilation", 1, 1, false, {"conv2d", "conv_transpose2d", "max_pool2d"}},
        {"stride", 1, 1, false, {"conv2d", "conv_transpose2d"}},
        {"stride", {}, 1, false, {"max_pool2d", "avg_pool2d"}},
        {"out_channels", {}, 1, true, {"conv2d", "conv_transpose2d"}},
        {"out_features", {}, 1, true, {"linear"}},
        {"num_parameters", 1, 1, true, {"prelu"}}};
    return kKnobs;
}

/// `3 (now 4)`, and nothing of what was not there.
std::string change_text(const std::string& attribute, const Json& value, const Json& before) {
    return attribute + " " + value.dump() +
           (before.is_null() ? "" : " (now " + before.dump() + ")");
}

/// One search: the file, the goal, and what was found so far.
class Search {
  public:
    Search(std::string_view file, const ShapeGoal& goal)
        : file_(Json::parse(file, nullptr, false)), goal_(goal) {}

    std::vector<ShapeSuggestion> run() {
        if (file_.is_discarded()) {
            return {};
        }
        turn_knobs(goal_.layer);
        insert_flatten();
        remove_flatten();
        enlarge_input();
        const Index first = std::max<Index>(0, goal_.layer - kMostEarlierLayers);
        for (Index layer = goal_.layer - 1; layer >= first && !full(); --layer) {
            turn_knobs(layer);
        }
        return std::move(found_);
    }

  private:
    [[nodiscard]] bool full() const { return found_.size() >= kMostSuggestions; }
    [[nodiscard]] Json& layers(Json& file) const { return file["layers"]; }

    /// Keeps the changed file if it reaches the goal.
    bool try_file(const Json& changed, const std::string& text) {
        work_ += layers_count();
        if (work_ > kMostWork) {
            return false;
        }
        std::string changed_text = changed.dump();
        const Result<NetworkSpec> spec = parse_network_file(changed_text);
        if (!spec || !goal_.reached(infer_network(*spec))) {
            return false;
        }
        found_.push_back({.text = text, .file = std::move(changed_text)});
        return true;
    }
    [[nodiscard]] std::size_t layers_count() const { return file_.find("layers")->size(); }

    void turn_knobs(Index layer) {
        const Json& object = (*file_.find("layers"))[static_cast<std::size_t>(layer)];
        for (const Knob& knob : knobs()) {
            const std::string type = object.value("type", "");
            if (!full() && std::ranges::find(knob.types, type) != knob.types.end()) {
                turn(knob, layer, object);
            }
        }
    }

    void turn(const Knob& knob, Index layer, const Json& object) {
        const auto given = object.find(knob.attribute);
        Json now = given == object.end() ? Json() : *given;
        if (now == "valid" || (now.is_null() && knob.fallback)) {
            now = knob.fallback.value_or(0);
        }
        for (const Json& value : values_near(now, knob)) {
            Json changed = file_;
            layers(changed)[static_cast<std::size_t>(layer)][knob.attribute] = value;
            std::string text = change_text(knob.attribute, value, now);
            if (layer != goal_.layer) {
                text += " in " + layer_label(layer, object.value("name", std::to_string(layer)));
            }
            if (try_file(changed, text)) {
                return;
            }
        }
    }

    /// The nearest first; of a pair either number, then both.
    [[nodiscard]] std::vector<Json> values_near(const Json& now, const Knob& knob) const {
        const bool pair =
            now.is_array() && now.size() == 2 && now[0].is_number() && now[1].is_number();
        if (!pair && !now.is_number()) {
            return {};
        }
        const Index a = pair ? now[0].get<Index>() : now.get<Index>();
        const Index b = pair ? now[1].get<Index>() : a;
        std::set<Index> steps;
        for (Index step = 1; step <= kFarthestStep; ++step) {
            steps.insert({step, -step});
        }
        for (const Index number : knob.is_count ? goal_.counts : std::vector<Index>{}) {
            steps.insert(number - a);
        }
        std::vector<Index> nearest(steps.begin(), steps.end());
        std::ranges::sort(nearest, [](Index x, Index y) {
            return std::pair(std::abs(x), -x) < std::pair(std::abs(y), -y);
        });
        std::vector<Json> values;
        for (const Index step : nearest) {
            const std::pair<Index, Index> candidates[] = {
                {a + step, b}, {a, b + step}, {a + step, b + step}};
            for (const auto& [first, second] : candidates) {
                if (std::min(first, second) >= knob.lowest && step != 0) {
                    if (pair) {
                        values.push_back(Json::array({first, second}));
                    } else if (first == second) {
                        values.emplace_back(first);
                    }
                }
            }
        }
        return values;
    }

    void insert_flatten() {
        Json changed = file_;
        Json& list = layers(changed);
        const auto place = static_cast<std::size_t>(goal_.layer);
        if (list[place].value("type", "") != "linear" || list[place].contains("inputs")) {
            return;
        }
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(place), Json{{"type", "flatten"}});
        try_file(changed, "a flatten layer before it");
    }

    /// Takes away the nearest `flatten`, where a volume is wanted.
    void remove_flatten() {
        Json changed = file_;
        Json& list = layers(changed);
        for (Index layer = goal_.layer - 1; layer >= 0 && !full(); --layer) {
            const auto place = static_cast<std::size_t>(layer);
            if (list[place].value("type", "") == "flatten") {
                const std::string label =
                    layer_label(layer, list[place].value("name", std::to_string(layer)));
                list.erase(place);
                try_file(changed, "no flatten in " + label);
                return;
            }
        }
    }

    void enlarge_input() {
        for (Index step = 1; step <= kFarthestInput && !full(); ++step) {
            Json changed = file_;
            Json& input = changed["input"];
            input[1] = input[1].get<Index>() + step;
            input[2] = input[2].get<Index>() + step;
            if (try_file(changed, change_text("the network's input", input, file_["input"]))) {
                return;
            }
        }
    }

    Json file_;
    const ShapeGoal& goal_;
    std::vector<ShapeSuggestion> found_;
    std::size_t work_ = 0;
};

}  // namespace

std::vector<ShapeSuggestion> suggest_changes(std::string_view file, const ShapeGoal& goal) {
    return Search(file, goal).run();
}

std::vector<ShapeSuggestion> suggest_fitting_shapes(std::string_view file) {
    const Result<NetworkSpec> spec = parse_network_file(file);
    if (!spec) {
        return {};
    }
    const InferredNetwork inferred = infer_network(*spec);
    const Index remaining = inferred.remaining_layers();
    if (remaining == 0) {
        return {};
    }
    ShapeGoal goal{.layer = inferred.fitting_layers(), .reached = {}, .counts = {}};
    // Counted from the end, because a flatten may have been put in or taken out before it.
    goal.reached = [remaining](const InferredNetwork& changed) {
        return changed.remaining_layers() < remaining;
    };
    for (const Shape& shape : inferred.shapes) {
        goal.counts.push_back(shape.channels);
    }
    return suggest_changes(file, goal);
}

std::string suggestions_text(std::span<const ShapeSuggestion> suggestions) {
    std::string text;
    for (std::size_t i = 0; i < suggestions.size(); ++i) {
        if (i == 0) {
            text += "; it would fit with ";
        } else {
            text += i + 1 == suggestions.size() ? ", or " : ", ";
        }
        text += suggestions[i].text;
    }
    return text;
}

Error misfit_error(const NetworkSpec& spec, Index layer, const Error& misfit) {
    return Error{layer_label(layer, spec.layers[static_cast<std::size_t>(layer)].name) + ": " +
                 misfit.message + suggestions_text(suggest_fitting_shapes(spec.source))};
}

}  // namespace convoscope
