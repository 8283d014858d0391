#include "engine/analysis/receptive_field.h"

#include <variant>

namespace convoscope {
namespace {

struct Axis {
    Index kernel;
    Index stride;
    Index padding_begin;
    Index dilation;
};

/// r' = r + (extent - 1)·j,  j' = j·stride,  start' = start + ((extent - 1)/2 - padding)·j
ReceptiveField after_window(const ReceptiveField& before, const std::array<Axis, 2>& axes) {
    ReceptiveField field;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const Axis& window = axes[axis];
        const Index reach = window.dilation * (window.kernel - 1);
        field.size[axis] = before.size[axis] + reach * before.jump[axis];
        field.jump[axis] = before.jump[axis] * window.stride;
        field.start[axis] = before.start[axis] + (static_cast<double>(reach) / 2.0 -
                                                  static_cast<double>(window.padding_begin)) *
                                                     static_cast<double>(before.jump[axis]);
    }
    return field;
}

struct After {
    const ReceptiveField& before;

    std::optional<ReceptiveField> operator()(const Conv2dSpec& s) const {
        return after_window(
            before,
            {Axis{s.kernel_height, s.stride_height, s.padding_top, s.dilation_height},
             Axis{s.kernel_width, s.stride_width, s.padding_left, s.dilation_width}});
    }
    std::optional<ReceptiveField> operator()(const MaxPool2dSpec& s) const {
        return after_window(
            before,
            {Axis{s.kernel_height, s.stride_height, s.padding_height, s.dilation_height},
             Axis{s.kernel_width, s.stride_width, s.padding_width, s.dilation_width}});
    }
    std::optional<ReceptiveField> operator()(const AvgPool2dSpec& s) const {
        return after_window(before,
                            {Axis{s.kernel_height, s.stride_height, s.padding_height, 1},
                             Axis{s.kernel_width, s.stride_width, s.padding_width, 1}});
    }
    std::optional<ReceptiveField> operator()(const ConvTranspose2dSpec&) const {
        return std::nullopt;
    }
    std::optional<ReceptiveField> operator()(const AdaptiveAvgPool2dSpec&) const {
        return std::nullopt;
    }
    template <PositionwiseSpec Spec>
    std::optional<ReceptiveField> operator()(const Spec&) const {
        return before;
    }
    std::optional<ReceptiveField> operator()(const FlattenSpec&) const { return std::nullopt; }
    std::optional<ReceptiveField> operator()(const LinearSpec&) const { return std::nullopt; }
};

}  // namespace

std::vector<std::optional<ReceptiveField>> receptive_fields(const NetworkSpec& spec) {
    std::vector<std::optional<ReceptiveField>> values = {ReceptiveField{}};
    for (const LayerSpec& layer : spec.layers) {
        const auto& before = values[static_cast<std::size_t>(layer.inputs.front())];
        values.push_back(before ? std::visit(After{*before}, layer.attributes) : std::nullopt);
    }
    values.erase(values.begin());
    return values;
}

}  // namespace convoscope
