#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// An IDX file of unsigned bytes: MNIST's own format. Pixels are views into the bytes given.
/// Source: http://yann.lecun.com/exdb/mnist, "THE IDX FILE FORMAT".
struct IdxImages {
    Index count = 0;
    Index rows = 0;
    Index columns = 0;
    std::span<const std::byte> pixels;
};

/// Returns error when: magic number, extents or size are wrong; the message names `file` and the
/// figures.
[[nodiscard]] Result<IdxImages> read_idx_images(std::span<const std::byte> bytes,
                                                const std::string& file);

/// Returns error also when: a label is not below `classes`.
[[nodiscard]] Result<std::span<const std::byte>> read_idx_labels(std::span<const std::byte> bytes,
                                                                 Index classes,
                                                                 const std::string& file);

}  // namespace convoscope
