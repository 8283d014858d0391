#include "engine/explain/principal_components.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/data/preprocessing/symmetric_eigen.h"

namespace convoscope {
namespace {

/// `[rows][columns]`.
struct Matrix {
    Index rows = 0;
    Index columns = 0;
    std::vector<double> numbers;

    [[nodiscard]] double get(Index row, Index column) const {
        return numbers[at(row * columns + column)];
    }
};

Matrix about_mean(std::span<const float> points, Index count) {
    Matrix matrix{.rows = count, .columns = std::ssize(points) / count, .numbers = {}};
    matrix.numbers.assign(points.begin(), points.end());
    for (Index column = 0; column < matrix.columns; ++column) {
        double mean = 0.0;
        for (Index row = 0; row < count; ++row) {
            mean += matrix.get(row, column) / static_cast<double>(count);
        }
        for (Index row = 0; row < count; ++row) {
            matrix.numbers[at(row * matrix.columns + column)] -= mean;
        }
    }
    return matrix;
}

/// The sums of products of any two columns, or of any two rows.
std::vector<double> products(const Matrix& matrix, bool of_columns) {
    const Index side = of_columns ? matrix.columns : matrix.rows;
    const Index inner = of_columns ? matrix.rows : matrix.columns;
    const auto number = [&](Index i, Index k) {
        return of_columns ? matrix.get(k, i) : matrix.get(i, k);
    };
    std::vector<double> result(at(side * side));
    for (Index one = 0; one < side; ++one) {
        for (Index other = 0; other <= one; ++other) {
            double sum = 0.0;
            for (Index k = 0; k < inner; ++k) {
                sum += number(one, k) * number(other, k);
            }
            result[at(one * side + other)] = result[at(other * side + one)] = sum;
        }
    }
    return result;
}

/// The points' coordinates along one axis.
std::vector<double> along(const Matrix& matrix, const double* vector, double value, bool columns) {
    std::vector<double> coordinates(at(matrix.rows), 0.0);
    for (Index row = 0; row < matrix.rows; ++row) {
        if (!columns) {  // of inner products, the vector is the coordinates but for their length
            coordinates[at(row)] = vector[row] * std::sqrt(std::max(value, 0.0));
            continue;
        }
        for (Index k = 0; k < matrix.columns; ++k) {
            coordinates[at(row)] += matrix.get(row, k) * vector[k];
        }
    }
    const auto greatest = std::ranges::max_element(
        coordinates, {}, [](double coordinate) { return std::abs(coordinate); });
    if (*greatest < 0.0) {
        for (double& coordinate : coordinates) {
            coordinate = -coordinate;
        }
    }
    return coordinates;
}

}  // namespace

PrincipalComponents principal_components(std::span<const float> points, Index count, Index axes) {
    const Matrix matrix = about_mean(points, count);
    const bool columns = matrix.columns <= matrix.rows;
    const Index side = columns ? matrix.columns : matrix.rows;
    const SymmetricEigen eigen = symmetric_eigen(products(matrix, columns), side);
    double whole = 0.0;
    for (const double value : eigen.values) {
        whole += std::max(value, 0.0);
    }
    PrincipalComponents result{.count = std::min(axes, side), .coordinates = {}, .shares = {}};
    result.coordinates.resize(at(count * result.count));
    for (Index axis = 0; axis < result.count; ++axis) {
        const double value = std::max(eigen.values[at(axis)], 0.0);
        result.shares.push_back(whole > 0.0 ? value / whole : 0.0);
        const std::vector<double> coordinates =
            along(matrix, &eigen.vectors[at(axis * side)], value, columns);
        for (Index point = 0; point < count; ++point) {
            result.coordinates[at(point * result.count + axis)] = coordinates[at(point)];
        }
    }
    return result;
}

}  // namespace convoscope
