#include "web/models/inspect/softmax.h"

#include <algorithm>
#include <cmath>

namespace convoscope::models::inspect {

std::optional<Softmax> open_softmax(std::span<const float> scores, Index type) {
    const auto is_finite = [](float score) { return std::isfinite(score); };
    if (type < 0 || type >= std::ssize(scores) || !std::ranges::all_of(scores, is_finite)) {
        return std::nullopt;
    }
    Softmax softmax{.type = type, .scores = {scores.begin(), scores.end()}};
    softmax.greatest = *std::ranges::max_element(softmax.scores);
    for (const double score : softmax.scores) {
        softmax.exponentials.push_back(std::exp(score - softmax.greatest));
        softmax.sum += softmax.exponentials.back();
    }
    softmax.probability = softmax.exponentials[at(type)] / softmax.sum;
    return softmax;
}

}  // namespace convoscope::models::inspect
