#include "web/models/inspect/routes.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <variant>

#include "web/models/inspect/patches.h"
#include "web/models/inspect/slopes.h"

namespace convoscope::models::inspect {
namespace {

/// Follows one number to all its readers.
class Router {
  public:
    explicit Router(const Values& values) : values_(values) {}

    void follow(Index value, Index element) {
        const auto& layers = values_.spec().layers;
        routes_.end = routes_.end || value == std::ssize(layers);
        for (Index i = 0; i < std::ssize(layers); ++i) {
            const LayerSpec& layer = layers[at(i)];
            for (std::size_t slot = 0; slot < layer.inputs.size(); ++slot) {
                if (layer.inputs[slot] == value) {
                    reader_ = {.layer = i, .slot = slot, .value = value, .element = element};
                    take();
                }
            }
        }
    }
    Routes routes() { return std::move(routes_); }

  private:
    /// The layer that reads the number, and which number it is.
    struct Reader {
        Index layer = 0;
        std::size_t slot = 0;
        Index value = 0;
        Index element = 0;
    };

    void take() {
        const CapturedTensor* input = values_.value(reader_.value);
        const CapturedTensor* output = values_.value(reader_.layer + 1);
        if (input == nullptr || output == nullptr) {
            routes_.whole = false;
            return;
        }
        input_ = shape_of(*input);
        output_ = shape_of(*output);
        place_ = place_in(input_, reader_.element);
        std::visit([this](const auto& attributes) { route(attributes); },
                   values_.spec().layers[at(reader_.layer)].attributes);
    }

    void route(const Conv2dSpec& spec) {
        const auto [rows, columns] = windows_of(spec, input_, output_);
        const Index inputs = input_.channels / spec.groups;
        const Index outputs = spec.out_channels / spec.groups;
        const Index group = place_.channel / inputs;
        const CapturedTensor* weight = parameter(".weight");
        const Index taps = spec.kernel_height * spec.kernel_width;
        for (Index o = group * outputs; o < (group + 1) * outputs; ++o) {
            const Index first = (o * inputs + place_.channel % inputs) * taps;
            add_window(o,
                       rows.uses_of(place_.row),
                       columns.uses_of(place_.column),
                       [&](const AxisUse& row, const AxisUse& column) {
                           return number(weight, first + row.tap * spec.kernel_width + column.tap);
                       });
        }
    }

    void route(const ConvTranspose2dSpec& spec) {
        const auto uses = [](Index place,
                             Index outputs,
                             Index kernel,
                             Index stride,
                             Index dilation,
                             Index padding) {
            std::vector<AxisUse> found;
            for (Index tap = 0; tap < kernel; ++tap) {
                const Index output = place * stride - padding + tap * dilation;
                if (output >= 0 && output < outputs) {
                    found.push_back({output, tap});
                }
            }
            return found;
        };
        const auto rows = uses(place_.row,
                               output_.height,
                               spec.kernel_height,
                               spec.stride_height,
                               spec.dilation_height,
                               spec.padding_height);
        const auto columns = uses(place_.column,
                                  output_.width,
                                  spec.kernel_width,
                                  spec.stride_width,
                                  spec.dilation_width,
                                  spec.padding_width);
        const Index outputs = spec.out_channels / spec.groups;
        const Index group = place_.channel / (input_.channels / spec.groups);
        const CapturedTensor* weight = parameter(".weight");
        const Index taps = spec.kernel_height * spec.kernel_width;
        for (Index o = 0; o < outputs; ++o) {
            const Index first = (place_.channel * outputs + o) * taps;
            add_window(
                group * outputs + o, rows, columns, [&](const AxisUse& row, const AxisUse& column) {
                    return number(weight, first + row.tap * spec.kernel_width + column.tap);
                });
        }
    }

    void route(const LinearSpec&) {
        const CapturedTensor* weight = parameter(".weight");
        const Index count = input_.element_count();
        add_row([&](Index o) { return number(weight, o * count + reader_.element); });
    }

    /// The error goes where the greatest number came from.
    void route(const MaxPool2dSpec& spec) {
        const AxisWindow rows{input_.height,
                              output_.height,
                              spec.kernel_height,
                              spec.stride_height,
                              spec.dilation_height,
                              spec.padding_height};
        const AxisWindow columns{input_.width,
                                 output_.width,
                                 spec.kernel_width,
                                 spec.stride_width,
                                 spec.dilation_width,
                                 spec.padding_width};
        add_window(place_.channel,
                   rows.uses_of(place_.row),
                   columns.uses_of(place_.column),
                   [&](const AxisUse& row, const AxisUse& column) {
                       return is_winner(rows, columns, row.output, column.output) ? 1.0 : 0.0;
                   });
    }
    [[nodiscard]] bool is_winner(const AxisWindow& rows,
                                 const AxisWindow& columns,
                                 Index row,
                                 Index column) const {
        const CapturedTensor& input = *values_.value(reader_.value);
        double greatest = -std::numeric_limits<double>::infinity();
        Place winner;
        for (Index down = 0; down < rows.kernel; ++down) {
            for (Index across = 0; across < columns.kernel; ++across) {
                const Place seen{
                    place_.channel, rows.source({row, down}), columns.source({column, across})};
                if (seen.row >= 0 && seen.column >= 0 && number_at(input, seen) > greatest) {
                    greatest = number_at(input, seen);
                    winner = seen;
                }
            }
        }
        return winner == place_;
    }

    void route(const AvgPool2dSpec& spec) {
        const AxisWindow rows{input_.height,
                              output_.height,
                              spec.kernel_height,
                              spec.stride_height,
                              1,
                              spec.padding_height};
        const AxisWindow columns{input_.width,
                                 output_.width,
                                 spec.kernel_width,
                                 spec.stride_width,
                                 1,
                                 spec.padding_width};
        const auto counted = [&](const AxisWindow& axis, Index output) {
            const Index start = output * axis.stride - axis.padding;
            const Index end = std::min(start + axis.kernel, axis.input + axis.padding);
            return spec.count_include_pad ? end - start
                                          : std::min(end, axis.input) - std::max(start, Index{0});
        };
        add_window(place_.channel,
                   rows.uses_of(place_.row),
                   columns.uses_of(place_.column),
                   [&](const AxisUse& row, const AxisUse& column) {
                       return 1.0 / static_cast<double>(counted(rows, row.output) *
                                                        counted(columns, column.output));
                   });
    }

    void route(const AdaptiveAvgPool2dSpec&) {
        const auto start = [](Index output, Index outputs, Index input) {
            return output * input / outputs;
        };
        const auto end = [](Index output, Index outputs, Index input) {
            return ((output + 1) * input + outputs - 1) / outputs;
        };
        const auto uses = [&](Index place, Index outputs, Index input) {
            std::vector<AxisUse> found;
            for (Index output = 0; output < outputs; ++output) {
                if (start(output, outputs, input) <= place && place < end(output, outputs, input)) {
                    found.push_back({output, 0});
                }
            }
            return found;
        };
        const auto length = [&](Index output, Index outputs, Index input) {
            return static_cast<double>(end(output, outputs, input) - start(output, outputs, input));
        };
        add_window(place_.channel,
                   uses(place_.row, output_.height, input_.height),
                   uses(place_.column, output_.width, input_.width),
                   [&](const AxisUse& row, const AxisUse& column) {
                       return 1.0 / (length(row.output, output_.height, input_.height) *
                                     length(column.output, output_.width, input_.width));
                   });
    }

    void route(const AddSpec&) { add_one(place_, 1.0); }

    void route(const ConcatSpec&) {
        Place place = place_;
        const LayerSpec& layer = values_.spec().layers[at(reader_.layer)];
        for (std::size_t before = 0; before < reader_.slot; ++before) {
            const CapturedTensor* other = values_.value(layer.inputs[before]);
            place.channel += other != nullptr ? shape_of(*other).channels : 0;
        }
        add_one(place, 1.0);
    }

    void route(const FlattenSpec&) { pass_on(); }
    void route(const DropoutSpec&) { pass_on(); }
    void pass_on() {
        const Reader reader = reader_;
        follow(reader.layer + 1, reader.element);
    }

    void route(const SoftmaxSpec&) {
        const CapturedTensor& output = *values_.value(reader_.layer + 1);
        if (!output_.flat) {
            routes_.whole = false;
            return;
        }
        const double own = number(&output, reader_.element);
        add_row([&](Index o) {
            return number(&output, o) * ((o == reader_.element ? 1.0 : 0.0) - own);
        });
    }

    /// What passes each number on by itself.
    template <class Other>
    void route(const Other&) {
        const auto slope = slope_of(values_,
                                    values_.spec().layers[at(reader_.layer)],
                                    place_.channel,
                                    number(values_.value(reader_.value), reader_.element),
                                    number(values_.value(reader_.layer + 1), reader_.element));
        if (slope) {
            add_one(place_, *slope);
        } else {
            routes_.whole = false;
        }
    }

    static double number(const CapturedTensor* tensor, Index index) {
        return tensor != nullptr && index >= 0 && index < std::ssize(tensor->values)
                   ? static_cast<double>(tensor->values[at(index)])
                   : 0.0;
    }
    [[nodiscard]] const CapturedTensor* parameter(const char* suffix) const {
        return values_.find(values_.spec().layers[at(reader_.layer)].name + suffix);
    }
    [[nodiscard]] double error(const Place& place) const {
        return number(values_.gradient(reader_.layer + 1),
                      (place.channel * output_.height + place.row) * output_.width + place.column);
    }

    static std::vector<Index> outputs_of(const std::vector<AxisUse>& uses) {
        std::vector<Index> outputs;
        std::ranges::transform(uses, std::back_inserter(outputs), &AxisUse::output);
        return outputs;
    }

    template <class Factor>
    void add_window(Index channel,
                    const std::vector<AxisUse>& rows,
                    const std::vector<AxisUse>& columns,
                    const Factor& factor) {
        if (rows.empty() || columns.empty()) {
            return;
        }
        Patch patch{.value = reader_.layer + 1,
                    .channel = channel,
                    .rows = std::ssize(rows),
                    .columns = std::ssize(columns),
                    .row_places = outputs_of(rows),
                    .column_places = outputs_of(columns)};
        for (const AxisUse& row : rows) {
            for (const AxisUse& column : columns) {
                patch.inputs.push_back(error({channel, row.output, column.output}));
                patch.outside.push_back(false);
                patch.weights.push_back(factor(row, column));
            }
        }
        finish(std::move(patch));
    }
    template <class Factor>
    void add_row(const Factor& factor) {
        const CapturedTensor* errors = values_.gradient(reader_.layer + 1);
        std::vector<float> numbers(at(output_.element_count()));
        for (Index o = 0; o < std::ssize(numbers); ++o) {
            numbers[at(o)] = static_cast<float>(number(errors, o));
        }
        Patch patch = folded(reader_.layer + 1, numbers);
        for (Index o = 0; o < std::ssize(patch.inputs); ++o) {
            patch.weights.push_back(o < std::ssize(numbers) ? factor(o) : 0.0);
        }
        finish(std::move(patch));
    }
    void add_one(const Place& place, double factor) {
        finish({.value = reader_.layer + 1,
                .channel = place.channel,
                .row_places = {place.row},
                .column_places = {place.column},
                .inputs = {error(place)},
                .outside = {false},
                .weights = {factor}});
    }
    void finish(Patch patch) {
        add_up(patch);
        routes_.patches.push_back(std::move(patch));
    }

    const Values& values_;
    Routes routes_;
    Reader reader_;
    Shape input_;
    Shape output_;
    Place place_;
};

}  // namespace

Index AxisWindow::source(const AxisUse& use) const {
    const Index position = use.output * stride - padding + use.tap * dilation;
    if (position >= 0 && position < input) {
        return position;
    }
    return mode == PaddingMode::zeros ? Index{-1} : padded_source(mode, position, input);
}

std::vector<AxisUse> AxisWindow::uses_of(Index place) const {
    std::vector<AxisUse> uses;
    for (Index output = 0; output < outputs; ++output) {
        for (Index tap = 0; tap < kernel; ++tap) {
            if (source({output, tap}) == place) {
                uses.push_back({output, tap});
            }
        }
    }
    return uses;
}

Windows windows_of(const Conv2dSpec& spec, const Shape& input, const Shape& output) {
    return {.rows = {input.height,
                     output.height,
                     spec.kernel_height,
                     spec.stride_height,
                     spec.dilation_height,
                     spec.padding_top,
                     spec.padding_mode},
            .columns = {input.width,
                        output.width,
                        spec.kernel_width,
                        spec.stride_width,
                        spec.dilation_width,
                        spec.padding_left,
                        spec.padding_mode}};
}

Routes routes_back(const Values& values, Index value, Index element) {
    Router router(values);
    router.follow(value, element);
    return router.routes();
}

}  // namespace convoscope::models::inspect
