#include "web/models/inspect/patches.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <variant>

#include "engine/core/padding_mode.h"

namespace convoscope::models::inspect {
namespace {

/// One axis of a window over the input: where tap `t` looks, and whether a number is there.
struct Axis {
    Index start = 0;
    Index taps = 1;
    Index step = 1;
    Index extent = 1;  ///< of the input
    PaddingMode mode = PaddingMode::zeros;

    [[nodiscard]] Index position(Index tap) const { return start + tap * step; }
    [[nodiscard]] std::vector<Index> positions() const {
        std::vector<Index> all(at(taps));
        for (Index tap = 0; tap < taps; ++tap) {
            all[at(tap)] = position(tap);
        }
        return all;
    }
    [[nodiscard]] bool outside(Index tap) const {
        return position(tap) < 0 || position(tap) >= extent;
    }
    /// Where the number comes from. Expects: there is one, or the mode makes one.
    [[nodiscard]] Index source(Index tap) const {
        return outside(tap) ? padded_source(mode, position(tap), extent) : position(tap);
    }
};

/// What a window sees of one channel.
Patch patch_of(const CapturedTensor& tensor,
               Index value,
               Index channel,
               const Axis& rows,
               const Axis& columns) {
    Patch patch{.value = value,
                .channel = channel,
                .rows = rows.taps,
                .columns = columns.taps,
                .row_places = rows.positions(),
                .column_places = columns.positions()};
    const bool made = rows.mode != PaddingMode::zeros;
    for (Index row = 0; row < rows.taps; ++row) {
        for (Index column = 0; column < columns.taps; ++column) {
            const bool outside = rows.outside(row) || columns.outside(column);
            patch.outside.push_back(outside);
            patch.inputs.push_back(
                outside && !made
                    ? 0.0
                    : number_at(tensor, {channel, rows.source(row), columns.source(column)}));
        }
    }
    return patch;
}

/// Which number of an axis each tap lays on `place`, when the numbers stand `stride` apart.
std::vector<Index> spread_places(Index place, const Axis& axis, Index stride) {
    std::vector<Index> places;
    for (Index tap = 0; tap < axis.taps; ++tap) {
        const Index reached = place - tap * axis.step;
        const bool there = reached >= 0 && reached % stride == 0 && reached / stride < axis.extent;
        places.push_back(there ? reached / stride : kNoPlace);
    }
    return places;
}

/// Collects for one kind of layer each; `read` is the tensor of its first input.
class Collector {
  public:
    Collector(const Values& values, Index layer, Neuron& neuron)
        : values_(values),
          layer_(values.spec().layers[at(layer)]),
          neuron_(neuron),
          read_(values.value(layer_.inputs.front())) {}

    [[nodiscard]] bool collect() {
        return read_ != nullptr &&
               std::visit([this](const auto& attributes) { return take(attributes); },
                          layer_.attributes);
    }

  private:
    bool take(const Conv2dSpec& spec) {
        const Shape input = shape_of(*read_);
        const Axis rows{neuron_.place.row * spec.stride_height - spec.padding_top,
                        spec.kernel_height,
                        spec.dilation_height,
                        input.height,
                        spec.padding_mode};
        const Axis columns{neuron_.place.column * spec.stride_width - spec.padding_left,
                           spec.kernel_width,
                           spec.dilation_width,
                           input.width,
                           spec.padding_mode};
        const Index inputs = input.channels / spec.groups;
        const Index group = neuron_.place.channel / (spec.out_channels / spec.groups);
        const CapturedTensor* weight = parameter(".weight");
        const Index taps = rows.taps * columns.taps;
        if (weight == nullptr || std::ssize(weight->values) != spec.out_channels * inputs * taps) {
            return false;
        }
        for (Index i = 0; i < inputs; ++i) {
            Patch patch = patch_of(*read_, reads(), group * inputs + i, rows, columns);
            take_weights(patch, *weight, (neuron_.place.channel * inputs + i) * taps);
        }
        return take_bias(spec.bias);
    }

    /// The numbers that fall on this output, tap by tap of the kernel.
    bool take(const ConvTranspose2dSpec& spec) {
        const Shape input = shape_of(*read_);
        const Index inputs = input.channels / spec.groups;
        const Index outputs = spec.out_channels / spec.groups;
        const Index group = neuron_.place.channel / outputs;
        const CapturedTensor* weight = parameter(".weight");
        const Index taps = spec.kernel_height * spec.kernel_width;
        if (weight == nullptr || std::ssize(weight->values) != input.channels * outputs * taps) {
            return false;
        }
        const auto rows = spread_places(
            neuron_.place.row + spec.padding_height,
            {.taps = spec.kernel_height, .step = spec.dilation_height, .extent = input.height},
            spec.stride_height);
        const auto columns = spread_places(
            neuron_.place.column + spec.padding_width,
            {.taps = spec.kernel_width, .step = spec.dilation_width, .extent = input.width},
            spec.stride_width);
        for (Index i = group * inputs; i < (group + 1) * inputs; ++i) {
            Patch patch{.value = reads(),
                        .channel = i,
                        .rows = spec.kernel_height,
                        .columns = spec.kernel_width,
                        .row_places = rows,
                        .column_places = columns};
            for (const Index row : rows) {
                for (const Index column : columns) {
                    const bool there = row != kNoPlace && column != kNoPlace;
                    patch.outside.push_back(!there);
                    patch.inputs.push_back(there ? number_at(*read_, {i, row, column}) : 0.0);
                }
            }
            const Index first = (i * outputs + neuron_.place.channel % outputs) * taps;
            take_weights(patch, *weight, first);
        }
        return take_bias(spec.bias);
    }

    bool take(const LinearSpec& spec) {
        const CapturedTensor* weight = parameter(".weight");
        const Index count = std::ssize(read_->values);
        if (weight == nullptr || std::ssize(weight->values) != spec.out_features * count) {
            return false;
        }
        const auto [value, tensor] = before_flatten();
        const Shape shape = shape_of(*tensor);
        const Index first = neuron_.place.channel * count;
        if (shape.flat) {
            Patch patch = folded(value, tensor->values);
            take_weights(patch, *weight, first);
        } else {
            const Index plane = shape.height * shape.width;
            for (Index channel = 0; channel < shape.channels; ++channel) {
                Patch patch =
                    patch_of(*tensor, value, channel, whole(shape.height), whole(shape.width));
                take_weights(patch, *weight, first + channel * plane);
            }
        }
        return take_bias(spec.bias);
    }

    bool take(const MaxPool2dSpec& spec) {
        neuron_.rule = Rule::maximum;
        const Shape input = shape_of(*read_);
        take_window({neuron_.place.row * spec.stride_height - spec.padding_height,
                     spec.kernel_height,
                     spec.dilation_height,
                     input.height},
                    {neuron_.place.column * spec.stride_width - spec.padding_width,
                     spec.kernel_width,
                     spec.dilation_width,
                     input.width});
        return true;
    }

    bool take(const AvgPool2dSpec& spec) {
        const Shape input = shape_of(*read_);
        const auto axis =
            [](Index place, Index stride, Index padding, Index kernel, Index extent) -> Axis {
            const Index start = place * stride - padding;
            return {start, std::min(kernel, extent + padding - start), 1, extent};
        };
        const Axis rows = axis(neuron_.place.row,
                               spec.stride_height,
                               spec.padding_height,
                               spec.kernel_height,
                               input.height);
        const Axis columns = axis(neuron_.place.column,
                                  spec.stride_width,
                                  spec.padding_width,
                                  spec.kernel_width,
                                  input.width);
        take_mean(rows, columns, spec.count_include_pad);
        return true;
    }

    bool take(const AdaptiveAvgPool2dSpec& spec) {
        const Shape input = shape_of(*read_);
        const auto axis = [](Index place, Index wanted, Index extent) -> Axis {
            const Index outputs = wanted == 0 ? extent : wanted;
            const Index start = place * extent / outputs;
            const Index end = ((place + 1) * extent + outputs - 1) / outputs;
            return {start, end - start, 1, extent};
        };
        take_mean(axis(neuron_.place.row, spec.output_height, input.height),
                  axis(neuron_.place.column, spec.output_width, input.width),
                  true);
        return true;
    }

    bool take(const AddSpec&) {
        neuron_.rule = Rule::addition;
        for (const Index value : layer_.inputs) {
            const CapturedTensor* tensor = values_.value(value);
            if (tensor == nullptr) {
                return false;
            }
            take_one(value, *tensor, neuron_.place);
        }
        return true;
    }

    bool take(const ConcatSpec&) {
        neuron_.rule = Rule::copy;
        Place place = neuron_.place;
        for (const Index value : layer_.inputs) {
            const CapturedTensor* tensor = values_.value(value);
            if (tensor == nullptr) {
                return false;
            }
            const Index channels = shape_of(*tensor).channels;
            if (place.channel < channels) {
                take_one(value, *tensor, place);
                return true;
            }
            place.channel -= channels;
        }
        return false;
    }

    /// What has no window: its own number of the input, where that has the same shape.
    template <class Other>
    bool take(const Other&) {
        neuron_.rule = Rule::own;
        const CapturedTensor* output = values_.value(layer_index() + 1);
        if (output != nullptr && shape_of(*output) == shape_of(*read_)) {
            take_one(reads(), *read_, neuron_.place);
        }
        return true;
    }

    static Axis whole(Index extent) { return {0, extent, 1, extent}; }
    [[nodiscard]] Index reads() const { return layer_.inputs.front(); }
    [[nodiscard]] Index layer_index() const {
        return static_cast<Index>(&layer_ - values_.spec().layers.data());
    }
    [[nodiscard]] const CapturedTensor* parameter(const char* suffix) const {
        return values_.find(layer_.name + suffix);
    }

    /// What a linear layer reads, as it was before it became a row of numbers.
    [[nodiscard]] std::pair<Index, const CapturedTensor*> before_flatten() const {
        Index value = reads();
        const CapturedTensor* tensor = read_;
        while (value > 0) {
            const LayerSpec& layer = values_.spec().layers[at(value - 1)];
            const bool passes = std::holds_alternative<FlattenSpec>(layer.attributes) ||
                                std::holds_alternative<DropoutSpec>(layer.attributes);
            const CapturedTensor* before = passes ? values_.value(layer.inputs.front()) : nullptr;
            if (before == nullptr || before->values.size() != read_->values.size()) {
                break;
            }
            value = layer.inputs.front();
            tensor = before;
        }
        return {value, tensor};
    }

    void take_weights(Patch& patch, const CapturedTensor& weight, Index first) {
        neuron_.rule = Rule::weighted_sum;
        for (Index i = 0; i < std::ssize(patch.inputs); ++i) {
            const bool there = first + i < std::ssize(weight.values);
            patch.weights.push_back(there ? static_cast<double>(weight.values[at(first + i)])
                                          : 0.0);
        }
        finish(std::move(patch));
    }
    bool take_bias(bool wanted) {
        const CapturedTensor* bias = parameter(".bias");
        if (!wanted) {
            return true;
        }
        if (bias == nullptr || neuron_.place.channel >= std::ssize(bias->values)) {
            return false;
        }
        neuron_.bias = static_cast<double>(bias->values[at(neuron_.place.channel)]);
        return true;
    }
    void take_window(const Axis& rows, const Axis& columns) {
        finish(patch_of(*read_, reads(), neuron_.place.channel, rows, columns));
    }
    void take_mean(const Axis& rows, const Axis& columns, bool counts_padding) {
        neuron_.rule = Rule::mean;
        take_window(rows, columns);
        const Patch& patch = neuron_.patches.back();
        neuron_.divisor =
            counts_padding ? std::ssize(patch.inputs) : std::ranges::count(patch.outside, false);
    }
    void take_one(Index value, const CapturedTensor& tensor, const Place& place) {
        finish({.value = value,
                .channel = place.channel,
                .row_places = {place.row},
                .column_places = {place.column},
                .inputs = {number_at(tensor, place)},
                .outside = {false},
                .weights = {}});
    }
    void finish(Patch patch) {
        add_up(patch);
        neuron_.patches.push_back(std::move(patch));
    }

    const Values& values_;
    const LayerSpec& layer_;
    Neuron& neuron_;
    const CapturedTensor* read_;
};

}  // namespace

void add_up(Patch& patch) {
    patch.sum = 0.0;
    for (std::size_t i = 0; i < patch.inputs.size(); ++i) {
        patch.sum += patch.inputs[i] * (patch.weights.empty() ? 1.0 : patch.weights[i]);
    }
}

Patch folded(Index value, std::span<const float> numbers) {
    const auto count = std::ssize(numbers);
    const auto side = static_cast<Index>(std::ceil(std::sqrt(static_cast<double>(count))));
    Index columns = side;
    for (Index wide = side; wide <= 2 * side; ++wide) {
        if (count % wide == 0) {
            columns = wide;
            break;
        }
    }
    Patch patch{.value = value, .rows = (count + columns - 1) / columns, .columns = columns};
    for (Index i = 0; i < patch.rows * columns; ++i) {
        patch.outside.push_back(i >= count);
        patch.inputs.push_back(i < count ? static_cast<double>(numbers[at(i)]) : 0.0);
    }
    return patch;
}

bool collect_patches(const Values& values, Index layer, Neuron& neuron) {
    return Collector(values, layer, neuron).collect();
}

}  // namespace convoscope::models::inspect
