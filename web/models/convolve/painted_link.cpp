#include "web/models/convolve/painted_link.h"

#include <algorithm>

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/grid_fitting.h"
#include "web/models/convolve/link_numbers.h"

namespace convoscope::models::convolve {
namespace {

/// What stands in a plane unless the link says otherwise.
NumberGrid usual_picture_plane(const Setup& setup, Index plane) {
    return usual_channel(setup.image, plane, setup.image.rows, setup.image.columns);
}
NumberGrid usual_kernel_plane(const Setup& setup, Index plane) {
    const Index slices = std::max<Index>(1, setup.slices());
    return usual_weights(plane / slices, plane % slices, setup.weights.rows, setup.weights.columns);
}

/// Painted numbers of a plane, when there are as many as it has cells. With the first plane the
/// others become what they usually are.
template <class Usual>
bool set_cells(NumberGrid& grid,
               std::string& name,
               Index plane,
               const std::vector<double>& numbers,
               const Usual& usual) {
    if (plane >= grid.planes || std::ssize(numbers) != grid.plane_cells()) {
        return false;
    }
    std::ranges::copy(numbers, grid.plane(plane).begin());
    name.clear();
    for (Index other = 1; plane == 0 && other < grid.planes; ++other) {
        std::ranges::copy(usual(other).values, grid.plane(other).begin());
    }
    return true;
}

}  // namespace

std::optional<Index> plane_of(std::string_view name, char letter) {
    constexpr std::size_t kMostDigits = 3;
    if (name.empty() || name.front() != letter || name.size() > 1 + kMostDigits) {
        return std::nullopt;
    }
    Index plane = 0;
    for (const char digit : name.substr(1)) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        plane = plane * 10 + (digit - '0');
    }
    return plane;
}

bool set_painted(Setup& setup, std::string_view name, const std::string& value) {
    if (const std::optional<Index> plane = plane_of(name, 'x')) {
        return set_cells(setup.image, setup.picture, *plane, read_list(value), [&](Index other) {
            return usual_picture_plane(setup, other);
        });
    }
    if (const std::optional<Index> plane = plane_of(name, 'w')) {
        return set_cells(
            setup.weights, setup.kernel_name, *plane, read_list(value), [&](Index other) {
                return usual_kernel_plane(setup, other);
            });
    }
    return false;
}

void add_painted(std::vector<std::pair<std::string, std::string>>& pairs,
                 const char* letter,
                 const NumberGrid& grid,
                 const std::function<NumberGrid(Index plane)>& usual) {
    pairs.emplace_back(letter, list_of(grid.plane(0)));
    for (Index plane = 1; plane < grid.planes; ++plane) {
        if (!std::ranges::equal(grid.plane(plane), usual(plane).values)) {
            pairs.emplace_back(letter + std::to_string(plane), list_of(grid.plane(plane)));
        }
    }
}

void add_image_and_weights(std::vector<std::pair<std::string, std::string>>& pairs,
                           const Setup& setup) {
    if (setup.picture.empty()) {
        add_painted(pairs, "x", setup.image, [&](Index plane) {
            return usual_picture_plane(setup, plane);
        });
    } else {
        pairs.emplace_back("picture", setup.picture);
    }
    if (setup.kernel_name.empty()) {
        add_painted(pairs, "w", setup.weights, [&](Index plane) {
            return usual_kernel_plane(setup, plane);
        });
    } else {
        pairs.emplace_back("kernel", setup.kernel_name);
    }
}

}  // namespace convoscope::models::convolve
