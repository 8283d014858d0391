#include "engine/analysis/relationship.h"

#include <array>
#include <optional>

#include "engine/analysis/transposed_convolution.h"
#include "engine/core/check.h"

namespace convoscope {
namespace {

constexpr std::array<Relationship, 16> kRelationships = {{
    {1, "no padding, unit stride", "s = 1, p = 0", "o = (i − k) + 1", ""},
    {2, "padding, unit stride", "s = 1", "o = (i − k) + 2p + 1", ""},
    {3, "half (same) padding", "s = 1, k = 2n + 1, p = ⌊k/2⌋", "o = i + 2⌊k/2⌋ − (k − 1)", ""},
    {4, "full padding", "s = 1, p = k − 1", "o = i + 2(k − 1) − (k − 1)", ""},
    {5, "no padding, strides", "p = 0", "o = ⌊(i − k)/s⌋ + 1", ""},
    {6, "padding, strides", "any i, k, s, p", "o = ⌊(i + 2p − k)/s⌋ + 1", ""},
    {7, "pooling", "p = 0", "o = ⌊(i − k)/s⌋ + 1", ""},
    {8,
     "transposed: no padding, unit stride",
     "s = 1, p = 0",
     "o′ = i′ + (k − 1)",
     "k′ = k, s′ = 1, p′ = k − 1"},
    {9,
     "transposed: padding, unit stride",
     "s = 1",
     "o′ = i′ + (k − 1) − 2p",
     "k′ = k, s′ = 1, p′ = k − p − 1"},
    {10,
     "transposed: half (same) padding",
     "s = 1, k = 2n + 1, p = ⌊k/2⌋",
     "o′ = i′ + (k − 1) − 2p",
     "k′ = k, s′ = 1, p′ = p"},
    {11,
     "transposed: full padding",
     "s = 1, p = k − 1",
     "o′ = i′ − (k − 1)",
     "k′ = k, s′ = 1, p′ = 0"},
    {12,
     "transposed: no padding, strides",
     "p = 0, s divides i − k",
     "o′ = s(i′ − 1) + k",
     "s − 1 zeros between pixels, k′ = k, s′ = 1, p′ = k − 1"},
    {13,
     "transposed: padding, strides",
     "s divides i + 2p − k",
     "o′ = s(i′ − 1) + k − 2p",
     "s − 1 zeros between pixels, k′ = k, s′ = 1, p′ = k − p − 1"},
    {14,
     "transposed: padding, strides, odd",
     "any i, k, s, p; a = (i + 2p − k) mod s",
     "o′ = s(i′ − 1) + a + k − 2p",
     "s − 1 zeros between pixels, a more at the end, k′ = k, s′ = 1, p′ = k − p − 1"},
    {15,
     "dilated",
     "any i, k, s, p, d; k̂ = k + (k − 1)(d − 1)",
     "o = ⌊(i + 2p − k − (k − 1)(d − 1))/s⌋ + 1",
     ""},
    {0,
     "transposed: dilated",
     "any i, k, s, p, d; a = (i + 2p − k̂) mod s",
     "o′ = s(i′ − 1) + a + d(k − 1) + 1 − 2p",
     "s − 1 zeros between pixels, a more at the end, k̂′ = k̂, s′ = 1, p′ = k̂ − p − 1"},
}};

constexpr std::size_t kDilated = 14;
constexpr std::size_t kDilatedTransposed = 15;
constexpr std::string_view kPrime = "′";

/// Padding at unit stride: 0 none, 1 any, 2 half, 3 full; the order of both families of four.
std::size_t unit_stride_case(const ConvolutionAxis& axis) {
    if (axis.padding == 0) {
        return 0;
    }
    if (axis.kernel_size % 2 == 1 && axis.padding == axis.kernel_size / 2) {
        return 2;
    }
    return axis.padding == axis.kernel_size - 1 ? 3 : 1;
}

std::size_t transposed_case(const ConvolutionAxis& axis) {
    if (axis.dilation > 1) {
        return kDilatedTransposed;
    }
    if (axis.stride == 1) {
        return 7 + unit_stride_case(axis);
    }
    const Index room = axis.input + 2 * axis.padding - axis.kernel_size;
    if (room % axis.stride != 0) {
        return 13;
    }
    return axis.padding == 0 ? 11 : 12;
}

std::size_t direct_case(const ConvolutionAxis& axis, SlidingKind kind) {
    if (axis.dilation > 1) {
        return kDilated;
    }
    if (kind == SlidingKind::pooling) {
        return axis.padding == 0 ? 6 : 5;
    }
    if (axis.stride == 1) {
        return unit_stride_case(axis);
    }
    return axis.padding == 0 ? 4 : 5;
}

/// The symbol's value; nothing for `o` and everything that is no symbol.
std::optional<Index> value_of(char symbol,
                              bool primed,
                              const ConvolutionAxis& axis,
                              const TransposedAxis& back) {
    switch (symbol) {
        case 'i':
            return primed ? back.input : axis.input;
        case 'k':
            return axis.kernel_size;
        case 's':
            return axis.stride;
        case 'p':
            return axis.padding;
        case 'd':
            return axis.dilation;
        case 'a':
            return back.added;
        default:
            return std::nullopt;
    }
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::span<const Relationship> relationships() {
    return kRelationships;
}

const Relationship& recognise(const ConvolutionAxis& axis, SlidingKind kind) {
    CONVOSCOPE_CHECK(axis.stride > 0 && axis.kernel_size > 0 && axis.dilation > 0);
    return kRelationships[kind == SlidingKind::transposed_convolution ? transposed_case(axis)
                                                                      : direct_case(axis, kind)];
}

Result<std::string> substituted(const Relationship& relationship, const ConvolutionAxis& axis) {
    const Result<TransposedAxis> back = transpose(axis, "axis");
    if (!back) {
        return back.error();
    }
    std::string text;
    bool after_factor = false;  // a number or a closing bracket: what follows multiplies it
    std::string_view rest = relationship.formula;
    while (!rest.empty()) {
        const bool primed = rest.substr(1).starts_with(kPrime);
        const std::optional<Index> value = value_of(rest.front(), primed, axis, *back);
        if (after_factor && (value || rest.front() == '(')) {
            text += "·";
        }
        text += value ? std::to_string(*value) : std::string(1, rest.front());
        after_factor = value || is_digit(rest.front()) || rest.front() == ')';
        rest.remove_prefix(value && primed ? 1 + kPrime.size() : 1);
    }
    const bool is_transposed = relationship.formula.substr(1).starts_with(kPrime);
    return text + " = " + std::to_string(is_transposed ? back->output : back->input);
}

}  // namespace convoscope
