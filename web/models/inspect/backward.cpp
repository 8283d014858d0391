#include "web/models/inspect/backward.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>
#include <variant>

#include "web/models/inspect/patches.h"
#include "web/models/inspect/routes.h"
#include "web/models/inspect/slopes.h"
#include "web/models/inspect/softmax.h"
#include "web/models/json_reading.h"
#include "web/models/name_table.h"

namespace convoscope::models::inspect {
namespace {

constexpr NameTable<2> kDirections{"forward", "backward"};
constexpr NameTable<2> kQuestions{"loss", "score"};
constexpr NameTable<4> kAgreements{"agrees", "too_small", "kink", "differs"};

std::string formula_of(const LayerSpec& layer, std::optional<double> slope, double x) {
    if (std::holds_alternative<ReluSpec>(layer.attributes)) {
        return x > 0.0 ? "z > 0: passed on" : "z <= 0: stopped";
    }
    if (!slope) {
        return "times its slope at z";
    }
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "times its slope %.3g", *slope);
    return text.data();
}

/// How the gradient of the number that is shown goes back through the layers of the stage.
std::vector<BackStep> steps_of(const Values& values, const Stage& stage, const Place& place) {
    std::vector<BackStep> steps;
    for (auto index = stage.layers.rbegin(); index != stage.layers.rend() - 1; ++index) {
        const LayerSpec& layer = values.spec().layers[at(*index)];
        const CapturedTensor* before = values.value(layer.inputs.front());
        const CapturedTensor* after = values.value(*index + 1);
        const CapturedTensor* gradient = values.gradient(layer.inputs.front());
        if (*index > stage.shown || before == nullptr || after == nullptr || gradient == nullptr) {
            continue;
        }
        const double x = number_at(*before, place);
        const auto slope = slope_of(values, layer, place.channel, x, number_at(*after, place));
        steps.push_back(
            {layer.name, layer.type, formula_of(layer, slope, x), number_at(*gradient, place)});
    }
    return steps;
}

}  // namespace

const char* name_of(Direction direction) {
    return name_in(kDirections, direction);
}
bool read_name(std::string_view name, Direction& direction) {
    return read_name_in(kDirections, name, direction);
}

const char* name_of(Question question) {
    return name_in(kQuestions, question);
}
bool read_name(std::string_view name, Question& question) {
    return read_name_in(kQuestions, name, question);
}

std::optional<GradientSum> open_gradient(const Values& values,
                                         std::span<const Stage> stages,
                                         Index stage,
                                         const Place& place,
                                         Question question,
                                         int type) {
    const Index value = stage < 0 ? 0 : stages[at(stage)].shown + 1;
    const CapturedTensor* numbers = values.value(value);
    const CapturedTensor* gradients = values.gradient(value);
    if (numbers == nullptr || gradients == nullptr || !exists(*numbers, place)) {
        return std::nullopt;
    }
    GradientSum gradient{.tensor = values.name(value),
                         .element = element_at(*numbers, place),
                         .stage = stage,
                         .place = place,
                         .engine = number_at(*gradients, place),
                         .number = number_at(*numbers, place)};
    Routes routes = routes_back(values, value, gradient.element);
    gradient.patches = std::move(routes.patches);
    gradient.whole = routes.whole;
    for (const Patch& patch : gradient.patches) {
        gradient.sum += patch.sum;
    }
    const CapturedTensor* scores = values.value(std::ssize(values.spec().layers));
    if (routes.end && scores != nullptr && gradient.element < std::ssize(scores->values)) {
        const double truth = gradient.element == type ? 1.0 : 0.0;
        const auto softmax = open_softmax(scores->values, gradient.element);
        const double probability = softmax ? softmax->probability : std::nan("");
        gradient.end = {question, probability, truth};
        gradient.sum += question == Question::loss ? probability - truth : truth;
    }
    if (stage >= 0) {
        gradient.steps = steps_of(values, stages[at(stage)], place);
    }
    return gradient;
}

const char* name_of(Agreement agreement) {
    return name_in(kAgreements, agreement);
}

Agreement agreement_of(const Difference& checked) {
    constexpr double kTolerance = 1e-3;
    constexpr double kTelling = 0.1;
    const double off = std::abs(checked.slope - checked.gradient);
    const double greatest = std::max(std::abs(checked.slope), std::abs(checked.gradient));
    if (off > kTolerance * greatest && checked.rounding > kTelling * greatest) {
        return Agreement::too_small;
    }
    if (off <= kTolerance * greatest + checked.rounding) {
        return Agreement::agrees;
    }
    return checked.kink ? Agreement::kink : Agreement::differs;
}

bool take_event(std::optional<Difference>& checked, std::string_view json) {
    if (json.find("\"difference\"") == std::string_view::npos) {  // most are not parsed twice
        return false;
    }
    const Json event = Json::parse(json, nullptr, false);
    if (!event.is_object() || text_of(event, "event") != "difference") {
        return false;
    }
    checked = {.tensor = text_of(event, "tensor"),
               .element = static_cast<Index>(integer_of(event, "element", -1)),
               .gradient = number_of(event, "gradient"),
               .slope = number_of(event, "slope"),
               .rounding = number_of(event, "rounding"),
               .kink = is_true(event, "kink")};
    return true;
}

}  // namespace convoscope::models::inspect
