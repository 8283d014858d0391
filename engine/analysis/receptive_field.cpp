#include "engine/analysis/receptive_field.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "engine/analysis/layer_reach.h"
#include "engine/core/check.h"

namespace convoscope {
namespace {

using Kind = LayerReach::Kind;

/// Outputs in turn that are looked at to find the largest field after transposed convolutions.
constexpr Index kMostPhases = 64;

bool nearly_equal(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

std::int64_t grown(std::int64_t size, double by) {
    constexpr auto kFarthest = static_cast<double>(PositionSpan::kFarthest);
    return static_cast<std::int64_t>(std::min(kFarthest, static_cast<double>(size) + by));
}

/// The input positions that one output position sees along an axis, by going back through the
/// layers.
class BackwardSweep {
  public:
    explicit BackwardSweep(const NetworkSpec& spec) : spec_(spec), spans_(spec.layers.size() + 1) {
        for (const LayerSpec& layer : spec.layers) {
            reaches_.push_back(reach_of(layer.attributes));
        }
    }

    /// Nothing where it sees all.
    std::optional<PositionSpan> inputs_seen(Index value, std::size_t axis, Index position) {
        std::ranges::fill(spans_, PositionSpan{});
        spans_[at(value)] = {.first = position, .last = position};
        for (Index layer = value - 1; layer >= 0; --layer) {
            const PositionSpan& span = spans_[at(layer + 1)];
            if (span.empty()) {
                continue;
            }
            const LayerReach& reach = reaches_[at(layer)];
            if (reach.kind == Kind::everything) {
                return std::nullopt;
            }
            const PositionSpan before = reach.kind == Kind::position
                                            ? span
                                            : inputs_of(reach.kind, reach.windows[axis], span);
            for (const Index input : spec_.layers[at(layer)].inputs) {
                spans_[at(input)].include(before);
            }
        }
        return spans_.front();
    }

  private:
    const NetworkSpec& spec_;
    std::vector<LayerReach> reaches_;
    std::vector<PositionSpan> spans_;
};

/// True when outputs of the same index are centred at the same place.
bool in_step(const ReceptiveField& a, const ReceptiveField& b) {
    return nearly_equal(a.jump[0], b.jump[0]) && nearly_equal(a.jump[1], b.jump[1]) &&
           nearly_equal(a.start[0], b.start[0]) && nearly_equal(a.start[1], b.start[1]);
}

std::string pair_text(const std::array<double, 2>& values) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "[%g, %g]", values[0], values[1]);
    return text.data();
}

/// `"conv1" starts at [0.5, 0.5] and jumps by [2, 2]`
std::string place_text(const NetworkSpec& spec, Index value, const ReceptiveField& field) {
    return "\"" + (value == 0 ? std::string("input") : spec.layers[at(value - 1)].name) +
           "\" starts at " + pair_text(field.start) + " and jumps by " + pair_text(field.jump);
}

/// Fields from the input on, a layer at a time.
class ForwardSweep {
  public:
    explicit ForwardSweep(const NetworkSpec& spec) : spec_(spec), backward_(spec) {}

    std::vector<std::optional<ReceptiveField>> fields() {
        fields_ = {ReceptiveField{}};
        phases_ = {{1, 1}};
        for (Index layer = 0; layer < static_cast<Index>(spec_.layers.size()); ++layer) {
            add(layer);
        }
        fields_.erase(fields_.begin());
        return std::move(fields_);
    }

  private:
    using Phases = std::array<Index, 2>;  ///< outputs after which the pattern repeats

    void add(Index layer) {
        const LayerSpec& spec = spec_.layers[at(layer)];
        std::optional<ReceptiveField> field = joined(spec.inputs);
        Phases phases = {1, 1};
        for (const Index input : spec.inputs) {
            for (std::size_t axis = 0; axis < 2; ++axis) {
                phases[axis] = std::max(phases[axis], phases_[at(input)][axis]);
            }
        }
        const LayerReach reach = reach_of(spec.attributes);
        if (reach.kind == Kind::everything) {
            field.reset();
        }
        for (std::size_t axis = 0; field && axis < 2; ++axis) {
            step(reach, axis, *field, phases);
            if (phases[axis] > 1) {
                field->size[axis] = largest(layer + 1, axis, phases[axis]);
            }
        }
        fields_.push_back(field);
        phases_.push_back(phases);
    }

    static void step(const LayerReach& reach,
                     std::size_t axis,
                     ReceptiveField& field,
                     Phases& phases) {
        const Window& window = reach.windows[axis];
        const double jump = field.jump[axis];
        const auto stride = static_cast<double>(window.stride);
        const double centre = static_cast<double>(window.extent() - 1) / 2.0 -
                              static_cast<double>(window.padding_begin);
        if (reach.kind == Kind::window) {
            field.size[axis] =
                grown(field.size[axis], static_cast<double>(window.extent() - 1) * jump);
            field.jump[axis] = jump * stride;
            field.start[axis] += centre * jump;
        } else if (reach.kind == Kind::transposed_window) {
            field.jump[axis] = jump / stride;
            field.start[axis] -= centre / stride * jump;
            phases[axis] = std::min(kMostPhases, phases[axis] * std::max<Index>(2, window.stride));
        }
    }

    [[nodiscard]] std::int64_t largest(Index value, std::size_t axis, Index phases) {
        std::int64_t size = 0;
        for (Index position = 0; position < phases; ++position) {
            const std::optional<PositionSpan> span = backward_.inputs_seen(value, axis, position);
            CONVOSCOPE_CHECK(span.has_value());
            size = std::max(size, span->count());
        }
        return size;
    }

    [[nodiscard]] std::optional<ReceptiveField> joined(const std::vector<Index>& inputs) const {
        std::optional<ReceptiveField> join = fields_[at(inputs.front())];
        if (!join) {
            return std::nullopt;
        }
        bool aligned = true;
        for (const Index input : inputs) {
            const std::optional<ReceptiveField>& other = fields_[at(input)];
            if (!other) {
                return std::nullopt;
            }
            aligned = aligned && in_step(*fields_[at(inputs.front())], *other);
            for (std::size_t axis = 0; axis < 2; ++axis) {
                if (other->size[axis] > join->size[axis]) {
                    join->size[axis] = other->size[axis];
                    join->jump[axis] = other->jump[axis];
                    join->start[axis] = other->start[axis];
                }
            }
        }
        join->aligned = aligned;
        return join;
    }

    const NetworkSpec& spec_;
    BackwardSweep backward_;
    std::vector<std::optional<ReceptiveField>> fields_;
    std::vector<Phases> phases_;
};

}  // namespace

std::vector<std::optional<ReceptiveField>> receptive_fields(const NetworkSpec& spec) {
    return ForwardSweep(spec).fields();
}

Status check_alignment(const NetworkSpec& spec) {
    const auto fields = receptive_fields(spec);
    const auto field_of = [&](Index value) {
        return value == 0 ? std::optional(ReceptiveField{}) : fields[at(value - 1)];
    };
    for (std::size_t layer = 0; layer < fields.size(); ++layer) {
        if (!fields[layer] || fields[layer]->aligned) {
            continue;
        }
        const std::vector<Index>& inputs = spec.layers[layer].inputs;
        const auto other = std::ranges::find_if(inputs, [&](Index value) {
            return !in_step(*field_of(inputs.front()), *field_of(value));
        });
        return Error{layer_label(static_cast<Index>(layer), spec.layers[layer].name) +
                     ": inputs are not aligned: " +
                     place_text(spec, inputs.front(), *field_of(inputs.front())) + ", but " +
                     place_text(spec, *other, *field_of(*other))};
    }
    return success();
}

std::optional<InputBox> input_box(const NetworkSpec& spec, Index value, Index row, Index column) {
    CONVOSCOPE_CHECK(value >= 0 && value <= static_cast<Index>(spec.layers.size()));
    BackwardSweep sweep(spec);
    const std::optional<PositionSpan> rows = sweep.inputs_seen(value, 0, row);
    const std::optional<PositionSpan> columns = sweep.inputs_seen(value, 1, column);
    if (!rows || !columns) {
        return std::nullopt;
    }
    return InputBox{.top = rows->first,
                    .left = columns->first,
                    .bottom = rows->last + 1,
                    .right = columns->last + 1};
}

InputBox clipped(const InputBox& box, const Shape& input) {
    return {.top = std::clamp<std::int64_t>(box.top, 0, input.height),
            .left = std::clamp<std::int64_t>(box.left, 0, input.width),
            .bottom = std::clamp<std::int64_t>(box.bottom, 0, input.height),
            .right = std::clamp<std::int64_t>(box.right, 0, input.width)};
}

}  // namespace convoscope
