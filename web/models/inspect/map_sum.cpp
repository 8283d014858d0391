#include "web/models/inspect/map_sum.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <variant>

#include "web/models/inspect/routes.h"

namespace convoscope::models::inspect {
namespace {

/// Which place of the input each tap of each output looks at, along one axis; -1: at none.
struct Taps {
    Index count = 1;
    std::vector<Index> sources;  ///< [output][tap]

    template <class Source>
    Taps(Index outputs, Index taps, const Source& source) : count(taps) {
        for (Index output = 0; output < outputs; ++output) {
            for (Index tap = 0; tap < taps; ++tap) {
                sources.push_back(source(output, tap));
            }
        }
    }
    [[nodiscard]] Index of(Index output, Index tap) const {
        return sources[at(output * count + tap)];
    }
};

Taps taps_of(const AxisWindow& axis) {
    return {axis.outputs, axis.kernel, [&](Index output, Index tap) {
                return axis.source({output, tap});
            }};
}

/// Of a transposed convolution, whose outputs lie `stride` times as close.
Taps transposed_taps(const AxisWindow& axis) {
    return {axis.outputs, axis.kernel, [&](Index output, Index tap) {
                const Index stretched = output + axis.padding - tap * axis.dilation;
                const Index place = stretched / axis.stride;
                const bool there =
                    stretched >= 0 && stretched % axis.stride == 0 && place < axis.input;
                return there ? place : Index{-1};
            }};
}

/// Fills in the parts' maps, as the base layer makes them.
class Adder {
  public:
    Adder(const Values& values, Index layer, MapSum& sum)
        : values_(values), layer_(values.spec().layers[at(layer)]), sum_(sum) {}

    void add() {
        std::visit([this](const auto& attributes) { add_up(attributes); }, layer_.attributes);
    }

  private:
    void add_up(const Conv2dSpec& spec) {
        const auto [rows, columns] = windows_of(spec, input_shape(), output_shape());
        const Index size = spec.kernel_height * spec.kernel_width;
        for (Index i = 0; i < std::ssize(sum_.parts); ++i) {
            sum_.parts[at(i)].first_weight = (sum_.channel * std::ssize(sum_.parts) + i) * size;
        }
        correlate(taps_of(rows), taps_of(columns));
    }
    void add_up(const ConvTranspose2dSpec& spec) {
        const Shape input = input_shape();
        const Index outputs = spec.out_channels / spec.groups;
        const Index size = spec.kernel_height * spec.kernel_width;
        for (MapPart& part : sum_.parts) {
            part.first_weight = (part.channel * outputs + sum_.channel % outputs) * size;
        }
        correlate(transposed_taps({.input = input.height,
                                   .outputs = sum_.height,
                                   .kernel = spec.kernel_height,
                                   .stride = spec.stride_height,
                                   .dilation = spec.dilation_height,
                                   .padding = spec.padding_height}),
                  transposed_taps({.input = input.width,
                                   .outputs = sum_.width,
                                   .kernel = spec.kernel_width,
                                   .stride = spec.stride_width,
                                   .dilation = spec.dilation_width,
                                   .padding = spec.padding_width}));
    }
    /// Maps that are added, or handed on, as they are.
    void add_up(const AddSpec&) { take_maps(); }
    void add_up(const ConcatSpec&) { take_maps(); }
    template <class Other>
    void add_up(const Other&) {}

    [[nodiscard]] Shape input_shape() const {
        return shape_of(*values_.value(sum_.parts.front().value));
    }
    [[nodiscard]] Shape output_shape() const {
        return {.channels = 1, .height = sum_.height, .width = sum_.width};
    }

    void take_maps() {
        const Index plane = sum_.height * sum_.width;
        for (MapPart& part : sum_.parts) {
            const auto first = values_.value(part.value)->values.begin() + part.channel * plane;
            part.map.assign(first, first + plane);
        }
    }

    void correlate(const Taps& rows, const Taps& columns) {
        const Shape input = input_shape();
        const Index plane = input.height * input.width;
        for (MapPart& part : sum_.parts) {
            const auto numbers = std::span(values_.value(part.value)->values)
                                     .subspan(at(part.channel * plane), at(plane));
            part.map.reserve(at(sum_.height * sum_.width));
            for (Index row = 0; row < sum_.height; ++row) {
                for (Index column = 0; column < sum_.width; ++column) {
                    double sum = 0.0;
                    for (Index tap = 0; tap < std::ssize(part.weights); ++tap) {
                        const Index down = rows.of(row, tap / columns.count);
                        const Index across = columns.of(column, tap % columns.count);
                        if (down >= 0 && across >= 0) {
                            sum += part.weights[at(tap)] *
                                   static_cast<double>(numbers[at(down * input.width + across)]);
                        }
                    }
                    part.map.push_back(static_cast<float>(sum));
                }
            }
        }
    }

    const Values& values_;
    const LayerSpec& layer_;
    MapSum& sum_;
};

/// Adds the parts and the bias, and holds the sum against the engine's map.
void total(MapSum& sum, const CapturedTensor& engine) {
    const Index plane = sum.height * sum.width;
    for (Index i = 0; i < plane; ++i) {
        double number = sum.bias.value_or(0.0);
        for (const MapPart& part : sum.parts) {
            number += static_cast<double>(part.map[at(i)]);
        }
        const auto made = static_cast<double>(engine.values[at(sum.channel * plane + i)]);
        sum.difference = std::max(sum.difference, std::abs(number - made));
        sum.total.push_back(static_cast<float>(number));
    }
}

}  // namespace

std::optional<MapSum> sum_of_map(const Values& values,
                                 std::span<const Stage> stages,
                                 Index stage,
                                 Index channel) {
    const Index base = stages[at(stage)].base();
    const CapturedTensor* engine = values.value(base + 1);
    auto first = open_neuron(values, stages, stage, {channel, 0, 0});
    if (!first || engine == nullptr || shape_of(*engine).flat) {
        return std::nullopt;
    }
    const Shape shape = shape_of(*engine);
    MapSum sum{.stage = stage,
               .channel = channel,
               .rule = first->rule,
               .height = shape.height,
               .width = shape.width,
               .parts = {},
               .bias = first->bias};
    for (Patch& patch : first->patches) {
        sum.parts.push_back({.value = patch.value,
                             .channel = patch.channel,
                             .rows = patch.rows,
                             .columns = patch.columns,
                             .weights = std::move(patch.weights)});
    }
    Adder(values, base, sum).add();
    if (!sum.parts.empty() && !sum.parts.front().map.empty()) {
        total(sum, *engine);
    }
    return sum;
}

}  // namespace convoscope::models::inspect
