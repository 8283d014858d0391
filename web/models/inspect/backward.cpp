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
#include "web/models/json_reading.h"
#include "web/models/name_table.h"

namespace convoscope::models::inspect {
namespace {

constexpr NameTable<2> kDirections{"forward", "backward"};
constexpr NameTable<2> kQuestions{"loss", "score"};

double softmax_at(const CapturedTensor& scores, Index index) {
    const double greatest = static_cast<double>(*std::ranges::max_element(scores.values));
    double sum = 0.0;
    for (const float score : scores.values) {
        sum += std::exp(static_cast<double>(score) - greatest);
    }
    return std::exp(static_cast<double>(scores.values[at(index)]) - greatest) / sum;
}

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

/// The sum of a weight's gradient: at every place where it was used its error times what it met.
class WeightSum {
  public:
    WeightSum(const Values& values, const Stage& stage, Index element, GradientSum& sum)
        : base_(stage.base()),
          layer_(values.spec().layers[at(base_)]),
          element_(element),
          sum_(sum),
          errors_(values.gradient(base_ + 1)),
          read_(values.value(layer_.inputs.front())) {}

    [[nodiscard]] bool collect() {
        return errors_ != nullptr && read_ != nullptr &&
               std::visit([this](const auto& attributes) { return take(attributes); },
                          layer_.attributes);
    }

  private:
    bool take(const Conv2dSpec& spec) {
        const Shape input = shape_of(*read_);
        const Shape output = shape_of(*errors_);
        const Index inputs = input.channels / spec.groups;
        place_in_kernel(inputs, spec.kernel_height, spec.kernel_width);
        const Index channel = element_ / (inputs * spec.kernel_height * spec.kernel_width);
        const Index group = channel / (spec.out_channels / spec.groups);
        const auto [rows, columns] = windows_of(spec, input, output);
        Patch patch{
            .value = base_ + 1, .channel = channel, .rows = output.height, .columns = output.width};
        for (Index row = 0; row < output.height; ++row) {
            for (Index column = 0; column < output.width; ++column) {
                const Place seen{group * inputs + sum_.place.channel,
                                 rows.source({row, sum_.place.row}),
                                 columns.source({column, sum_.place.column})};
                add(patch, {channel, row, column}, seen);
            }
        }
        finish(std::move(patch));
        return true;
    }

    bool take(const ConvTranspose2dSpec& spec) {
        const Shape input = shape_of(*read_);
        const Shape output = shape_of(*errors_);
        const Index outputs = spec.out_channels / spec.groups;
        place_in_kernel(outputs, spec.kernel_height, spec.kernel_width);
        const Index channel = element_ / (outputs * spec.kernel_height * spec.kernel_width);
        const Index group = channel / (input.channels / spec.groups);
        Patch patch{.value = base_ + 1,
                    .channel = group * outputs + sum_.place.channel,
                    .rows = input.height,
                    .columns = input.width};
        for (Index row = 0; row < input.height; ++row) {
            for (Index column = 0; column < input.width; ++column) {
                const Place error{patch.channel,
                                  row * spec.stride_height - spec.padding_height +
                                      sum_.place.row * spec.dilation_height,
                                  column * spec.stride_width - spec.padding_width +
                                      sum_.place.column * spec.dilation_width};
                const bool there = error.row >= 0 && error.row < output.height &&
                                   error.column >= 0 && error.column < output.width;
                add(patch, there ? error : Place{}, there ? Place{channel, row, column} : kNowhere);
            }
        }
        finish(std::move(patch));
        return true;
    }

    bool take(const LinearSpec&) {
        const Index count = std::ssize(read_->values);
        sum_.place = {element_ % count, 0, 0};
        const Index output = element_ / count;
        if (output >= std::ssize(errors_->values)) {
            return false;
        }
        Patch patch{.value = base_ + 1, .channel = output};
        patch.inputs = {static_cast<double>(errors_->values[at(output)])};
        patch.outside = {false};
        patch.weights = {static_cast<double>(read_->values[at(element_ % count)])};
        finish(std::move(patch));
        return true;
    }

    template <class Other>
    bool take(const Other&) {
        return false;
    }

    void place_in_kernel(Index channels, Index height, Index width) {
        sum_.place = {
            element_ / (height * width) % channels, element_ / width % height, element_ % width};
    }
    void add(Patch& patch, const Place& error, const Place& seen) {
        const bool there = seen.row >= 0 && seen.column >= 0;
        patch.inputs.push_back(number_at(*errors_, error));
        patch.outside.push_back(!there);
        patch.weights.push_back(there ? number_at(*read_, seen) : 0.0);
    }
    void finish(Patch patch) {
        add_up(patch);
        sum_.patches.push_back(std::move(patch));
    }

    static constexpr Place kNowhere{0, -1, -1};
    Index base_;
    const LayerSpec& layer_;
    Index element_;
    GradientSum& sum_;
    const CapturedTensor* errors_;
    const CapturedTensor* read_;
};

void add_patches(GradientSum& gradient) {
    for (const Patch& patch : gradient.patches) {
        gradient.sum += patch.sum;
    }
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
    add_patches(gradient);
    const CapturedTensor* scores = values.value(std::ssize(values.spec().layers));
    if (routes.end && scores != nullptr && gradient.element < std::ssize(scores->values)) {
        const double truth = gradient.element == type ? 1.0 : 0.0;
        const double probability = softmax_at(*scores, gradient.element);
        gradient.end = {question, probability, truth};
        gradient.sum += question == Question::loss ? probability - truth : truth;
    }
    if (stage >= 0) {
        gradient.steps = steps_of(values, stages[at(stage)], place);
    }
    return gradient;
}

std::optional<GradientSum> open_weight(const Values& values,
                                       std::span<const Stage> stages,
                                       Index stage,
                                       Index element) {
    if (stage < 0 || stage >= std::ssize(stages)) {
        return std::nullopt;
    }
    const std::string name = values.spec().layers[at(stages[at(stage)].base())].name + ".weight";
    const CapturedTensor* weight = values.find(name);
    const CapturedTensor* gradients = values.find("gradient." + name);
    if (weight == nullptr || gradients == nullptr || element < 0 ||
        element >= std::ssize(weight->values) || element >= std::ssize(gradients->values)) {
        return std::nullopt;
    }
    GradientSum gradient{.tensor = name,
                         .element = element,
                         .stage = stage,
                         .place = {},
                         .engine = static_cast<double>(gradients->values[at(element)]),
                         .number = static_cast<double>(weight->values[at(element)])};
    if (!WeightSum(values, stages[at(stage)], element, gradient).collect()) {
        return std::nullopt;
    }
    add_patches(gradient);
    return gradient;
}

bool has_weights(const NetworkSpec& network, const Stage& stage) {
    return std::visit(
        [](const auto& attributes) {
            return kIsOneOf<std::decay_t<decltype(attributes)>,
                            Conv2dSpec,
                            ConvTranspose2dSpec,
                            LinearSpec>;
        },
        network.layers[at(stage.base())].attributes);
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
               .kink = is_true(event, "kink")};
    return true;
}

}  // namespace convoscope::models::inspect
