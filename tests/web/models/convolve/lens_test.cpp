#include "web/models/convolve/lens.h"

#include <set>
#include <utility>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/kernels/im2col.h"
#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/convolve_link.h"
#include "web/models/convolve/operation_geometry.h"

using namespace convoscope;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;
using convoscope::testing::uneven_error;
using convoscope::testing::with_channels;

namespace {

/// Matrix times `across`.
std::vector<double> product_of(const LensMatrix& matrix) {
    std::vector<double> sums(at(matrix.rows));
    for (const MatrixEntry& entry : matrix.entries) {
        sums[at(entry.row)] += entry.value * matrix.across[at(entry.column)];
    }
    return sums;
}

void check_product(const LensMatrix& matrix) {
    REQUIRE_FALSE(matrix.too_large);
    CHECK(matrix.count == std::ssize(matrix.entries));
    REQUIRE(std::ssize(matrix.across) == matrix.columns);
    REQUIRE(std::ssize(matrix.down) == matrix.rows);
    const std::vector<double> sums = product_of(matrix);
    for (Index row = 0; row < matrix.rows; ++row) {
        CAPTURE(row);
        CHECK(sums[at(row)] == doctest::Approx(matrix.down[at(row)]));
    }
}

/// Every filter's matrices, forth and back, against the engine.
void check_all(const Setup& setup) {
    const Arithmetic made = compute(setup);
    REQUIRE(made.possible());
    const NumberGrid error = uneven_error(made.output);
    const Gradients gradients = gradients_of(setup, made, error);
    for (Index filter = 0; filter < setup.output_planes(); ++filter) {
        const Index channel = setup.first_channel_of(filter);
        LensView view{.setup = setup, .arithmetic = made, .filter = filter, .channel = channel};
        check_product(sparse_matrix(view));
        if (setup.operation != Operation::max_pool) {
            check_product(window_matrix(view));
        }
        view.error = &error;
        view.gradients = &gradients;
        check_product(sparse_matrix(view));
        if (!is_pooling(setup.operation)) {
            check_product(window_matrix(view));
        }
    }
}

using Place = std::pair<Index, Index>;
std::set<std::pair<Place, double>> placed(const LensMatrix& matrix, bool transposed) {
    std::set<std::pair<Place, double>> entries;
    for (const MatrixEntry& entry : matrix.entries) {
        const Place place =
            transposed ? Place{entry.column, entry.row} : Place{entry.row, entry.column};
        entries.insert({place, entry.value});
    }
    return entries;
}

}  // namespace

TEST_CASE(
    "convolve lens: the matrix times the input is the engine's output, and its transpose times the "
    "error the gradient") {
    check_all(square_setup(6, 3, 1, 0));
    check_all(square_setup(7, 3, 2, 1));
    check_all(square_setup(7, 3, 1, 2, 2));
    Setup turned = square_setup(5, 3, 1, 1);
    turned.turn_kernel = true;
    check_all(turned);
    for (const PaddingMode mode :
         {PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular}) {
        Setup setup = square_setup(5, 3, 1, 2);
        setup.padding_mode = mode;
        check_all(setup);
    }
}

TEST_CASE("convolve lens: with channels, groups, stretched zeros and pooling") {
    for (const Operation operation : {Operation::convolution,
                                      Operation::transposed,
                                      Operation::max_pool,
                                      Operation::average_pool}) {
        Setup setup = with_channels(square_setup(5, 3, 2, 1), 4, 4, 2);
        setup.operation = operation;
        check_all(setup);
    }
}

TEST_CASE(
    "convolve lens: the matrix of the transposed convolution is the direct one's, transposed") {
    // Dumoulin and Visin, section 4.1: the direct convolution goes from the transposed one's output
    // to its input.
    Setup back = square_setup(3, 3, 2, 1);
    back.operation = Operation::transposed;
    const Arithmetic back_made = compute(back);
    Setup direct = square_setup(back_made.output.rows, 3, 2, 1);
    direct.weights = back.weights;
    const Arithmetic direct_made = compute(direct);
    REQUIRE(direct_made.output.rows == 3);
    const LensMatrix there = sparse_matrix({.setup = direct, .arithmetic = direct_made});
    const LensMatrix again = sparse_matrix({.setup = back, .arithmetic = back_made});
    CHECK(there.rows == again.columns);
    CHECK(there.columns == again.rows);
    CHECK(placed(there, true) == placed(again, false));
}

TEST_CASE("convolve lens: without padding each of 9 weights stands in each of 25 rows") {
    const Setup setup = square_setup(7, 3, 1, 0);
    const LensMatrix matrix = sparse_matrix({.setup = setup, .arithmetic = compute(setup)});
    CHECK(matrix.rows == 25);
    CHECK(matrix.columns == 49);
    CHECK(matrix.entries.size() == 225);
}

TEST_CASE("convolve lens: the written-out windows are the engine's im2col") {
    const Setup setup = with_channels(square_setup(5, 3, 2, 1), 2, 1, 1);
    const Arithmetic made = compute(setup);
    const LensMatrix matrix = window_matrix({.setup = setup, .arithmetic = made});
    const NumberGrid grid = written_out(setup.image, made.rows, made.columns);
    const kernels::Conv2dGeometry geometry = geometry_over(grid, setup, made);
    std::vector<float> input(grid.values.size() * at(kLanes));
    for (Index i = 0; i < std::ssize(input); ++i) {
        const Index channel = i / kLanes % grid.planes;
        const Index cell = i / kLanes / grid.planes;
        input[at(i)] = static_cast<float>(grid.values[at(channel * grid.plane_cells() + cell)]);
    }
    std::vector<float> patches(at(matrix.rows * matrix.columns * kLanes));
    kernels::im2col(geometry, input, patches);
    const Index taps = 9;
    REQUIRE(std::ssize(matrix.entries) == matrix.rows * matrix.columns);
    for (const MatrixEntry& entry : matrix.entries) {
        const Index channel = entry.column / taps;
        const Index tap = entry.column % taps;
        const Index place = (entry.row * taps + tap) * setup.input_channels + channel;
        CHECK(entry.value == static_cast<double>(patches[at(place * kLanes)]));
    }
}

TEST_CASE("convolve lens: what is too large is said to be, and the link keeps the lens") {
    Model model;
    model.set_lens(Lens::matrix);
    CHECK(model.matrix().rows == model.arithmetic().output_cells());
    Model opened;
    for (const auto& [name, value] : link_pairs(model)) {
        CHECK(apply_pair(opened, name, value));
    }
    CHECK(opened.lens() == Lens::matrix);
    model.change([](Setup& setup) { setup = with_channels(square_setup(32, 5, 1, 2), 8, 2, 1); });
    CHECK(model.matrix().too_large);
    CHECK(model.matrix().entries.empty());
    model.set_lens(Lens::window);
    CHECK(model.matrix().rows == 0);
}

TEST_CASE("convolve lens: the entries of what is too large to write out are counted all the same") {
    Model model;
    model.change([](Setup& setup) { setup = square_setup(32, 11, 1, 5); });
    model.set_lens(Lens::matrix);
    REQUIRE(model.matrix().too_large);
    // Of 32 windows of 11, the five at either end lack 5, 4, 3, 2 and 1 of their places.
    constexpr Index kAlong = 32 * 11 - 2 * (5 + 4 + 3 + 2 + 1);
    CHECK(model.matrix().count == kAlong * kAlong);
}
