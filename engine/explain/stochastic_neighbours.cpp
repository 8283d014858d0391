#include "engine/explain/stochastic_neighbours.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"

namespace convoscope {
namespace {

constexpr double kExaggeration = 12.0;
constexpr double kLeastProbability = 1e-12;
constexpr double kFirstSpread = 1e-4;
constexpr double kLeastGain = 0.01;
constexpr int kBisections = 60;

double squared_distance(const double* one, const double* other, Index numbers) {
    double sum = 0.0;
    for (Index k = 0; k < numbers; ++k) {
        sum += (one[k] - other[k]) * (one[k] - other[k]);
    }
    return sum;
}

/// Overwrites `row` with the probabilities of a Gaussian of this precision; returns their entropy.
double gaussian_row(std::span<const double> distances,
                    Index self,
                    double precision,
                    std::span<double> row) {
    double nearest = HUGE_VAL;  // taken off, so that not all vanish
    for (std::size_t j = 0; j < distances.size(); ++j) {
        nearest = static_cast<Index>(j) == self ? nearest : std::min(nearest, distances[j]);
    }
    double sum = 0.0;
    double weighted = 0.0;
    for (std::size_t j = 0; j < distances.size(); ++j) {
        const double beyond = distances[j] - nearest;
        row[j] = static_cast<Index>(j) == self ? 0.0 : std::exp(-precision * beyond);
        sum += row[j];
        weighted += row[j] * beyond;
    }
    for (double& probability : row) {
        probability /= sum;
    }
    return std::log(std::max(sum, 1.0)) + precision * weighted / sum;  // the nearest alone is 1
}

/// The probabilities whose entropy is the logarithm of the perplexity, by bisection.
void fit_row(std::span<const double> distances,
             Index self,
             double perplexity,
             std::span<double> row) {
    double low = 0.0;
    double high = HUGE_VAL;
    double precision = 1.0;
    for (int round = 0; round < kBisections; ++round) {
        if (gaussian_row(distances, self, precision, row) > std::log(perplexity)) {
            low = precision;
            precision = std::isinf(high) ? precision * 2.0 : (low + high) / 2.0;
        } else {
            high = precision;
            precision = (low + high) / 2.0;
        }
    }
}

}  // namespace

StochasticNeighbours::StochasticNeighbours(std::span<const double> points,
                                           Index count,
                                           const StochasticNeighbourSettings& settings)
    : count_(count), settings_(settings) {
    settings_.perplexity = std::min(settings.perplexity, static_cast<double>(count - 1) / 3.0);
    if (settings_.learning_rate <= 0.0) {
        settings_.learning_rate = std::max(static_cast<double>(count) / kExaggeration, 50.0);
    }
    find_affinities(points);
    Random random(settings.seed, "t-SNE");
    places_.resize(at(2 * count));
    for (double& place : places_) {
        place = kFirstSpread * random.normal();
    }
    velocities_.assign(places_.size(), 0.0);
    gains_.assign(places_.size(), 1.0);
}

void StochasticNeighbours::find_affinities(std::span<const double> points) {
    const Index numbers = std::ssize(points) / count_;
    std::vector<double> rows(at(count_ * count_));
    std::vector<double> distances(at(count_));
    for (Index i = 0; i < count_; ++i) {
        for (Index j = 0; j < count_; ++j) {
            distances[at(j)] =
                squared_distance(&points[at(i * numbers)], &points[at(j * numbers)], numbers);
        }
        fit_row(distances,
                i,
                settings_.perplexity,
                std::span(rows).subspan(at(i * count_), at(count_)));
    }
    affinities_.resize(rows.size());
    for (Index i = 0; i < count_; ++i) {
        for (Index j = 0; j < count_; ++j) {
            affinities_[at(i * count_ + j)] =
                (rows[at(i * count_ + j)] + rows[at(j * count_ + i)]) /
                (2.0 * static_cast<double>(count_));
        }
    }
}

std::vector<double> StochasticNeighbours::gradient(double exaggeration) const {
    std::vector<double> closeness(affinities_.size());  // Student's t, not yet made to add up
    double whole = 0.0;
    for (Index i = 0; i < count_; ++i) {
        for (Index j = 0; j < i; ++j) {
            const double close =
                1.0 / (1.0 + squared_distance(&places_[at(2 * i)], &places_[at(2 * j)], 2));
            closeness[at(i * count_ + j)] = closeness[at(j * count_ + i)] = close;
            whole += 2.0 * close;
        }
    }
    std::vector<double> result(places_.size(), 0.0);
    for (Index i = 0; i < count_; ++i) {
        for (Index j = 0; j < count_; ++j) {
            const double close = closeness[at(i * count_ + j)];
            const double pull =
                4.0 * (exaggeration * affinities_[at(i * count_ + j)] - close / whole) * close;
            for (Index axis = 0; axis < 2; ++axis) {
                result[at(2 * i + axis)] +=
                    pull * (places_[at(2 * i + axis)] - places_[at(2 * j + axis)]);
            }
        }
    }
    return result;
}

double StochasticNeighbours::divergence() const {
    double whole = 0.0;
    for (Index i = 0; i < count_; ++i) {
        for (Index j = 0; j < i; ++j) {
            whole += 2.0 / (1.0 + squared_distance(&places_[at(2 * i)], &places_[at(2 * j)], 2));
        }
    }
    double sum = 0.0;
    for (Index i = 0; i < count_; ++i) {
        for (Index j = 0; j < i; ++j) {
            const double wanted = std::max(affinities_[at(i * count_ + j)], kLeastProbability);
            const double close =
                1.0 / (1.0 + squared_distance(&places_[at(2 * i)], &places_[at(2 * j)], 2));
            sum += 2.0 * wanted * std::log(wanted / std::max(close / whole, kLeastProbability));
        }
    }
    return sum;
}

bool StochasticNeighbours::step() {
    const bool early = 4 * done_ < settings_.iterations;
    const std::vector<double> slope = gradient(early ? kExaggeration : 1.0);
    const double momentum = early ? 0.5 : 0.8;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const bool same_way = slope[i] * velocities_[i] > 0.0;
        gains_[i] = same_way ? std::max(gains_[i] * 0.8, kLeastGain) : gains_[i] + 0.2;
        velocities_[i] = momentum * velocities_[i] - settings_.learning_rate * gains_[i] * slope[i];
        places_[i] += velocities_[i];
    }
    centre();
    return ++done_ >= settings_.iterations;
}

void StochasticNeighbours::centre() {
    for (std::size_t axis = 0; axis < 2; ++axis) {
        double mean = 0.0;
        for (std::size_t i = axis; i < places_.size(); i += 2) {
            mean += places_[i] / static_cast<double>(count_);
        }
        for (std::size_t i = axis; i < places_.size(); i += 2) {
            places_[i] -= mean;
        }
    }
}

double StochasticNeighbours::progress() const {
    return static_cast<double>(done_) / static_cast<double>(settings_.iterations);
}

}  // namespace convoscope
