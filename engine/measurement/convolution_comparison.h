#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/measurement/compared_convolution.h"
#include "engine/measurement/convolution_way.h"
#include "engine/training/thread_pool.h"

namespace convoscope {

/// How far a way's outputs are from those in double precision.
struct ConvolutionAgreement {
    double greatest_difference = 0.0;
    /// What rounding may cost at most, see `rounding_bound`.
    double bound = 0.0;
};

/// One way, with so many threads.
struct ConvolutionRun {
    ConvolutionWay way = ConvolutionWay::scalar;
    int threads = 1;
    double seconds = 0.0;  ///< of all images once: the fastest of a few stretches
    std::optional<ConvolutionAgreement> agreement{};  ///< when asked for, with one thread
    /// When asked for, with more: every bit of every output is that of one thread.
    std::optional<bool> identical{};
};

/// A sum of `terms` products in single precision, added in any order, is within
/// terms · 2⁻²⁴ · (the sum of the magnitudes) of the exact one, to first order. Source: Higham,
/// Accuracy and Stability of Numerical Algorithms, 2nd ed., (3.5). Winograd's filtering gets three
/// times that, as a test of its kernels holds it to three times the direct one's loss.
[[nodiscard]] double rounding_bound(ConvolutionWay way, Index terms, double magnitude);

/// 1, 2, 4, … and as many as there are.
[[nodiscard]] std::vector<int> compared_threads(int available);

/// Represents the same convolution of the same numbers, computed in every way that applies, with
/// every number of threads: one run after another, so that whoever holds it can do something else
/// in between.
class ConvolutionComparison {
  public:
    struct Options {
        int threads = 1;
        bool scalar = true;  ///< the plain loops too, which no vector registers change
        bool check = true;   ///< the outputs are compared with those in double precision
    };

    ConvolutionComparison(const ComparedConvolution& convolution,
                          const Options& options,
                          std::function<double()> clock_seconds);

    /// Makes the next run; false: all have been made.
    bool run_next();
    [[nodiscard]] const ComparedConvolution& convolution() const { return convolution_; }
    /// Those made so far, way by way.
    [[nodiscard]] std::span<const ConvolutionRun> runs() const { return runs_; }

  private:
    void prepare(ConvolutionWay way);
    void run_once(int threads);
    [[nodiscard]] double timed(int threads);
    void compute_exact();
    void check(ConvolutionRun& run);
    [[nodiscard]] double greatest_difference() const;

    ComparedConvolution convolution_;
    kernels::Conv2dGeometry geometry_;
    Options options_;
    std::function<double()> clock_seconds_;
    ComparedNumbers numbers_;
    ThreadPool pool_;
    std::vector<ConvolutionRun> planned_;
    std::vector<ConvolutionRun> runs_;
    std::unique_ptr<PreparedConvolution> prepared_;  ///< of the present way
    std::vector<float> scratch_;                     ///< of all threads
    std::vector<float> output_;
    std::vector<float> output_of_one_thread_;  ///< of the present way
    std::vector<double> exact_;                ///< `[image][c][h][w]`
};

}  // namespace convoscope
