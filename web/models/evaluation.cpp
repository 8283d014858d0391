#include "web/models/evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace convoscope::models {
namespace {

int cell_of(const Evaluation& evaluation, int row, int column) {
    const int place = row * evaluation.classes() + column;
    return evaluation.confusion[static_cast<std::size_t>(place)];
}

}  // namespace

int Evaluation::classes() const {
    return static_cast<int>(std::lround(std::sqrt(static_cast<double>(confusion.size()))));
}

double Evaluation::half_interval() const {
    constexpr double kSquare = 1.96 * 1.96;
    const auto images = static_cast<double>(std::max<std::int64_t>(1, count));
    const double spread = accuracy * (1.0 - accuracy) / images;
    return 1.96 * std::sqrt(spread + kSquare / (4.0 * images * images)) / (1.0 + kSquare / images);
}

std::optional<double> ClassShare::share() const {
    return of > 0 ? std::optional(static_cast<double>(right) / static_cast<double>(of))
                  : std::nullopt;
}

ClassShare recall_of(const Evaluation& evaluation, int label) {
    ClassShare recall{.right = cell_of(evaluation, label, label)};
    for (int column = 0; column < evaluation.classes(); ++column) {
        recall.of += cell_of(evaluation, label, column);
    }
    return recall;
}

ClassShare precision_of(const Evaluation& evaluation, int label) {
    ClassShare precision{.right = cell_of(evaluation, label, label)};
    for (int row = 0; row < evaluation.classes(); ++row) {
        precision.of += cell_of(evaluation, row, label);
    }
    return precision;
}

}  // namespace convoscope::models
