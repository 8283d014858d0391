// Sizes where the conventions part, with the networks and questions that they come from, and what
// counting windows one by one gives.

#include "engine/analysis/output_size.h"

#include <array>
#include <optional>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

struct ConventionCase {
    const char* where;
    Index input, kernel, stride, padding;
    Index floor, ceil;
    bool divides;
    Index same, same_begin, same_end;
    Index valid;
};

constexpr std::array<ConventionCase, 13> kCases = {{
    {"CS231n calls it impossible", 10, 3, 2, 0, 4, 5, false, 5, 0, 1, 4},
    {"SSD's third pooling", 75, 2, 2, 0, 37, 38, false, 38, 0, 1, 37},
    {"GoogLeNet's first pooling", 112, 3, 2, 0, 55, 56, false, 56, 0, 1, 55},
    {"ResNet's pooling", 112, 3, 2, 1, 56, 57, false, 56, 0, 1, 55},
    {"the picture of SAME and VALID", 13, 6, 5, 0, 2, 3, false, 3, 1, 2, 2},
    {"Darknet's last pooling", 13, 2, 1, 0, 12, 12, true, 13, 0, 1, 12},
    {"PyTorch's padding equals SAME", 7, 3, 2, 1, 4, 4, true, 4, 1, 1, 3},
    {"as large as SAME, aligned otherwise", 8, 3, 2, 1, 4, 5, false, 4, 0, 1, 3},
    {"AlexNet as its paper computes", 227, 11, 4, 0, 55, 55, true, 57, 4, 4, 55},
    {"AlexNet on 224 without padding", 224, 11, 4, 0, 54, 55, false, 56, 3, 4, 54},
    {"AlexNet in torchvision", 224, 11, 4, 2, 55, 56, false, 56, 3, 4, 54},
    {"ResNet's first convolution", 224, 7, 2, 3, 112, 113, false, 112, 2, 3, 109},
    {"ConvNetJS on CIFAR-10", 32, 5, 1, 2, 32, 32, true, 32, 2, 2, 28},
}};

AxisCoverage covered(SizeConvention convention, const Window& window, Index input) {
    const auto coverage = cover(convention, window, input, "width");
    REQUIRE_MESSAGE(coverage.ok(), coverage.error().message);
    return *coverage;
}

Window window_of(const ConventionCase& row) {
    return {.size = row.kernel,
            .stride = row.stride,
            .padding_begin = row.padding,
            .padding_end = row.padding};
}

/// True when a window that starts at `start` has a tap on `position`.
bool reads(const Window& window, Index start, Index position) {
    const Index distance = position - start;
    return distance >= 0 && distance < window.extent() && distance % window.dilation == 0;
}

}  // namespace

TEST_CASE("output size: every convention on the sizes where they part") {
    for (const ConventionCase& row : kCases) {
        CAPTURE(row.where);
        const Window window = window_of(row);
        CHECK(covered(SizeConvention::floor, window, row.input).outputs == row.floor);
        CHECK(covered(SizeConvention::ceil_mode, window, row.input).outputs == row.ceil);
        CHECK(cover(SizeConvention::must_divide, window, row.input, "width").ok() == row.divides);
        const AxisCoverage same = covered(SizeConvention::same, window, row.input);
        CHECK(same.outputs == row.same);
        CHECK(same.padding_begin == row.same_begin);
        CHECK(same.padding_end == row.same_end);
        CHECK(covered(SizeConvention::valid, window, row.input).outputs == row.valid);
    }
}

TEST_CASE("output size: a rest is refused with the numbers that a student can check") {
    const auto refused = cover(SizeConvention::must_divide, {.size = 3, .stride = 2}, 10, "height");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message ==
          "along the height the window of 3 moves over 7 positions, which the stride of 2 does not "
          "divide: 1 would be left");
    CHECK_FALSE(cover(SizeConvention::same, {.stride = 0}, 10, "height").ok());
    CHECK_FALSE(cover(SizeConvention::valid, {.size = 11}, 10, "height").ok());
}

TEST_CASE("output size: lost, invented and unread are what counting finds") {
    for (Index input = 1; input <= 9; ++input) {
        for (Index size = 1; size <= 4; ++size) {
            for (Index stride = 1; stride <= 5; ++stride) {
                for (Index padding = 0; padding <= 3; ++padding) {
                    for (Index dilation = 1; dilation <= 2; ++dilation) {
                        for (const auto convention :
                             {SizeConvention::floor, SizeConvention::ceil_mode}) {
                            const Window window{.size = size,
                                                .stride = stride,
                                                .padding_begin = padding,
                                                .padding_end = padding,
                                                .dilation = dilation};
                            const auto coverage = cover(convention, window, input, "width");
                            if (!coverage) {
                                continue;
                            }
                            Index lost = 0;
                            Index invented = 0;
                            Index unread = 0;
                            const Index end =
                                (coverage->outputs - 1) * stride - padding + window.extent();
                            for (Index position = -padding; position < input + 40; ++position) {
                                bool spanned = false;
                                bool read = false;
                                for (Index output = 0; output < coverage->outputs; ++output) {
                                    const Index start = output * stride - padding;
                                    spanned |=
                                        position >= start && position < start + window.extent();
                                    read |= reads(window, start, position);
                                }
                                const bool pixel = position >= 0 && position < input;
                                lost += position >= end && position < input + padding ? 1 : 0;
                                invented += !pixel && spanned ? 1 : 0;
                                unread += pixel && !read ? 1 : 0;
                            }
                            CHECK(coverage->lost == lost);
                            CHECK(coverage->invented == invented);
                            CHECK(coverage->unread_pixels == unread);
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("output size: SAME has an output a stride and pads no more than it must") {
    for (Index input = 1; input <= 20; ++input) {
        for (Index size = 1; size <= 7; ++size) {
            for (Index stride = 1; stride <= 4; ++stride) {
                const Window window{.size = size, .stride = stride};
                const auto coverage = cover(SizeConvention::same, window, input, "width");
                REQUIRE(coverage.ok());
                CHECK(coverage->outputs == (input + stride - 1) / stride);
                const Index total = coverage->padding_begin + coverage->padding_end;
                CHECK(coverage->padding_end - coverage->padding_begin >= 0);
                CHECK(coverage->padding_end - coverage->padding_begin <= 1);
                // One less, and the last window would not fit.
                CHECK((total == 0 || input + total - 1 < (coverage->outputs - 1) * stride + size));
            }
        }
    }
}
