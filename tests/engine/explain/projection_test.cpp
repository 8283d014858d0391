// Two ways to lay points of many numbers out in a plane.

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/explain/principal_components.h"
#include "engine/explain/stochastic_neighbours.h"
#include "tests/engine/explain/explain_support.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

/// Two clouds of points in five dimensions.
std::vector<double> two_clouds(Index count) {
    Random random(5, "clouds");
    std::vector<double> points;
    for (Index point = 0; point < count; ++point) {
        for (Index axis = 0; axis < 5; ++axis) {
            points.push_back(random.normal() + (point % 2 == 0 && axis < 2 ? 12.0 : 0.0));
        }
    }
    return points;
}

/// The axis of greatest variance by repeated multiplication, the variances of the others taken off.
double spread_along_best_axis(const std::vector<float>& points, Index count, Index numbers) {
    std::vector<double> axis(at(numbers), 1.0);
    std::vector<double> means(at(numbers), 0.0);
    for (Index i = 0; i < count * numbers; ++i) {
        means[at(i % numbers)] += static_cast<double>(points[at(i)]) / static_cast<double>(count);
    }
    double spread = 0.0;
    for (int round = 0; round < 500; ++round) {
        std::vector<double> next(at(numbers), 0.0);
        spread = 0.0;
        for (Index point = 0; point < count; ++point) {
            double along = 0.0;
            for (Index i = 0; i < numbers; ++i) {
                along += (static_cast<double>(points[at(point * numbers + i)]) - means[at(i)]) *
                         axis[at(i)];
            }
            spread += along * along;
            for (Index i = 0; i < numbers; ++i) {
                next[at(i)] +=
                    along * (static_cast<double>(points[at(point * numbers + i)]) - means[at(i)]);
            }
        }
        double length = 0.0;
        for (const double number : next) {
            length += number * number;
        }
        for (Index i = 0; i < numbers; ++i) {
            axis[at(i)] = next[at(i)] / std::sqrt(length);
        }
    }
    return spread;
}

}  // namespace

TEST_CASE("principal components: of points on a line the first axis is all there is") {
    std::vector<float> points;
    for (int i = 0; i < 6; ++i) {
        points.insert(points.end(), {static_cast<float>(3 * i), static_cast<float>(4 * i), 7.0F});
    }
    const PrincipalComponents found = principal_components(points, 6, 2);
    REQUIRE(found.count == 2);
    CHECK(found.shares[0] == doctest::Approx(1.0));
    for (std::size_t i = 0; i < 6; ++i) {
        CHECK(std::abs(found.coordinates[2 * i]) ==
              doctest::Approx(std::abs(5.0 * (static_cast<double>(i) - 2.5))));
        CHECK(found.coordinates[2 * i + 1] == doctest::Approx(0.0).scale(1.0));
    }
}

TEST_CASE("principal components: the first axis has the variance that power iteration finds") {
    for (const auto& [count, numbers] : {std::pair<Index, Index>{40, 6}, {7, 30}}) {
        const std::vector<float> points =
            random_image({.channels = count, .height = 1, .width = numbers});
        const PrincipalComponents found = principal_components(points, count, 2);
        double first = 0.0;
        double crossed = 0.0;
        for (Index point = 0; point < count; ++point) {
            first += std::pow(found.coordinates[at(2 * point)], 2.0);
            crossed += found.coordinates[at(2 * point)] * found.coordinates[at(2 * point + 1)];
        }
        CHECK(first ==
              doctest::Approx(spread_along_best_axis(points, count, numbers)).epsilon(1e-6));
        CHECK(crossed == doctest::Approx(0.0).scale(1.0));
        CHECK(found.shares[0] >= found.shares[1]);
    }
}

TEST_CASE("t-SNE: its gradient is that of the divergence, by moving each place a little") {
    StochasticNeighbours work(two_clouds(14), 14, {.iterations = 40});
    while (!work.step()) {  // places far enough apart to have a shape
    }
    // The divergence written out anew from the affinities, of places of its own.
    const auto divergence = [&](const std::vector<double>& places) {
        const auto close = [&](std::size_t i, std::size_t j) {
            return 1.0 / (1.0 + std::pow(places[2 * i] - places[2 * j], 2.0) +
                          std::pow(places[2 * i + 1] - places[2 * j + 1], 2.0));
        };
        double whole = 0.0;
        double sum = 0.0;
        for (std::size_t i = 0; i < 14; ++i) {
            for (std::size_t j = 0; j < 14; ++j) {
                whole += i != j ? close(i, j) : 0.0;
            }
        }
        for (std::size_t i = 0; i < 14; ++i) {
            for (std::size_t j = 0; j < 14; ++j) {
                const double wanted = work.affinities()[14 * i + j];
                sum +=
                    i != j && wanted > 0.0 ? wanted * std::log(wanted * whole / close(i, j)) : 0.0;
            }
        }
        return sum;
    };
    CHECK(work.divergence() == doctest::Approx(divergence(work.places())).epsilon(1e-6));
    const std::vector<double> gradient = work.gradient();
    for (std::size_t i = 0; i < gradient.size(); ++i) {
        std::vector<double> above = work.places();
        std::vector<double> below = work.places();
        above[i] += 1e-4;
        below[i] -= 1e-4;
        CHECK((divergence(above) - divergence(below)) / 2e-4 ==
              doctest::Approx(gradient[i]).epsilon(1e-4).scale(1e-3));
    }
}

TEST_CASE("t-SNE: the affinities add up to one, and two clouds come apart") {
    constexpr Index kPoints = 60;
    StochasticNeighbours work(two_clouds(kPoints), kPoints, {.perplexity = 10.0});
    double sum = 0.0;
    for (const double affinity : work.affinities()) {
        sum += affinity;
    }
    CHECK(sum == doctest::Approx(1.0));
    const double before = work.divergence();
    while (!work.step()) {
    }
    CHECK(work.divergence() < 0.5 * before);
    // Every point's nearest neighbour in the plane is of its own cloud.
    for (Index i = 0; i < kPoints; ++i) {
        Index nearest = -1;
        double least = HUGE_VAL;
        for (Index j = 0; j < kPoints; ++j) {
            const double distance =
                std::hypot(work.places()[at(2 * i)] - work.places()[at(2 * j)],
                           work.places()[at(2 * i + 1)] - work.places()[at(2 * j + 1)]);
            if (j != i && distance < least) {
                least = distance;
                nearest = j;
            }
        }
        CHECK(nearest % 2 == i % 2);
    }
}
