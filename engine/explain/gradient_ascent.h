#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/index.h"
#include "engine/explain/network_probe.h"

namespace convoscope {

/// One number of the network: what is to become as great as it can.
struct AscentTarget {
    Index value = 0;  ///< i + 1 for the output of layer i
    Index channel = 0;
    Index row = 0;
    Index column = 0;
};

struct AscentSettings {
    Index iterations = 128;
    double step = 0.1;          ///< of a number of the input, where the gradient's rms is 1
    double decay = 0.01;        ///< share that every number loses in each iteration
    Index blur_interval = 4;    ///< iterations between two blurs
    double blur_sigma = 0.5;    ///< pixels
    double first_spread = 0.1;  ///< of the noise that it begins with
    std::uint64_t seed = 1;
};

/// Represents the making of an input that one neuron answers to as much as it can: noise that
/// follows the gradient uphill. Without the two regularisers, decay and blur, it would be a
/// pattern of fine noise that no picture has; with them it is one of many possible answers.
/// Source: Erhan et al., "Visualizing Higher-Layer Features of a Deep Network", 2009; Yosinski et
/// al., "Understanding Neural Networks Through Deep Visualization", 2015, section 3.
class GradientAscent {
  public:
    /// The probe must outlive the work. `lowest` and `highest`, `[c][h][w]`: the input that a black
    /// and a white picture would be, which are not left; empty: no bounds.
    GradientAscent(NetworkProbe& probe,
                   const AscentTarget& target,
                   std::vector<float> lowest,
                   std::vector<float> highest,
                   const AscentSettings& settings = {});

    /// True: finished.
    bool step();
    [[nodiscard]] double progress() const;
    [[nodiscard]] const std::vector<float>& input() const { return input_; }  ///< `[c][h][w]`
    /// What the neuron says to the input as it is.
    [[nodiscard]] float activation();

  private:
    [[nodiscard]] Index element() const;
    void keep_in_bounds();

    NetworkProbe& probe_;
    AscentTarget target_;
    std::vector<float> lowest_;
    std::vector<float> highest_;
    AscentSettings settings_;
    std::vector<float> input_;
    Index done_ = 0;
};

/// Each of the planes of `[c][h][w]`, blurred by a Gaussian of 2·⌈3σ⌉ + 1 taps; what lies outside
/// is the nearest pixel inside. Expects: sigma > 0.
void blur(std::vector<float>& image, const Shape& shape, double sigma);

}  // namespace convoscope
