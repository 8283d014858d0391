#include "web/models/convolve/filter_descent.h"

#include <algorithm>
#include <cmath>

namespace convoscope::models::convolve {
namespace {

/// The planes of one filter's weights.
std::span<double> weights_of(Setup& setup, Index filter) {
    const Index cells = setup.slices() * setup.weights.plane_cells();
    return std::span(setup.weights.values).subspan(at(filter * cells), at(cells));
}

double length_of(const Slope& slope) {
    double sum = slope.bias * slope.bias;
    for (const double weight : slope.weights.values) {
        sum += weight * weight;
    }
    return std::sqrt(sum);
}

}  // namespace

Setup lone_filter(const Setup& setup, Index filter) {
    Setup lone = setup;
    const Index first = setup.first_channel_of(filter);
    const auto weights = weights_of(lone, filter);
    lone.weights.values = {weights.begin(), weights.end()};
    lone.weights.planes = setup.slices();
    lone.bias = {setup.bias[at(filter)]};
    lone.image.planes = setup.slices();
    lone.image.values.clear();
    for (Index channel = first; channel < first + setup.slices(); ++channel) {
        const auto plane = setup.image.plane(channel);
        lone.image.values.insert(lone.image.values.end(), plane.begin(), plane.end());
    }
    lone.input_channels = setup.slices();
    lone.output_channels = lone.groups = 1;
    lone.picture.clear();
    lone.kernel_name.clear();
    return lone;
}

void put_back(const Setup& lone, Index filter, Setup& setup) {
    std::ranges::copy(lone.weights.values, weights_of(setup, filter).begin());
    setup.bias[at(filter)] = lone.bias.front();
}

Slope slope_of(const Setup& lone, const NumberGrid& target) {
    Arithmetic made = compute(lone);
    Slope slope{.output = made.output, .difference = made.output, .weights = {}};
    const auto cells = static_cast<double>(target.values.size());
    NumberGrid error = made.output;
    for (std::size_t i = 0; i < target.values.size(); ++i) {
        const double difference = made.output.values[i] - target.values[i];
        slope.difference.values[i] = difference;
        slope.loss += difference * difference / cells;
        error.values[i] = 2.0 * difference / cells;
    }
    Gradients gradients = weight_gradients_of(lone, made, error);
    slope.weights = std::move(gradients.weights);
    slope.bias = gradients.bias.front();
    return slope;
}

void step_down(Setup& lone, const Slope& slope, double rate) {
    for (std::size_t i = 0; i < lone.weights.values.size(); ++i) {
        lone.weights.values[i] -= rate * slope.weights.values[i];
    }
    lone.bias.front() -= rate * slope.bias;
}

double greatest_rate(const Setup& lone) {
    constexpr Index kMostRounds = 60;
    constexpr Index kBudget = 100'000'000;  // multiply-adds
    const Arithmetic made = compute(lone);
    const Index rounds =
        std::clamp<Index>(kBudget / std::max<Index>(1, made.multiply_accumulates), 4, kMostRounds);
    // The slope of a target of zeros is the curvature times the weights themselves.
    NumberGrid zeros = made.output;
    std::ranges::fill(zeros.values, 0.0);
    Setup direction = lone;
    double sign = 1.0;
    for (double& weight : direction.weights.values) {  // no symmetry that a picture may share
        weight = 1.0 + 0.3 * sign;
        sign = sign > 0 ? -0.7 * sign : 1.0 - sign;
    }
    direction.bias.front() = 1.0;
    double curvature = 0.0;
    for (Index round = 0; round < rounds; ++round) {
        const Slope slope = slope_of(direction, zeros);
        curvature = length_of(slope);
        if (curvature == 0.0) {
            return 0.0;
        }
        direction.weights.values = slope.weights.values;
        direction.bias.front() = slope.bias;
        for (double& weight : direction.weights.values) {
            weight /= curvature;
        }
        direction.bias.front() /= curvature;
    }
    return 2.0 / curvature;
}

}  // namespace convoscope::models::convolve
