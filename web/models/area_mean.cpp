#include "web/models/area_mean.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace convoscope::models {
namespace {

/// What a pixel of the smaller plane covers of one axis of the larger one: `weights` of the pixels
/// from `first` on, which add up to 1.
struct Cover {
    Index first = 0;
    std::vector<double> weights;
};

std::vector<Cover> covers_of(Index from, Index to) {
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    std::vector<Cover> covers(at(to));
    for (Index small = 0; small < to; ++small) {
        const double begin = static_cast<double>(small) * scale;
        const double end = static_cast<double>(small + 1) * scale;
        Cover& cover = covers[at(small)];
        cover.first = static_cast<Index>(std::floor(begin));
        const Index last = std::min(from, static_cast<Index>(std::ceil(end)));
        for (Index place = cover.first; place < last; ++place) {
            const double left = std::max(begin, static_cast<double>(place));
            const double right = std::min(end, static_cast<double>(place + 1));
            cover.weights.push_back(std::max(0.0, right - left) / scale);
        }
    }
    return covers;
}

}  // namespace

std::vector<float> area_means(std::span<const std::uint8_t> plane, PlaneSize from, PlaneSize to) {
    const std::vector<Cover> rows = covers_of(from.rows, to.rows);
    const std::vector<Cover> columns = covers_of(from.columns, to.columns);
    std::vector<float> means;
    means.reserve(at(to.rows * to.columns));
    for (const Cover& row : rows) {
        for (const Cover& column : columns) {
            double mean = 0.0;
            for (std::size_t y = 0; y < row.weights.size(); ++y) {
                const std::size_t begin = (at(row.first) + y) * at(from.columns) + at(column.first);
                for (std::size_t x = 0; x < column.weights.size(); ++x) {
                    mean +=
                        row.weights[y] * column.weights[x] * static_cast<double>(plane[begin + x]);
                }
            }
            means.push_back(static_cast<float>(mean));
        }
    }
    return means;
}

}  // namespace convoscope::models
