// Any bytes are refused as IDX images and labels, or are views within them.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/check.h"
#include "engine/data/idx.h"

using namespace convoscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    if (const auto images = read_idx_images(bytes, "file"); images.ok()) {
        CONVOSCOPE_CHECK(static_cast<std::size_t>(images->count * images->rows * images->columns) ==
                         images->pixels.size());
        CONVOSCOPE_CHECK(images->pixels.size() < size);
    }
    if (const auto labels = read_idx_labels(bytes, 10, "file"); labels.ok()) {
        for (const std::byte label : *labels) {
            CONVOSCOPE_CHECK(std::to_integer<int>(label) < 10);
        }
    }
    return 0;
}
