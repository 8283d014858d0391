#pragma once

#include <vector>

#include "engine/core/index.h"
#include "engine/explain/network_probe.h"

namespace convoscope {

struct OcclusionSettings {
    Index size = 0;    ///< of the covering square; 0: a quarter of the image's shorter side
    Index stride = 0;  ///< between two places; 0: a quarter of the square
};

/// What covering a part of the picture does to the score of a class: each place in turn is covered
/// by a square of zeros (after preprocessing: the data's mean, where it is subtracted).
///
/// Represents the work, a micro-batch of places at a time.
/// Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014,
/// section 4.2.
class Occlusion {
  public:
    /// `image` is `[c][h][w]`, preprocessed. The probe must outlive the work.
    Occlusion(NetworkProbe& probe,
              std::vector<float> image,
              Index type,
              const OcclusionSettings& settings = {});

    /// True: finished.
    bool step();
    [[nodiscard]] double progress() const;

    [[nodiscard]] Index size() const { return size_; }
    /// The rows and columns at which the square's upper left corner was put.
    [[nodiscard]] const std::vector<Index>& tops() const { return tops_; }
    [[nodiscard]] const std::vector<Index>& lefts() const { return lefts_; }
    [[nodiscard]] float score() const { return score_; }  ///< of the whole picture
    /// `[top][left]`: how far the score falls when that place is covered.
    [[nodiscard]] const std::vector<float>& drops() const { return drops_; }
    /// `[h][w]`: the mean drop of the squares that cover a pixel.
    [[nodiscard]] std::vector<float> map() const;

  private:
    void cover(Index place, Index lane);

    NetworkProbe& probe_;
    std::vector<float> image_;
    Index type_;
    Index size_;
    std::vector<Index> tops_;
    std::vector<Index> lefts_;
    float score_ = 0.0F;
    std::vector<float> drops_;
    Index done_ = 0;
};

}  // namespace convoscope
