#include "engine/network/join_shapes.h"

#include <string>
#include <variant>

namespace convoscope {
namespace {

std::string value_name(const NetworkSpec& spec, Index value) {
    return value == 0 ? "\"input\""
                      : "\"" + spec.layers[static_cast<std::size_t>(value - 1)].name + "\"";
}

/// What an input must share with the first one.
bool fits(const LayerAttributes& attributes, const Shape& first, const Shape& other) {
    if (std::holds_alternative<AddSpec>(attributes)) {
        return first == other;
    }
    return first.height == other.height && first.width == other.width && first.flat == other.flat;
}

}  // namespace

Status check_join(const NetworkSpec& spec, Index layer, std::span<const Shape> inputs) {
    const LayerSpec& join = spec.layers[static_cast<std::size_t>(layer)];
    if (!is_join(join.attributes)) {
        return success();
    }
    for (std::size_t input = 1; input < inputs.size(); ++input) {
        if (!fits(join.attributes, inputs[0], inputs[input])) {
            const bool add = std::holds_alternative<AddSpec>(join.attributes);
            return Error{"inputs " + value_name(spec, join.inputs[0]) + " is " + inputs[0].text() +
                         " and " + value_name(spec, join.inputs[input]) + " is " +
                         inputs[input].text() + "; expected " +
                         (add ? "the same shape" : "the same height and width")};
        }
    }
    return success();
}

}  // namespace convoscope
