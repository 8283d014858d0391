// Gradients of parameters, each as the sum over the places that use it.

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>
#include <variant>

#include "web/models/inspect/backward.h"
#include "web/models/inspect/patches.h"
#include "web/models/inspect/routes.h"

namespace convoscope::models::inspect {
namespace {

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
        const auto places = [](Index count, Index first, Index stride) {
            std::vector<Index> result(at(count));
            std::ranges::generate(
                result, [place = first - stride, stride]() mutable { return place += stride; });
            return result;
        };
        patch.row_places = places(input.height,
                                  sum_.place.row * spec.dilation_height - spec.padding_height,
                                  spec.stride_height);
        patch.column_places = places(input.width,
                                     sum_.place.column * spec.dilation_width - spec.padding_width,
                                     spec.stride_width);
        for (Index row = 0; row < input.height; ++row) {
            for (Index column = 0; column < input.width; ++column) {
                const Place error{
                    patch.channel, patch.row_places[at(row)], patch.column_places[at(column)]};
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

/// What a bias, or a normalisation's shift, adds to every place of its channel: the sum of the
/// errors there. Of a normalisation's scale each error counts as often as the normalised number.
class ChannelSum {
  public:
    ChannelSum(const Values& values, Index layer, Index channel)
        : values_(values),
          layer_(values.spec().layers[at(layer)]),
          value_(layer + 1),
          channel_(channel),
          errors_(values.gradient(value_)) {}

    [[nodiscard]] std::optional<Patch> errors() const {
        if (errors_ == nullptr || channel_ >= shape_of(*errors_).channels) {
            return std::nullopt;
        }
        const Shape shape = shape_of(*errors_);
        Patch patch{
            .value = value_, .channel = channel_, .rows = shape.height, .columns = shape.width};
        const Index plane = shape.height * shape.width;
        const auto first = errors_->values.begin() + channel_ * plane;
        patch.inputs.assign(first, first + plane);
        patch.outside.assign(at(plane), false);
        add_up(patch);
        return patch;
    }

    [[nodiscard]] std::optional<Patch> errors_times_normalised(const BatchNorm2dSpec& spec) const {
        std::optional<Patch> patch = errors();
        const CapturedTensor* read = values_.value(layer_.inputs.front());
        const CapturedTensor* mean = values_.find(layer_.name + ".running_mean");
        const CapturedTensor* variance = values_.find(layer_.name + ".running_var");
        if (!patch || read == nullptr || mean == nullptr || variance == nullptr ||
            channel_ >= std::min(std::ssize(mean->values), std::ssize(variance->values))) {
            return std::nullopt;
        }
        const auto middle = static_cast<double>(mean->values[at(channel_)]);
        const double spread =
            std::sqrt(static_cast<double>(variance->values[at(channel_)]) + spec.eps);
        for (Index i = 0; i < std::ssize(patch->inputs); ++i) {
            const Place place{channel_, i / patch->columns, i % patch->columns};
            patch->weights.push_back((number_at(*read, place) - middle) / spread);
        }
        add_up(*patch);
        return patch;
    }

  private:
    const Values& values_;
    const LayerSpec& layer_;
    Index value_;
    Index channel_;
    const CapturedTensor* errors_;
};

bool has_weights(const LayerSpec& layer) {
    return std::visit(
        [](const auto& attributes) {
            return kIsOneOf<std::decay_t<decltype(attributes)>,
                            Conv2dSpec,
                            ConvTranspose2dSpec,
                            LinearSpec>;
        },
        layer.attributes);
}

bool has_bias(const LayerSpec& layer) {
    return std::visit(
        [](const auto& attributes) {
            if constexpr (requires { attributes.bias; }) {
                return attributes.bias;
            }
            return false;
        },
        layer.attributes);
}

/// The layer of the stage that a parameter belongs to.
std::optional<Index> owner_of(const NetworkSpec& network,
                              const Stage& stage,
                              std::string_view tensor) {
    for (const Index layer : stage.layers) {
        const std::string& name = network.layers[at(layer)].name;
        if (tensor == name + ".weight" || tensor == name + ".bias") {
            return layer;
        }
    }
    return std::nullopt;
}

/// Puts the patch in; false: there is none.
bool collect(const Values& values, const Stage& stage, Index layer, GradientSum& gradient) {
    const LayerSpec& owner = values.spec().layers[at(layer)];
    const bool is_weight = gradient.tensor.ends_with(".weight");
    if (is_weight && has_weights(owner)) {
        return WeightSum(values, stage, gradient.element, gradient).collect();
    }
    gradient.place = {gradient.element, 0, 0};
    const ChannelSum sum(values, layer, gradient.element);
    const auto* norm = std::get_if<BatchNorm2dSpec>(&owner.attributes);
    auto patch = is_weight && norm != nullptr ? sum.errors_times_normalised(*norm) : sum.errors();
    if (patch) {
        gradient.patches.push_back(std::move(*patch));
    }
    return !gradient.patches.empty();
}

}  // namespace

std::vector<StageParameter> parameters_of(const NetworkSpec& network, const Stage& stage) {
    std::vector<StageParameter> parameters;
    const LayerSpec& base = network.layers[at(stage.base())];
    if (has_weights(base)) {
        parameters.push_back({"weights", base.name + ".weight"});
        if (has_bias(base)) {
            parameters.push_back({"bias", base.name + ".bias"});
        }
    }
    for (const Index layer : stage.layers) {
        const LayerSpec& later = network.layers[at(layer)];
        const auto* norm = std::get_if<BatchNorm2dSpec>(&later.attributes);
        if (norm != nullptr && norm->affine && layer <= stage.shown) {
            parameters.push_back({"gamma", later.name + ".weight"});
            parameters.push_back({"beta", later.name + ".bias"});
        }
    }
    return parameters;
}

std::optional<GradientSum> open_parameter(const Values& values,
                                          std::span<const Stage> stages,
                                          Index stage,
                                          std::string_view tensor,
                                          Index element) {
    if (stage < 0 || stage >= std::ssize(stages)) {
        return std::nullopt;
    }
    const auto layer = owner_of(values.spec(), stages[at(stage)], tensor);
    const std::string name(tensor);
    const CapturedTensor* numbers = values.find(name);
    const CapturedTensor* gradients = values.find("gradient." + name);
    if (!layer || numbers == nullptr || gradients == nullptr || element < 0 ||
        element >= std::min(std::ssize(numbers->values), std::ssize(gradients->values))) {
        return std::nullopt;
    }
    GradientSum gradient{.tensor = name,
                         .element = element,
                         .stage = stage,
                         .place = {},
                         .engine = static_cast<double>(gradients->values[at(element)]),
                         .number = static_cast<double>(numbers->values[at(element)])};
    if (!collect(values, stages[at(stage)], *layer, gradient)) {
        return std::nullopt;
    }
    gradient.sum = gradient.patches.front().sum;
    return gradient;
}

}  // namespace convoscope::models::inspect
