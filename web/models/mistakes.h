#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/models/pictures.h"

namespace convoscope::models {

/// What the network sees in one held-out image.
struct Mistake {
    std::int64_t index = 0;
    int label = 0;
    int predicted = 0;
    double confidence = 0.0;  ///< softmax: of the predicted class
    double truth = 0.0;       ///< and of the right one
};

/// The images of one cell of the confusion, or all that are misread, the most confident first.
struct Mistakes {
    std::string split;
    int true_class = -1;
    int predicted_class = -1;
    std::int64_t step = 0;
    std::int64_t count = 0;  ///< of all such images; those here may be fewer
    std::vector<Mistake> images;
    Pictures pictures;  ///< theirs, in the same order

    /// As the engine and the Inspect room call the split: validation images are training images.
    [[nodiscard]] const char* image_split() const { return split == "test" ? "test" : "train"; }
};

}  // namespace convoscope::models
