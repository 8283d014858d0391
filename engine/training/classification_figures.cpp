#include "engine/training/classification_figures.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace convoscope {
namespace {

double share(Index part, Index whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Interval wilson_interval(Index successes, Index trials) {
    CONVOSCOPE_CHECK(0 <= successes && successes <= trials);
    if (trials == 0) {
        return {};
    }
    constexpr double kQuantile = 1.959963984540054;  // of the normal distribution at 97.5 %
    constexpr double kSquare = kQuantile * kQuantile;
    const auto count = static_cast<double>(trials);
    const double seen = static_cast<double>(successes) / count;
    const double middle = (seen + kSquare / (2.0 * count)) / (1.0 + kSquare / count);
    const double half = kQuantile / (1.0 + kSquare / count) *
                        std::sqrt(seen * (1.0 - seen) / count + kSquare / (4.0 * count * count));
    return {.low = std::max(0.0, middle - half), .high = std::min(1.0, middle + half)};
}

std::vector<ClassFigures> class_figures(std::span<const Index> confusion, Index classes) {
    CONVOSCOPE_CHECK(std::ssize(confusion) == classes * classes);
    std::vector<ClassFigures> figures(static_cast<std::size_t>(classes));
    const auto entry = [&](Index row, Index column) {
        return confusion[static_cast<std::size_t>(row * classes + column)];
    };
    for (Index name = 0; name < classes; ++name) {
        ClassFigures& figure = figures[static_cast<std::size_t>(name)];
        for (Index other = 0; other < classes; ++other) {
            figure.count += entry(name, other);
            figure.predicted += entry(other, name);
        }
        const Index found = entry(name, name);
        figure.precision = share(found, figure.predicted);
        figure.recall = share(found, figure.count);
        figure.f1 = share(2 * found, figure.count + figure.predicted);
    }
    return figures;
}

}  // namespace convoscope
