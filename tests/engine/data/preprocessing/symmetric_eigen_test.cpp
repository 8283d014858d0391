#include "engine/data/preprocessing/symmetric_eigen.h"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"

using namespace convoscope;

namespace {

/// B Bᵀ with B of this rank, so that the rest of the values are 0.
std::vector<double> random_matrix(Index n, Index rank) {
    Random random(3, "matrix");
    std::vector<double> factor(static_cast<std::size_t>(n * rank));
    for (double& entry : factor) {
        entry = random.normal();
    }
    std::vector<double> matrix(static_cast<std::size_t>(n * n), 0.0);
    for (Index i = 0; i < n; ++i) {
        for (Index j = 0; j < n; ++j) {
            for (Index k = 0; k < rank; ++k) {
                matrix[static_cast<std::size_t>(i * n + j)] +=
                    factor[static_cast<std::size_t>(i * rank + k)] *
                    factor[static_cast<std::size_t>(j * rank + k)];
            }
        }
    }
    return matrix;
}

}  // namespace

TEST_CASE("symmetric eigen: a matrix of two rows has the values of its characteristic polynomial") {
    const SymmetricEigen eigen = symmetric_eigen({2.0, 1.0, 1.0, 2.0}, 2);
    CHECK(eigen.values[0] == doctest::Approx(3.0));
    CHECK(eigen.values[1] == doctest::Approx(1.0));
    CHECK(std::fabs(eigen.vectors[0]) == doctest::Approx(std::sqrt(0.5)));
    CHECK(eigen.vectors[0] == doctest::Approx(eigen.vectors[1]));
}

TEST_CASE("symmetric eigen: A v = value v, vectors are orthonormal, values descend") {
    for (const Index n : {1, 2, 3, 10, 41}) {
        for (const Index rank : {n, (n + 1) / 2}) {
            CAPTURE(n);
            CAPTURE(rank);
            const std::vector<double> matrix = random_matrix(n, rank);
            const SymmetricEigen eigen = symmetric_eigen(matrix, n);
            double worst = 0.0;
            for (Index a = 0; a < n; ++a) {
                const double* v = eigen.vectors.data() + a * n;
                for (Index i = 0; i < n; ++i) {
                    double product = 0.0;
                    double overlap = 0.0;
                    for (Index j = 0; j < n; ++j) {
                        product += matrix[static_cast<std::size_t>(i * n + j)] * v[j];
                        overlap += eigen.vectors[static_cast<std::size_t>(i * n + j)] * v[j];
                    }
                    const double value = eigen.values[static_cast<std::size_t>(a)];
                    worst = std::max(worst, std::fabs(product - value * v[i]));
                    worst = std::max(worst, std::fabs(overlap - (a == i ? 1.0 : 0.0)));
                }
                CHECK((a == 0 || eigen.values[static_cast<std::size_t>(a)] <=
                                     eigen.values[static_cast<std::size_t>(a - 1)]));
            }
            CHECK(worst < 1e-10);
        }
    }
}

TEST_CASE("symmetric eigen: a matrix of zeros, and one that is diagonal already") {
    CHECK(symmetric_eigen(std::vector<double>(9, 0.0), 3).values ==
          std::vector<double>{0.0, 0.0, 0.0});
    CHECK(symmetric_eigen({1.0, 0.0, 0.0, 5.0}, 2).values == std::vector<double>{5.0, 1.0});
}
