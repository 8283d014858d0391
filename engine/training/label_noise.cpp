#include "engine/training/label_noise.h"

#include <cstddef>

#include "engine/core/random.h"

namespace convoscope {

void add_label_noise(const LabelNoise& noise,
                     std::span<const std::uint32_t> images,
                     std::span<std::uint8_t> labels) {
    if (noise.share <= 0.0) {
        return;
    }
    const Random stream(noise.seed, "labels");
    for (std::size_t i = 0; i < images.size(); ++i) {
        Random random = stream.split(std::uint64_t{images[i]});
        if (random.uniform() < noise.share) {
            labels[i] =
                static_cast<std::uint8_t>(random.below(static_cast<std::uint64_t>(noise.classes)));
        }
    }
}

}  // namespace convoscope
