#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// Whether bytes begin as a gzip file does.
[[nodiscard]] bool is_gzip(std::span<const std::byte> bytes);

/// Unpacks a gzip file of one member. Source: RFC 1952 (the file) and RFC 1951 (its contents).
/// Returns error when: the file is damaged, cut off, or unpacks to more than `most_bytes`; the
/// message names `file`.
[[nodiscard]] Result<std::vector<std::byte>> gunzip(std::span<const std::byte> bytes,
                                                    Index most_bytes,
                                                    const std::string& file);

}  // namespace convoscope
