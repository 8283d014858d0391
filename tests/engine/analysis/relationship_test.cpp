// The animations of the guide's authors (github.com/vdumoulin/conv_arithmetic,
// bin/generate_makefile) and the fifteen relationships of the guide, over whole ranges of sizes.

#include "engine/analysis/relationship.h"

#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "engine/analysis/output_size.h"
#include "engine/analysis/transposed_convolution.h"

using namespace convoscope;

namespace {

struct Animation {
    const char* name;
    SlidingKind kind;
    Index number;
    ConvolutionAxis axis;
    Index extent;  ///< k̂
    Index output;
    Index lost;
    TransposedAxis back;  ///< of the transposed ones
};

constexpr SlidingKind kDirect = SlidingKind::convolution;
constexpr SlidingKind kBack = SlidingKind::transposed_convolution;
constexpr SlidingKind kPool = SlidingKind::pooling;

const std::array<Animation, 19> kAnimations = {{
    {"no_padding_no_strides", kDirect, 1, {4, 3, 1, 0, 1}, 3, 2, 0, {}},
    {"arbitrary_padding_no_strides", kDirect, 2, {5, 4, 1, 2, 1}, 4, 6, 0, {}},
    {"same_padding_no_strides", kDirect, 3, {5, 3, 1, 1, 1}, 3, 5, 0, {}},
    {"full_padding_no_strides", kDirect, 4, {5, 3, 1, 2, 1}, 3, 7, 0, {}},
    {"no_padding_strides", kDirect, 5, {5, 3, 2, 0, 1}, 3, 2, 0, {}},
    {"padding_strides", kDirect, 6, {5, 3, 2, 1, 1}, 3, 3, 0, {}},
    {"padding_strides_odd", kDirect, 6, {6, 3, 2, 1, 1}, 3, 3, 1, {}},
    {"no_padding_no_strides_transposed", kBack, 8, {4, 3, 1, 0, 1}, 3, 2, 0, {2, 2, 0, 2, 4}},
    {"arbitrary_padding_no_strides_transposed",
     kBack,
     9,
     {5, 4, 1, 2, 1},
     4,
     6,
     0,
     {6, 6, 0, 1, 5}},
    {"same_padding_no_strides_transposed", kBack, 10, {5, 3, 1, 1, 1}, 3, 5, 0, {5, 5, 0, 1, 5}},
    {"full_padding_no_strides_transposed", kBack, 11, {5, 3, 1, 2, 1}, 3, 7, 0, {7, 7, 0, 0, 5}},
    {"no_padding_strides_transposed", kBack, 12, {5, 3, 2, 0, 1}, 3, 2, 0, {2, 3, 0, 2, 5}},
    {"padding_strides_transposed", kBack, 13, {5, 3, 2, 1, 1}, 3, 3, 0, {3, 5, 0, 1, 5}},
    {"padding_strides_odd_transposed", kBack, 14, {6, 3, 2, 1, 1}, 3, 3, 1, {3, 5, 1, 1, 6}},
    {"dilation", kDirect, 15, {7, 3, 1, 0, 2}, 5, 3, 0, {}},
    {"numerical_no_padding_no_strides", kDirect, 1, {5, 3, 1, 0, 1}, 3, 3, 0, {}},
    {"numerical_padding_strides", kDirect, 6, {5, 3, 2, 1, 1}, 3, 3, 0, {}},
    {"numerical_average_pooling", kPool, 7, {5, 3, 1, 0, 1}, 3, 3, 0, {}},
    {"numerical_max_pooling", kPool, 7, {5, 3, 1, 0, 1}, 3, 3, 0, {}},
}};

/// Computes what `substituted` wrote, between "o =" and the result: + − · / ⌊ ⌋ and brackets.
class Arithmetic {
  public:
    explicit Arithmetic(std::string_view text) : text_(text) {}

    Index sum() {
        Index value = product();
        while (true) {
            if (take("+")) {
                value += product();
            } else if (take("−")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

  private:
    bool take(std::string_view token) {
        while (text_.starts_with(' ')) {
            text_.remove_prefix(1);
        }
        if (!text_.starts_with(token)) {
            return false;
        }
        text_.remove_prefix(token.size());
        return true;
    }

    // Division stands in ⌊ ⌋ everywhere, so rounding at once is rounding at the end.
    Index product() {
        Index value = factor();
        while (true) {
            if (take("·") || text_.starts_with("⌊")) {
                value *= factor();
            } else if (take("/")) {
                const Index divisor = factor();
                value = value / divisor - (value % divisor < 0 ? 1 : 0);
            } else {
                return value;
            }
        }
    }

    Index factor() {
        if (take("(") || take("⌊")) {
            const Index value = sum();
            CHECK((take(")") || take("⌋")));
            return value;
        }
        take(" ");
        Index value = 0;
        CHECK((!text_.empty() && text_.front() >= '0' && text_.front() <= '9'));
        while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
            value = value * 10 + (text_.front() - '0');
            text_.remove_prefix(1);
        }
        return value;
    }

    std::string_view text_;
};

/// The formula's own result, and the one that is written after the last "=".
std::pair<Index, Index> both_sides(std::string_view text) {
    const std::size_t first = text.find("= ") + 2;
    const std::size_t last = text.rfind("= ");
    return {Arithmetic(text.substr(first, last - first)).sum(),
            Arithmetic(text.substr(last + 2)).sum()};
}

/// Calls `visit` with every possible axis of a range that meets all the cases.
template <class Visit>
void for_each_axis(const Visit& visit) {
    for (Index input = 1; input <= 9; ++input) {
        for (Index kernel = 1; kernel <= 5; ++kernel) {
            for (Index stride = 1; stride <= 4; ++stride) {
                for (Index padding = 0; padding <= 5; ++padding) {
                    for (Index dilation = 1; dilation <= 3; ++dilation) {
                        const ConvolutionAxis axis{input, kernel, stride, padding, dilation};
                        if (output_extent(axis.window(), input, "width").ok()) {
                            visit(axis);
                        }
                    }
                }
            }
        }
    }
}

}  // namespace

TEST_CASE("relationship: the nineteen animations are recognised with their numbers") {
    for (const Animation& animation : kAnimations) {
        CAPTURE(animation.name);
        CHECK(recognise(animation.axis, animation.kind).number == animation.number);
        CHECK(animation.axis.kernel_extent() == animation.extent);
        const auto coverage =
            cover(SizeConvention::floor, animation.axis.window(), animation.axis.input, "width");
        REQUIRE(coverage.ok());
        CHECK(coverage->outputs == animation.output);
        CHECK(coverage->lost == animation.lost);
        if (animation.kind == kBack) {
            const auto back = transpose(animation.axis, "width");
            REQUIRE(back.ok());
            CHECK(back->input == animation.back.input);
            CHECK(back->stretched == animation.back.stretched);
            CHECK(back->added == animation.back.added);
            CHECK(back->padding == animation.back.padding);
            CHECK(back->output == animation.back.output);
        }
    }
}

TEST_CASE("relationship: formula with numbers put in reads as one would write it") {
    const auto text = [](SlidingKind kind, const ConvolutionAxis& axis) {
        return *substituted(recognise(axis, kind), axis);
    };
    CHECK(text(kDirect, {5, 3, 2, 1, 1}) == "o = ⌊(5 + 2·1 − 3)/2⌋ + 1 = 3");
    CHECK(text(kDirect, {5, 3, 1, 1, 1}) == "o = 5 + 2⌊3/2⌋ − (3 − 1) = 5");
    CHECK(text(kDirect, {5, 3, 1, 2, 1}) == "o = 5 + 2·(3 − 1) − (3 − 1) = 7");
    CHECK(text(kDirect, {7, 3, 1, 0, 2}) == "o = ⌊(7 + 2·0 − 3 − (3 − 1)·(2 − 1))/1⌋ + 1 = 3");
    CHECK(text(kBack, {6, 3, 2, 1, 1}) == "o′ = 2·(3 − 1) + 1 + 3 − 2·1 = 6");
    CHECK(text(kBack, {5, 3, 1, 2, 1}) == "o′ = 7 − (3 − 1) = 5");
}

TEST_CASE("relationship: all fifteen are there, numbered as in the guide") {
    REQUIRE(relationships().size() == 16);
    for (std::size_t index = 0; index < 15; ++index) {
        CHECK(relationships()[index].number == static_cast<Index>(index) + 1);
    }
    CHECK(relationships()[15].number == 0);
}

TEST_CASE("relationship: the recognised formula computes the size, whatever the numbers") {
    for_each_axis([](const ConvolutionAxis& axis) {
        for (const SlidingKind kind : {kDirect, kPool, kBack}) {
            const auto text = substituted(recognise(axis, kind), axis);
            REQUIRE(text.ok());
            CAPTURE(*text);
            const auto [formula, result] = both_sides(*text);
            CHECK(formula == result);
            CHECK(result == (kind == kBack ? axis.input
                                           : *output_extent(axis.window(), axis.input, "width")));
        }
    });
}

TEST_CASE("relationship: with s > 1, s inputs share an output, which is why a is there") {
    for_each_axis([](const ConvolutionAxis& axis) {
        const Index room = axis.input + 2 * axis.padding - axis.kernel_extent();
        if (room % axis.stride != 0) {
            return;
        }
        for (Index a = 0; a < axis.stride; ++a) {
            ConvolutionAxis wider = axis;
            wider.input += a;
            const auto back = transpose(wider, "width");
            REQUIRE(back.ok());
            CHECK(back->input == *output_extent(axis.window(), axis.input, "width"));
            CHECK(back->added == a);
        }
    });
}

TEST_CASE("transposed convolution: goes back to the input's size, as PyTorch computes it too") {
    for_each_axis([](const ConvolutionAxis& axis) {
        const auto back = transpose(axis, "width");
        REQUIRE(back.ok());
        ConvolutionAxis forward = axis;
        forward.input = back->input;
        const auto extent = transposed_output_extent(forward, back->added, "width");
        REQUIRE(extent.ok());
        CHECK(*extent == axis.input);
        // The direct convolution of stride 1 over the stretched input gives the same.
        if (back->padding >= 0) {
            const Window over_stretched{.size = axis.kernel_size,
                                        .padding_begin = back->padding,
                                        .padding_end = back->padding + back->added,
                                        .dilation = axis.dilation};
            CHECK(*output_extent(over_stretched, back->stretched, "width") == axis.input);
        }
    });
}

TEST_CASE("transposed convolution: output_padding stays below stride or dilation") {
    const ConvolutionAxis axis{.input = 4, .kernel_size = 3, .stride = 2, .dilation = 3};
    CHECK(*transposed_output_extent(axis, 2, "width") == 3 * 2 + 7 + 2);
    const auto refused = transposed_output_extent(axis, 3, "width");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message ==
          "output_padding along the width is 3, expected 0 to 2, less than the larger of stride "
          "and dilation");
    CHECK_FALSE(
        transposed_output_extent({.input = 1, .kernel_size = 2, .padding = 1}, 0, "width").ok());
}
