#pragma once

#include <vector>

#include "engine/core/index.h"

namespace convoscope {

/// Eigenvalues and eigenvectors of a symmetric matrix, the largest value first.
struct SymmetricEigen {
    std::vector<double> values;   ///< `[n]`
    std::vector<double> vectors;  ///< `[n][n]`, one a row, of length 1
};

/// Expects: `matrix` is `[n][n]`, symmetric and finite.
/// Source: Golub and Van Loan, "Matrix Computations", 8.3: Householder's reduction to a tridiagonal
/// matrix, then the QL algorithm with implicit shifts (EISPACK's imtql2).
[[nodiscard]] SymmetricEigen symmetric_eigen(std::vector<double> matrix, Index n);

}  // namespace convoscope
