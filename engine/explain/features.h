#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/data/dataset.h"
#include "engine/explain/network_probe.h"

namespace convoscope {

/// The value that the last layer with weights reads: the last hidden layer, in whose space images
/// that the network takes for alike lie close together.
[[nodiscard]] Index last_hidden_value(const Network& network);

/// Represents a walk over images of a data set, a micro-batch at a time.
class ImageWalk {
  public:
    /// Both must outlive the walk. Expects: the images are loaded and of the network's shape.
    ImageWalk(NetworkProbe& probe,
              const Dataset& dataset,
              Split split,
              std::vector<std::uint32_t> images);

    /// Runs the next images through the network: one a lane. Empty: all were seen.
    std::span<const std::uint32_t> next();
    [[nodiscard]] bool finished() const { return done_ == images_.size(); }
    [[nodiscard]] double progress() const;
    [[nodiscard]] NetworkProbe& probe() const { return probe_; }

  private:
    NetworkProbe& probe_;
    const Dataset& dataset_;
    Split split_;
    std::vector<std::uint32_t> images_;
    std::size_t done_ = 0;
};

}  // namespace convoscope
