#include "engine/data/preprocessing/whitening.h"

#include <algorithm>
#include <cmath>

#include "engine/data/preprocessing/symmetric_eigen.h"

namespace convoscope {
namespace {

constexpr Index kMostImages = 5000;

std::vector<double> covariance(const PixelSource& source, std::span<const float> mean) {
    const std::size_t n = mean.size();
    const Index used = std::min(source.count, kMostImages);
    std::vector<double> sums(n * n, 0.0);
    std::vector<double> centred(n);
    for (Index i = 0; i < used; ++i) {
        // Evenly over all images; in 64 bits, since the product passes 2^31.
        const auto image = static_cast<Index>(static_cast<std::int64_t>(i) * source.count / used);
        const std::span<const std::uint8_t> pixels = source.image(image);
        for (std::size_t j = 0; j < n; ++j) {
            centred[j] = pixels[j] / 255.0 - static_cast<double>(mean[j]);
        }
        for (std::size_t row = 0; row < n; ++row) {
            double* sum = sums.data() + row * n;
            const double factor = centred[row];
            for (std::size_t column = row; column < n; ++column) {
                sum[column] += factor * centred[column];
            }
        }
    }
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t column = row; column < n; ++column) {
            sums[row * n + column] /= static_cast<double>(used);
            sums[column * n + row] = sums[row * n + column];
        }
    }
    return sums;
}

/// Uᵀ with its rows scaled, turned back by U where that is wished.
std::vector<float> compose(const SymmetricEigen& eigen,
                           const std::vector<double>& scales,
                           bool back) {
    const std::size_t n = scales.size();
    std::vector<double> result(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
        const double* vector = eigen.vectors.data() + k * n;
        for (std::size_t row = back ? 0 : k; row < (back ? n : k + 1); ++row) {
            const double factor = scales[k] * (back ? vector[row] : 1.0);
            for (std::size_t column = 0; column < n; ++column) {
                result[row * n + column] += factor * vector[column];
            }
        }
    }
    return {result.begin(), result.end()};
}

std::vector<float> transposed(const std::vector<float>& matrix, std::size_t n) {
    std::vector<float> result(matrix.size());
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t column = 0; column < n; ++column) {
            result[column * n + row] = matrix[row * n + column];
        }
    }
    return result;
}

}  // namespace

WhiteningMatrices fit_whitening_matrices(const PixelSource& source,
                                         std::span<const float> mean,
                                         double epsilon,
                                         bool back) {
    const std::size_t n = mean.size();
    const SymmetricEigen eigen = symmetric_eigen(covariance(source, mean), static_cast<Index>(n));
    std::vector<double> scales(n);
    std::vector<double> inverse_scales(n);
    for (std::size_t k = 0; k < n; ++k) {
        // Rounding leaves some of the values that are 0 a little below it.
        inverse_scales[k] = std::sqrt(std::max(eigen.values[k], 0.0) + epsilon);
        scales[k] = 1.0 / inverse_scales[k];
    }
    std::vector<float> inverse = compose(eigen, inverse_scales, back);
    return {.matrix = compose(eigen, scales, back),
            .inverse = back ? std::move(inverse) : transposed(inverse, n)};
}

}  // namespace convoscope
