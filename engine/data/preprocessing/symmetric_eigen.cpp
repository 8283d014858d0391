#include "engine/data/preprocessing/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/core/check.h"

namespace convoscope {
namespace {

/// `row += factor * other`: where the time goes, over memory that lies in order.
void add_scaled(double* row, double factor, const double* other, Index count) {
    for (Index i = 0; i < count; ++i) {
        row[i] += factor * other[i];
    }
}

/// A symmetric matrix as Q T Qᵀ, T tridiagonal.
struct Reduction {
    std::vector<double> diagonal;
    std::vector<double> below;       ///< `below[i]` is T's entry (i + 1, i); the last is 0
    std::vector<double> transposed;  ///< Qᵀ
};

/// The reflection I - scale v vᵀ that takes all but the first of a column's entries away.
struct Reflection {
    double scale = 0.0;
    double remaining = 0.0;  ///< what becomes of the first entry
};

Reflection make_reflection(std::vector<double>& v, Index begin) {
    const double norm =
        std::sqrt(std::inner_product(v.begin() + begin, v.end(), v.begin() + begin, 0.0));
    if (norm == 0.0) {
        return {};
    }
    double& head = v[at(begin)];
    const double remaining = head < 0.0 ? norm : -norm;
    head -= remaining;
    const double length = std::inner_product(v.begin() + begin, v.end(), v.begin() + begin, 0.0);
    return {.scale = 2.0 / length, .remaining = remaining};
}

/// A = H A H on the rows and columns from `begin` on.
void reflect_both_sides(
    std::vector<double>& matrix, Index n, Index begin, const std::vector<double>& v, double scale) {
    const Index count = n - begin;
    std::vector<double> product(at(n), 0.0);
    for (Index i = begin; i < n; ++i) {
        add_scaled(product.data() + begin, scale * v[at(i)], matrix.data() + i * n + begin, count);
    }
    const double overlap =
        std::inner_product(v.begin() + begin, v.end(), product.begin() + begin, 0.0);
    add_scaled(product.data() + begin, -0.5 * scale * overlap, v.data() + begin, count);
    for (Index i = begin; i < n; ++i) {
        double* row = matrix.data() + i * n + begin;
        add_scaled(row, -v[at(i)], product.data() + begin, count);
        add_scaled(row, -product[at(i)], v.data() + begin, count);
    }
}

/// Z = H Z; only rows from `begin` on change.
void reflect_rows(
    std::vector<double>& z, Index n, Index begin, const std::vector<double>& v, double scale) {
    std::vector<double> sum(at(n), 0.0);
    for (Index i = begin; i < n; ++i) {
        add_scaled(sum.data(), v[at(i)], z.data() + i * n, n);
    }
    for (Index i = begin; i < n; ++i) {
        add_scaled(z.data() + i * n, -scale * v[at(i)], sum.data(), n);
    }
}

Reduction reduce(std::vector<double> matrix, Index n) {
    Reduction reduction{.diagonal = std::vector<double>(at(n)),
                        .below = std::vector<double>(at(n), 0.0),
                        .transposed = std::vector<double>(at(n * n), 0.0)};
    for (Index i = 0; i < n; ++i) {
        reduction.transposed[at(i * n + i)] = 1.0;
    }
    std::vector<double> v(at(n));
    for (Index column = 0; column + 1 < n; ++column) {
        const Index begin = column + 1;
        std::ranges::fill(v, 0.0);
        for (Index i = begin; i < n; ++i) {
            v[at(i)] = matrix[at(i * n + column)];
        }
        const Reflection reflection = make_reflection(v, begin);
        reduction.below[at(column)] = reflection.remaining;
        if (reflection.scale != 0.0) {
            reflect_both_sides(matrix, n, begin, v, reflection.scale);
            reflect_rows(reduction.transposed, n, begin, v, reflection.scale);
        }
    }
    for (Index i = 0; i < n; ++i) {
        reduction.diagonal[at(i)] = matrix[at(i * n + i)];
    }
    return reduction;
}

/// Turns two rows of vectors in their plane.
void rotate(double* row, double* next, double cosine, double sine, Index n) {
    for (Index k = 0; k < n; ++k) {
        const double other = next[k];
        next[k] = sine * row[k] + cosine * other;
        row[k] = cosine * row[k] - sine * other;
    }
}

/// What is rounding error beside the largest entries.
double negligible(const Reduction& t) {
    double largest = 0.0;
    for (const std::vector<double>* entries : {&t.diagonal, &t.below}) {
        for (const double entry : *entries) {
            largest = std::max(largest, std::fabs(entry));
        }
    }
    return std::numeric_limits<double>::epsilon() * largest;
}

/// The first place from `begin` on where T falls into two parts.
Index find_split(const std::vector<double>& below, Index begin, double tolerance) {
    Index place = begin;
    while (place + 1 < static_cast<Index>(below.size()) &&
           std::fabs(below[at(place)]) > tolerance) {
        ++place;
    }
    return place;
}

/// One sweep with an implicit shift over the part of T from `begin` to `end`.
void sweep(Reduction& t, Index begin, Index end) {
    const auto n = static_cast<Index>(t.diagonal.size());
    std::vector<double>& d = t.diagonal;
    std::vector<double>& e = t.below;
    double g = (d[at(begin + 1)] - d[at(begin)]) / (2.0 * e[at(begin)]);
    g = d[at(end)] - d[at(begin)] + e[at(begin)] / (g + std::copysign(std::hypot(g, 1.0), g));
    double sine = 1.0;
    double cosine = 1.0;
    double shift = 0.0;
    for (Index i = end - 1; i >= begin; --i) {
        const double f = sine * e[at(i)];
        const double b = cosine * e[at(i)];
        const double r = std::hypot(f, g);
        e[at(i + 1)] = r;
        if (r == 0.0) {
            d[at(i + 1)] -= shift;
            e[at(end)] = 0.0;
            return;
        }
        sine = f / r;
        cosine = g / r;
        g = d[at(i + 1)] - shift;
        const double turned = (d[at(i)] - g) * sine + 2.0 * cosine * b;
        shift = sine * turned;
        d[at(i + 1)] = g + shift;
        g = cosine * turned - b;
        double* row = t.transposed.data() + i * n;
        rotate(row, row + n, cosine, sine, n);
    }
    d[at(begin)] -= shift;
    e[at(begin)] = g;
    e[at(end)] = 0.0;
}

void make_diagonal(Reduction& t) {
    constexpr int kMostSweeps = 60;  // three suffice as a rule
    const auto n = static_cast<Index>(t.diagonal.size());
    const double tolerance = negligible(t);
    for (Index begin = 0; begin < n; ++begin) {
        for (int sweeps = 0;; ++sweeps) {
            const Index end = find_split(t.below, begin, tolerance);
            if (end == begin) {
                break;
            }
            CONVOSCOPE_CHECK(sweeps < kMostSweeps);
            sweep(t, begin, end);
        }
    }
}

}  // namespace

SymmetricEigen symmetric_eigen(std::vector<double> matrix, Index n) {
    Reduction reduction = reduce(std::move(matrix), n);
    make_diagonal(reduction);
    std::vector<Index> order(at(n));
    std::iota(order.begin(), order.end(), Index{0});
    std::ranges::sort(order, [&](Index a, Index b) {
        return reduction.diagonal[at(a)] > reduction.diagonal[at(b)];
    });
    SymmetricEigen result{.values = {}, .vectors = {}};
    for (const Index i : order) {
        result.values.push_back(reduction.diagonal[at(i)]);
        const auto row = reduction.transposed.begin() + i * n;
        result.vectors.insert(result.vectors.end(), row, row + n);
    }
    return result;
}

}  // namespace convoscope
