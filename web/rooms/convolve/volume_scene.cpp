#include "web/rooms/convolve/volume_scene.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "web/rooms/convolve/kernel_turn.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::CellPlace;
using model::NumberGrid;

namespace {

constexpr Index kMostCells = 20'000;  ///< of a volume
constexpr float kCell = 0.9F;         ///< of the distance between two
constexpr float kDepth = 0.5F;

StackPlace stack_of(Index rows, Index columns, Index planes, float left) {
    constexpr float kLeastStep = 1.2F;
    StackPlace stack{
        .rows = rows, .columns = columns, .planes = planes, .left = left, .bounds = {}};
    stack.shown = std::clamp<Index>(kMostCells / std::max<Index>(1, rows * columns), 1, planes);
    const auto behind = static_cast<float>(std::max<Index>(1, stack.shown - 1));
    const auto longest = static_cast<float>(std::max(rows, columns));
    stack.step = std::max(kLeastStep, std::min(0.5F * longest, 1.2F * longest / behind));
    const float depth = stack.step * static_cast<float>(stack.shown - 1);
    const float half = static_cast<float>(rows) / 2;
    stack.bounds = {{left - 0.5F, -half, -depth / 2 - kDepth / 2},
                    {left - 0.5F + static_cast<float>(columns), half, depth / 2 + kDepth / 2}};
    return stack;
}

/// Input and output a little apart from the kernel between them.
std::array<StackPlace, 3> stacks_of(const Context& context) {
    const model::Setup& setup = context.setup();
    const model::Arithmetic& made = context.arithmetic();
    const bool pooling = is_pooling(setup.operation);
    float left = 0.0F;
    const auto put = [&left](Index rows, Index columns, Index planes) {
        const StackPlace stack = stack_of(rows, columns, planes, left);
        left = stack.bounds.most.x + 0.5F +
               std::max(4.0F, 0.45F * static_cast<float>(std::max(rows, columns)));
        return stack;
    };
    const StackPlace input = put(made.rows.count(), made.columns.count(), setup.input_channels);
    const StackPlace kernel =
        put(setup.height.kernel, setup.width.kernel, pooling ? 1 : setup.slices());
    const StackPlace output = put(made.output.rows, made.output.columns, made.output.planes);
    return {input, kernel, output};
}

class SceneMaker {
  public:
    explicit SceneMaker(const Context& context)
        : context_(context),
          theme_(context.theme()),
          room_(context.room()),
          backward_(room_.backward()) {
        scene_.stacks = stacks_of(context);
        scene_.bounds = scene_.stacks[0].bounds;
        for (const StackPlace& stack : scene_.stacks) {
            hold(stack.bounds);
        }
        lit_input_.resize(at(context.arithmetic().rows.count() * input_columns()));
        lit_weights_.resize(at(context.setup().height.kernel * context.setup().width.kernel));
        lit_outputs_.resize(at(context.arithmetic().output_cells()));
        collect_light();
    }

    VolumeScene made() {
        add_input();
        add_kernel();
        add_output();
        return std::move(scene_);
    }

  private:
    [[nodiscard]] Index input_columns() const { return context_.arithmetic().columns.count(); }

    void hold(const SpaceBounds& bounds) { scene_.bounds = united(scene_.bounds, bounds); }

    /// What is pointed at, or the sum that is computed, lights up in its weights' colours.
    void collect_light() {
        const model::Target& told = room_.told_target();
        const model::Target target = told.kind != model::Target::Kind::none ? told : room_.summed();
        if (target.kind == model::Target::Kind::none) {
            return;
        }
        const model::Trace trace = trace_of(context_.setup(), context_.arithmetic(), target);
        const Index columns = context_.arithmetic().output.columns;
        for (const model::Use& use : trace.uses) {
            lit_input_[at(use.grid.row * input_columns() + use.grid.column)] = use.weight;
            lit_weights_[at(use.weight.row * context_.setup().width.kernel + use.weight.column)] =
                use.weight;
            lit_outputs_[at(use.output.row * columns + use.output.column)] = use.weight;
        }
    }

    [[nodiscard]] Color valued(Color ink, double value, double greatest) const {
        if (room_.view != model::CellView::numbers) {
            return diverging(theme_, static_cast<float>(value), static_cast<float>(greatest));
        }
        const auto share = static_cast<float>(std::min(1.0, std::abs(value) / greatest));
        return tint(ink, 0.1F + 0.7F * share, theme_.bg2);
    }

    void add(BoxOwner owner, Color fill, Color edge) {
        const StackPlace& stack = scene_.stack(owner.stack);
        const CellPlace place =
            owner.stack == Stack::kernel ? turned_place(context_, owner.place) : owner.place;
        const Space middle =
            stack.at(owner.plane, static_cast<float>(place.row), static_cast<float>(place.column));
        scene_.boxes.push_back({.middle = {middle.x, middle.y, middle.z},
                                .size = {kCell, kCell, kDepth},
                                .fill = fill.packed(),
                                .edge = edge.packed()});
        scene_.owners.push_back(owner);
    }

    template <class Fill>
    void add_stack(Stack which, const Fill& fill) {
        const StackPlace& stack = scene_.stack(which);
        for (Index plane = 0; plane < stack.shown; ++plane) {
            for (Index row = 0; row < stack.rows; ++row) {
                for (Index column = 0; column < stack.columns; ++column) {
                    fill(BoxOwner{which, plane, {row, column}});
                }
            }
        }
    }

    /// Whether the filter in front reads the channel.
    [[nodiscard]] bool is_read(Index channel) const {
        const Index first = context_.setup().first_channel_of(room_.filter());
        return channel >= first && channel < first + context_.setup().slices();
    }

    void add_input() {
        const model::Arithmetic& made = context_.arithmetic();
        const NumberGrid& grid = backward_ ? room_.gradients().input : context_.setup().image;
        const double greatest = end_of_scale(grid.values);
        add_stack(Stack::input, [&](const BoxOwner& owner) {
            const model::Position& y = made.rows.positions[at(owner.place.row)];
            const model::Position& x = made.columns.positions[at(owner.place.column)];
            const bool pixel = y.source >= 0 && x.source >= 0;
            const double value = pixel ? grid.value(owner.plane, y.source, x.source) : 0.0;
            Color fill =
                pixel ? valued(backward_ ? theme_.grad_fill : theme_.input_fill, value, greatest)
                      : tint(theme_.pad, 0.14F, theme_.bg1);
            Color edge = tint(theme_.line3, 0.5F, theme_.bg1);
            const auto& weight =
                lit_input_[at(owner.place.row * input_columns() + owner.place.column)];
            if (weight && is_read(owner.plane)) {
                edge = identity_of(context_, *weight);
                fill = mix(fill, edge, 0.45F);
            }
            add(owner, fill, edge);
        });
    }

    void add_kernel() {
        const model::Setup& setup = context_.setup();
        const bool pooling = is_pooling(setup.operation);
        const NumberGrid& grid = backward_ && !pooling ? room_.gradients().weights : setup.weights;
        const double greatest = end_of_scale(grid.values);
        add_stack(Stack::kernel, [&](const BoxOwner& owner) {
            const Color identity = identity_of(context_, owner.place);
            Color fill = tint(identity, 0.6F, theme_.bg2);
            if (!pooling) {
                const Index plane = setup.weight_plane(room_.filter(), owner.plane);
                const double value = grid.value(plane, owner.place.row, owner.place.column);
                const bool colours = room_.view != model::CellView::numbers;
                const auto share = static_cast<float>(std::abs(value) / greatest);
                fill = colours ? valued(theme_.kernel_fill, value, greatest)
                               : tint(identity, 0.25F + 0.75F * share, theme_.bg2);
            }
            const bool lit =
                lit_weights_[at(owner.place.row * setup.width.kernel + owner.place.column)]
                    .has_value();
            add(owner, fill, lit ? identity : tint(theme_.line3, 0.5F, theme_.bg1));
        });
    }

    void add_output() {
        const model::Arithmetic& made = context_.arithmetic();
        const NumberGrid& grid = backward_ ? room_.error() : made.output;
        const double greatest = end_of_scale(grid.values);
        add_stack(Stack::output, [&](const BoxOwner& owner) {
            const double value = grid.value(owner.plane, owner.place.row, owner.place.column);
            const bool front = owner.plane == room_.filter();
            const Index step = backward_ ? 0 : room_.step_of(owner.place);
            const bool current = !backward_ && front && step == room_.playback.step;
            Color fill = valued(backward_ ? theme_.grad_fill : theme_.output_fill, value, greatest);
            Color edge = tint(theme_.line3, 0.5F, theme_.bg1);
            if (front && !backward_ && step > room_.playback.step) {
                fill = tint(theme_.output_fill, 0.03F, theme_.bg1);
            }
            const auto& weight =
                lit_outputs_[at(owner.place.row * made.output.columns + owner.place.column)];
            if (weight && front) {
                edge = identity_of(context_, *weight);
            }
            if (current) {
                fill = theme_.output_fill;
                edge = theme_.output;
            }
            add(owner, fill, edge);
        });
    }

    const Context& context_;
    const Theme& theme_;
    const model::Model& room_;
    bool backward_ = false;
    VolumeScene scene_;
    std::vector<std::optional<CellPlace>> lit_input_;
    std::vector<std::optional<CellPlace>> lit_weights_;
    std::vector<std::optional<CellPlace>> lit_outputs_;
};

}  // namespace

Space StackPlace::at(Index plane, float row, float column) const {
    const float front = step * static_cast<float>(shown - 1) / 2;
    return {left + column,
            static_cast<float>(rows - 1) / 2 - row,
            front - step * static_cast<float>(plane)};
}

VolumeScene volume_scene(const Context& context) {
    return SceneMaker(context).made();
}

}  // namespace convoscope::rooms::convolve
