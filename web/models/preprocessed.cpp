#include "web/models/preprocessed.h"

#include <algorithm>
#include <numeric>

namespace convoscope::models {

Spread spread_of(const std::vector<float>& values) {
    if (values.empty()) {
        return {};
    }
    const auto [least, greatest] = std::ranges::minmax(values);
    return {.least = least,
            .greatest = greatest,
            .mean = std::accumulate(values.begin(), values.end(), 0.0) /
                    static_cast<double>(values.size())};
}

}  // namespace convoscope::models
