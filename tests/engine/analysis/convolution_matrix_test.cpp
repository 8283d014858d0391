// The convolution as a matrix, as im2col, and by who uses what: each against its definition.

#include "engine/analysis/convolution_matrix.h"

#include <array>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/tap_usage.h"
#include "engine/core/random.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/kernels/reference/max_pool2d_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using convoscope::tests::largest_difference;
using kernels::Conv2dGeometry;

namespace {

Conv2dGeometry geometry_of(const Shape& input,
                           Index out_channels,
                           const Window& vertical,
                           const Window& horizontal,
                           Index groups = 1) {
    return {.input = input,
            .output = {.channels = out_channels,
                       .height = *output_extent(vertical, input.height, "height"),
                       .width = *output_extent(horizontal, input.width, "width")},
            .vertical = vertical,
            .horizontal = horizontal,
            .groups = groups};
}

Conv2dGeometry square(Index input, const Window& window) {
    return geometry_of({.channels = 1, .height = input, .width = input}, 1, window, window);
}

std::vector<double> random_numbers(Random& random, Index count) {
    std::vector<double> numbers(at(count));
    for (double& number : numbers) {
        number = random.uniform(-1.0, 1.0);
    }
    return numbers;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

std::vector<double> direct(const Conv2dGeometry& geometry,
                           const std::vector<double>& input,
                           const std::vector<double>& weights) {
    std::vector<double> output(at(geometry.output.element_count()));
    kernels::reference::conv2d_forward(geometry, input, weights, {}, output);
    return output;
}

/// Geometries of every kind: groups, axes that differ, strides with rests, dilation.
std::vector<Conv2dGeometry> assorted_geometries() {
    const Shape four{.channels = 4, .height = 6, .width = 7};
    return {
        square(4, {.size = 3}),
        square(5, {.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1}),
        square(6, {.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1}),
        square(7, {.size = 3, .dilation = 2}),
        geometry_of(four, 3, {.size = 2, .padding_end = 1}, {.size = 3, .stride = 3}),
        geometry_of(four, 6, {.size = 3}, {.size = 1, .stride = 2}, 2),
        geometry_of(four, 8, {.size = 3, .padding_begin = 2, .padding_end = 2}, {.size = 2}, 4),
    };
}

constexpr std::array<double, 25> kGuideInput = {3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2,
                                                2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1};
constexpr std::array<double, 9> kGuideKernel = {0, 1, 2, 2, 2, 0, 0, 1, 2};

}  // namespace

TEST_CASE("convolution matrix: i = 4, k = 3 is 4 x 16 with nine weights a row") {
    const auto matrix = convolution_matrix(square(4, {.size = 3}));
    REQUIRE(matrix.ok());
    CHECK(matrix->rows == 4);
    CHECK(matrix->columns == 16);
    REQUIRE(matrix->entries.size() == 36);
    for (Index row = 0; row < 4; ++row) {
        for (Index weight = 0; weight < 9; ++weight) {
            const auto& entry = matrix->entries[at(row * 9 + weight)];
            CHECK(entry.row == row);
            CHECK(entry.weight == weight);
            CHECK(entry.column == (row / 2 + weight / 3) * 4 + row % 2 + weight % 3);
        }
    }
}

TEST_CASE("convolution matrix: the numbers of the guide's figures") {
    const Window plain{.size = 3};
    const Window strided{.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1};
    CHECK(convolution_matrix(square(5, plain))->multiply(kGuideKernel, kGuideInput) ==
          std::vector<double>{12, 12, 17, 10, 17, 19, 9, 6, 14});
    CHECK(convolution_matrix(square(5, strided))->multiply(kGuideKernel, kGuideInput) ==
          std::vector<double>{6, 17, 3, 8, 17, 13, 6, 4, 4});
    const std::array<double, 9> ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    CHECK(convolution_matrix(square(5, plain))->multiply(ones, kGuideInput) ==
          std::vector<double>{15, 15, 15, 9, 11, 16, 10, 7, 12});
}

TEST_CASE("max pooling: the numbers of the guide's figure") {
    const kernels::Pool2dGeometry geometry{.input = {.channels = 1, .height = 5, .width = 5},
                                           .output = {.channels = 1, .height = 3, .width = 3},
                                           .vertical = {.size = 3},
                                           .horizontal = {.size = 3}};
    std::vector<double> output(9);
    std::vector<Index> winners(9);
    kernels::reference::max_pool2d_forward(geometry, kGuideInput, output, winners);
    CHECK(output == std::vector<double>{3, 3, 3, 3, 3, 3, 3, 2, 3});
}

TEST_CASE("convolution matrix: C times the input is the convolution") {
    Random random(1, "matrix");
    for (const Conv2dGeometry& geometry : assorted_geometries()) {
        const auto input = random_numbers(random, geometry.input.element_count());
        const auto weights = random_numbers(random, geometry.weight_count());
        const auto matrix = convolution_matrix(geometry);
        REQUIRE(matrix.ok());
        CHECK(largest_difference(matrix->multiply(weights, input),
                                 direct(geometry, input, weights)) < 1e-12);
    }
}

TEST_CASE("convolution matrix: its transpose is the input's gradient") {
    Random random(2, "matrix");
    for (const Conv2dGeometry& geometry : assorted_geometries()) {
        const auto input = random_numbers(random, geometry.input.element_count());
        const auto weights = random_numbers(random, geometry.weight_count());
        const auto d_output = random_numbers(random, geometry.output.element_count());
        const auto matrix = convolution_matrix(geometry);
        REQUIRE(matrix.ok());
        const auto back = transposed(*matrix).multiply(weights, d_output);
        std::vector<double> d_input(input.size());
        kernels::reference::conv2d_backward_input(geometry, weights, d_output, d_input);
        CHECK(largest_difference(back, d_input) < 1e-12);
        // ⟨C x, y⟩ = ⟨x, Cᵀ y⟩
        CHECK(dot(matrix->multiply(weights, input), d_output) == doctest::Approx(dot(input, back)));
        CHECK(transposed(transposed(*matrix)).entries == matrix->entries);
    }
}

TEST_CASE("im2col: weights times the columns are the convolution, group by group") {
    Random random(3, "im2col");
    for (const Conv2dGeometry& geometry : assorted_geometries()) {
        const auto input = random_numbers(random, geometry.input.element_count());
        const auto weights = random_numbers(random, geometry.weight_count());
        std::vector<double> output;
        for (Index group = 0; group < geometry.groups; ++group) {
            const auto columns = im2col(geometry, group);
            REQUIRE(columns.ok());
            const std::vector<double> numbers = columns->gather(input);
            for (Index out = 0; out < geometry.group_out_channels(); ++out) {
                const Index channel = group * geometry.group_out_channels() + out;
                for (Index column = 0; column < columns->columns; ++column) {
                    double sum = 0.0;
                    for (Index row = 0; row < columns->rows; ++row) {
                        sum += weights[at(channel * columns->rows + row)] *
                               numbers[at(row * columns->columns + column)];
                    }
                    output.push_back(sum);
                }
            }
        }
        CHECK(largest_difference(output, direct(geometry, input, weights)) < 1e-12);
    }
}

TEST_CASE("im2col: AlexNet's first convolution makes 363 x 3025") {
    const Window window{.size = 11, .stride = 4};
    const auto columns =
        im2col(geometry_of({.channels = 3, .height = 227, .width = 227}, 96, window, window), 0);
    REQUIRE(columns.ok());
    CHECK(columns->rows == 363);
    CHECK(columns->columns == 3025);
}

TEST_CASE("convolution matrix: one too large to look at is refused before memory is taken") {
    const Window window{.size = 3, .padding_begin = 1, .padding_end = 1};
    const auto geometry =
        geometry_of({.channels = 64, .height = 224, .width = 224}, 64, window, window);
    CHECK_FALSE(convolution_matrix(geometry).ok());
    CHECK_FALSE(im2col(geometry, 0).ok());
}

TEST_CASE("properties: a strided convolution samples the one of stride 1") {
    Random random(4, "stride");
    const auto input = random_numbers(random, 81);
    const auto weights = random_numbers(random, 9);
    const auto every = square(9, {.size = 3, .padding_begin = 1, .padding_end = 1});
    const auto all = direct(every, input, weights);
    for (Index stride = 2; stride <= 4; ++stride) {
        const auto geometry =
            square(9, {.size = 3, .stride = stride, .padding_begin = 1, .padding_end = 1});
        const auto some = direct(geometry, input, weights);
        for (Index row = 0; row < geometry.output.height; ++row) {
            for (Index column = 0; column < geometry.output.width; ++column) {
                CHECK(some[at(row * geometry.output.width + column)] ==
                      all[at(row * stride * every.output.width + column * stride)]);
            }
        }
    }
}

TEST_CASE("properties: a dilated kernel is one with zeros between its weights") {
    Random random(5, "dilation");
    const auto input = random_numbers(random, 100);
    const auto weights = random_numbers(random, 9);
    std::vector<double> stuffed(25, 0.0);
    for (Index tap = 0; tap < 9; ++tap) {
        stuffed[at(tap / 3 * 10 + tap % 3 * 2)] = weights[at(tap)];
    }
    CHECK(largest_difference(direct(square(10, {.size = 3, .dilation = 2}), input, weights),
                             direct(square(10, {.size = 5}), input, stuffed)) < 1e-12);
}

TEST_CASE("properties: groups are blocks on the diagonal") {
    Random random(6, "groups");
    const Shape shape{.channels = 4, .height = 5, .width = 5};
    const Window window{.size = 3};
    const auto grouped = geometry_of(shape, 6, window, window, 2);
    const auto dense = geometry_of(shape, 6, window, window);
    const auto input = random_numbers(random, shape.element_count());
    const auto weights = random_numbers(random, grouped.weight_count());
    std::vector<double> blocks(at(dense.weight_count()), 0.0);
    for (Index out = 0; out < 6; ++out) {
        for (Index weight = 0; weight < 18; ++weight) {
            blocks[at(out * 36 + out / 3 * 18 + weight)] = weights[at(out * 18 + weight)];
        }
    }
    CHECK(largest_difference(direct(grouped, input, weights), direct(dense, input, blocks)) <
          1e-12);
}

TEST_CASE("tap usage: counts are those of all readings, whatever the geometry") {
    for (Index size = 1; size <= 4; ++size) {
        for (Index stride = 1; stride <= 3; ++stride) {
            for (Index padding = 0; padding <= 3; ++padding) {
                for (Index dilation = 1; dilation <= 2; ++dilation) {
                    const Window window{.size = size,
                                        .stride = stride,
                                        .padding_begin = padding,
                                        .padding_end = padding,
                                        .dilation = dilation};
                    const Index input = 7;
                    const auto outputs = output_extent(window, input, "width");
                    if (!outputs) {
                        continue;
                    }
                    std::vector<Index> pixels(at(input));
                    std::vector<Index> weights(at(size));
                    for (const TapReading& reading : tap_readings(window, *outputs)) {
                        if (reading.input >= 0 && reading.input < input) {
                            ++pixels[at(reading.input)];
                            ++weights[at(reading.tap)];
                        }
                    }
                    const AxisUsage usage = count_usage(window, input, *outputs);
                    CHECK(usage.of_pixels == pixels);
                    CHECK(usage.of_weights == weights);
                    CHECK(usage.of_each_weight == *outputs);
                }
            }
        }
    }
}

TEST_CASE("tap usage: an inner pixel is read by every tap at stride 1, a corner by one") {
    const AxisUsage valid = count_usage({.size = 3}, 7, 5);
    CHECK(valid.of_pixels == std::vector<Index>{1, 2, 3, 3, 3, 2, 1});
    CHECK(valid.of_weights == std::vector<Index>{5, 5, 5});
    const AxisUsage same = count_usage({.size = 3, .padding_begin = 1, .padding_end = 1}, 5, 5);
    CHECK(same.of_pixels == std::vector<Index>{2, 3, 3, 3, 2});
    CHECK(same.of_weights == std::vector<Index>{4, 5, 4});
}
