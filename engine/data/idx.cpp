#include "engine/data/idx.h"

#include <vector>

namespace convoscope {
namespace {

constexpr std::int64_t kLargestExtent = 1 << 24;

std::int64_t big_endian(std::span<const std::byte> bytes, std::size_t offset) {
    std::int64_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = number * 256 + std::to_integer<std::int64_t>(bytes[offset + i]);
    }
    return number;
}

/// Checks magic number and size, and returns the extents.
Result<std::vector<Index>> read_header(std::span<const std::byte> bytes,
                                       std::size_t axes,
                                       const std::string& file) {
    const std::size_t header = 4 + 4 * axes;
    if (bytes.size() < header) {
        return Error{file + ": " + std::to_string(bytes.size()) +
                     " bytes; expected a header of at least " + std::to_string(header)};
    }
    // 0x08: unsigned bytes; then the number of axes.
    const std::int64_t expected_magic = 0x0800 + static_cast<std::int64_t>(axes);
    const std::int64_t magic = big_endian(bytes, 0);
    if (magic != expected_magic) {
        return Error{file + ": magic number " + std::to_string(magic) + "; expected " +
                     std::to_string(expected_magic)};
    }
    std::vector<Index> extents;
    double size = 1.0;  // up to 2^72, so in no integer
    std::string product;
    for (std::size_t axis = 0; axis < axes; ++axis) {
        const std::int64_t extent = big_endian(bytes, 4 + 4 * axis);
        if (extent < 1 || extent > kLargestExtent) {
            return Error{file + ": extent " + std::to_string(extent) + "; expected 1 to " +
                         std::to_string(kLargestExtent)};
        }
        extents.push_back(static_cast<Index>(extent));
        size *= static_cast<double>(extent);
        product += (axis == 0 ? "" : " × ") + std::to_string(extent);
    }
    if (size != static_cast<double>(bytes.size() - header)) {
        return Error{file + ": " + std::to_string(bytes.size() - header) +
                     " bytes after the header; expected " + product};
    }
    return extents;
}

}  // namespace

Result<IdxImages> read_idx_images(std::span<const std::byte> bytes, const std::string& file) {
    const Result<std::vector<Index>> extents = read_header(bytes, 3, file);
    if (!extents) {
        return extents.error();
    }
    return IdxImages{.count = (*extents)[0],
                     .rows = (*extents)[1],
                     .columns = (*extents)[2],
                     .pixels = bytes.subspan(16)};
}

Result<std::span<const std::byte>> read_idx_labels(std::span<const std::byte> bytes,
                                                   Index classes,
                                                   const std::string& file) {
    const Result<std::vector<Index>> extents = read_header(bytes, 1, file);
    if (!extents) {
        return extents.error();
    }
    const std::span<const std::byte> labels = bytes.subspan(8);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (std::to_integer<Index>(labels[i]) >= classes) {
            return Error{file + ": label " + std::to_string(std::to_integer<int>(labels[i])) +
                         " of image " + std::to_string(i) + "; expected 0 to " +
                         std::to_string(classes - 1)};
        }
    }
    return labels;
}

}  // namespace convoscope
