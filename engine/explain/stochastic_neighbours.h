#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/index.h"

namespace convoscope {

struct StochasticNeighbourSettings {
    double perplexity = 30.0;  ///< about how many neighbours count; at most a third of the points
    Index iterations = 400;
    double learning_rate = 0.0;  ///< 0: points / 12, at least 50
    std::uint64_t seed = 1;
};

/// A plane map in which neighbours stay neighbours; distances between groups, and their sizes,
/// mean nothing.
///
/// Represents the work, an iteration at a time: exact t-SNE, whose cost goes with the square of the
/// points.
/// Source: van der Maaten and Hinton, "Visualizing Data using t-SNE", 2008, algorithm 1, with its
/// momentum and early exaggeration (here 12 for the first quarter, as in scikit-learn), and Jacobs'
/// gains.
class StochasticNeighbours {
  public:
    /// `points` is `[count][numbers]`, finite. Expects: at least four points.
    StochasticNeighbours(std::span<const double> points,
                         Index count,
                         const StochasticNeighbourSettings& settings = {});

    /// True: finished.
    bool step();
    [[nodiscard]] double progress() const;
    /// `[count][2]`, about their mean.
    [[nodiscard]] const std::vector<double>& places() const { return places_; }
    /// How badly the map's neighbours fit: the Kullback-Leibler divergence, in nats.
    [[nodiscard]] double divergence() const;
    /// `[count][2]`: its gradient by the places.
    [[nodiscard]] std::vector<double> gradient(double exaggeration = 1.0) const;
    /// `[count][count]`: how likely two points are neighbours in the space of many numbers.
    [[nodiscard]] const std::vector<double>& affinities() const { return affinities_; }

  private:
    void find_affinities(std::span<const double> points);
    void centre();

    Index count_;
    StochasticNeighbourSettings settings_;
    std::vector<double> affinities_;
    std::vector<double> places_;
    std::vector<double> velocities_;
    std::vector<double> gains_;
    Index done_ = 0;
};

}  // namespace convoscope
